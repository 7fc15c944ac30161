import nodeDataChannel, { type PeerConnection, type Track } from 'node-datachannel';
import type { DtlsParameters, TransportOptions } from '#protocol/media.ts';
import type { SfuCommand, SfuCommandType, SfuReply } from '#protocol/sfu-node.ts';
import { until } from '../../e2e/harness/until.ts';

/** Whoever carries out an SFU's commands: the real one through signaling's door, or the bare baseline. */
export interface SfuControl {
  command<T extends SfuCommandType>(command: Extract<SfuCommand, { type: T }>): Promise<SfuReply<T>>;
}

export interface VideoSection {
  direction: 'SendOnly' | 'RecvOnly';
  payloadType: number;
  ssrc: number;
}

/** A WebRTC peer of one SFU transport with one H.264 stream: ICE, DTLS and SRTP are real, decoder there is none. */
export class LightPeer {
  readonly track: Track;
  readonly #connection: PeerConnection;

  static async connect(
    control: SfuControl,
    roomId: string,
    transport: TransportOptions,
    section: VideoSection,
  ): Promise<LightPeer> {
    const { transportId } = transport;
    const connection = new nodeDataChannel.PeerConnection(transportId, {
      iceServers: [],
      bindAddress: '127.0.0.1',
      disableAutoNegotiation: true,
    });
    const video = new nodeDataChannel.Video('0', section.direction);
    video.addH264Codec(section.payloadType);
    if (section.direction === 'SendOnly') video.addSSRC(section.ssrc, 'bench');
    const peer = new LightPeer(connection, connection.addTrack(video));
    connection.setLocalDescription('offer');
    const dtlsParameters = await until('the peer describes itself', () =>
      dtlsParametersOf(connection.localDescription()?.sdp),
    );
    await control.command({ type: 'transport.connect', roomId, transportId, dtlsParameters });
    connection.setRemoteDescription(answerOf(transport, section), 'answer');
    await until('the peer is connected', () => connection.state() === 'connected');
    return peer;
  }

  private constructor(connection: PeerConnection, track: Track) {
    this.#connection = connection;
    this.track = track;
  }

  close(): void {
    this.#connection.close();
  }
}

function dtlsParametersOf(sdp: string | undefined): DtlsParameters | null {
  const found = /a=fingerprint:(\S+) (\S+)/.exec(sdp ?? '');
  if (!found) return null;
  return { role: 'client', fingerprints: [{ algorithm: found[1]!.toLowerCase(), value: found[2]! }] };
}

/** What mediasoup's parameters are in SDP, which is all that libdatachannel reads. */
function answerOf(
  { iceParameters, iceCandidates, dtlsParameters }: TransportOptions,
  { direction, payloadType, ssrc }: VideoSection,
): string {
  const { algorithm, value } = dtlsParameters.fingerprints.find(({ algorithm }) => algorithm === 'sha-256')!;
  return [
    'v=0',
    'o=- 1 1 IN IP4 127.0.0.1',
    's=-',
    't=0 0',
    'a=ice-lite',
    'a=group:BUNDLE 0',
    `m=video 7 UDP/TLS/RTP/SAVPF ${payloadType}`,
    'c=IN IP4 127.0.0.1',
    `a=ice-ufrag:${iceParameters.usernameFragment}`,
    `a=ice-pwd:${iceParameters.password}`,
    `a=fingerprint:${algorithm} ${value}`,
    'a=setup:passive',
    'a=rtcp-mux',
    ...iceCandidates
      .filter(({ protocol }) => protocol === 'udp')
      .map(
        ({ foundation, priority, address, port }) =>
          `a=candidate:${foundation} 1 udp ${priority} ${address} ${port} typ host`,
      ),
    'a=end-of-candidates',
    'a=mid:0',
    `a=${direction === 'SendOnly' ? 'recvonly' : 'sendonly'}`,
    `a=rtpmap:${payloadType} H264/90000`,
    ...(direction === 'RecvOnly' ? [`a=ssrc:${ssrc} cname:bench`] : []),
    '',
  ].join('\r\n');
}
