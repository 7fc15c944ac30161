import nodeDataChannel, { type PeerConnection, type Track } from 'node-datachannel';
import type { Id } from '#protocol/ids.ts';
import type { DtlsParameters, RtpParameters, TransportOptions } from '#protocol/media.ts';
import { type ControlServer, until } from './control-server.ts';

/** Whoever takes the SFU's commands. */
export type PeerControl = Pick<ControlServer, 'command'>;

export interface MediaSection {
  mid: string;
  kind: 'audio' | 'video';
  direction: 'SendOnly' | 'RecvOnly';
  payloadType: number;
  ssrcs: number[];
}

/** A real WebRTC peer (libdatachannel) of one SFU transport: ICE, DTLS and SRTP as a browser does them. */
export class RtcPeer {
  readonly transportId: string;
  readonly tracks: Map<string, Track>;
  readonly #connection: PeerConnection;

  static async connect(
    control: PeerControl,
    roomId: Id,
    participantId: Id,
    sections: MediaSection[],
    given: { transport?: TransportOptions; dtlsParameters?: DtlsParameters } = {},
  ): Promise<RtcPeer> {
    const direction = sections[0]!.direction === 'SendOnly' ? 'send' : 'recv';
    const transport =
      given.transport ??
      (await control.command({ type: 'transport.create', roomId, participantId, direction }));
    const connection = new nodeDataChannel.PeerConnection(participantId, {
      iceServers: [],
      bindAddress: '127.0.0.1',
      disableAutoNegotiation: true,
    });
    const tracks = new Map<string, Track>();
    for (const section of sections) {
      const { mid, kind, payloadType, ssrcs, direction } = section;
      const media =
        kind === 'video'
          ? new nodeDataChannel.Video(mid, direction)
          : new nodeDataChannel.Audio(mid, direction);
      if (media instanceof nodeDataChannel.Video) media.addH264Codec(payloadType);
      else media.addOpusCodec(payloadType);
      if (direction === 'SendOnly') for (const ssrc of ssrcs) media.addSSRC(ssrc, 'test');
      tracks.set(mid, connection.addTrack(media));
    }
    connection.setLocalDescription('offer');
    const { value, algorithm } = await until(
      () => fingerprintOf(connection.localDescription()?.sdp),
      'no local description',
    );
    await control.command({
      type: 'transport.connect',
      roomId,
      transportId: transport.transportId,
      dtlsParameters: given.dtlsParameters ?? { role: 'client', fingerprints: [{ algorithm, value }] },
    });
    connection.setRemoteDescription(answerOf(transport, sections), 'answer');
    await until(() => connection.state() === 'connected', 'the peer did not connect', 5_000);
    return new RtcPeer(transport.transportId, connection, tracks);
  }

  private constructor(transportId: string, connection: PeerConnection, tracks: Map<string, Track>) {
    this.transportId = transportId;
    this.#connection = connection;
    this.tracks = tracks;
  }

  close(): void {
    this.#connection.close();
  }
}

/** Ends libdatachannel's threads, which would keep the test process alive. After the last peer is closed. */
export function endRtc(): void {
  nodeDataChannel.cleanup();
}

export function videoParameters(mid: string, ssrcs: number[]): RtpParameters {
  return {
    mid,
    codecs: [
      {
        mimeType: 'video/H264',
        payloadType: 102,
        clockRate: 90_000,
        parameters: { 'packetization-mode': 1, 'profile-level-id': '42e01f', 'level-asymmetry-allowed': 1 },
        rtcpFeedback: [{ type: 'nack' }, { type: 'nack', parameter: 'pli' }],
      },
    ],
    encodings: ssrcs.map((ssrc) => ({ ssrc })),
    rtcp: { cname: 'test' },
  };
}

export function audioParameters(mid: string, ssrc: number): RtpParameters {
  return {
    mid,
    codecs: [{ mimeType: 'audio/opus', payloadType: 111, clockRate: 48_000, channels: 2 }],
    encodings: [{ ssrc }],
    rtcp: { cname: 'test' },
  };
}

function fingerprintOf(sdp: string | undefined) {
  const found = /a=fingerprint:(\S+) (\S+)/.exec(sdp ?? '');
  return found && { algorithm: found[1]!.toLowerCase(), value: found[2]! };
}

function answerOf(
  { iceParameters, iceCandidates, dtlsParameters }: TransportOptions,
  sections: MediaSection[],
) {
  const { algorithm, value } = dtlsParameters.fingerprints.find(({ algorithm }) => algorithm === 'sha-256')!;
  const common = [
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
  ];
  return [
    'v=0',
    'o=- 1 1 IN IP4 127.0.0.1',
    's=-',
    't=0 0',
    'a=ice-lite',
    `a=group:BUNDLE ${sections.map(({ mid }) => mid).join(' ')}`,
    ...sections.flatMap(({ mid, kind, payloadType, direction, ssrcs }) => [
      `m=${kind} 7 UDP/TLS/RTP/SAVPF ${payloadType}`,
      ...common,
      `a=mid:${mid}`,
      `a=${direction === 'SendOnly' ? 'recvonly' : 'sendonly'}`,
      `a=rtpmap:${payloadType} ${kind === 'video' ? 'H264/90000' : 'opus/48000/2'}`,
      ...(direction === 'RecvOnly' ? ssrcs.map((ssrc) => `a=ssrc:${ssrc} cname:test`) : []),
    ]),
    '',
  ].join('\r\n');
}
