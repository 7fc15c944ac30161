import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Id } from '#protocol/ids.ts';
import type { DtlsParameters, RtpParameters, TransportOptions } from '#protocol/media.ts';
import { type ControlServer, until } from './control-server.ts';

const PEER_PROCESS = fileURLToPath(new URL('./peer-process.ts', import.meta.url));

export interface MediaSection {
  mid: string;
  kind: 'audio' | 'video';
  direction: 'SendOnly' | 'RecvOnly';
  payloadType: number;
  ssrcs: number[];
}

export type ToPeer =
  | { type: 'answer'; sdp: string }
  | { type: 'send'; mid: string; packet: Uint8Array }
  | { type: 'video'; mid: string; ssrcs: number[]; layers: number[] }
  | { type: 'layers'; layers: number[] };
export type FromPeer =
  | { type: 'offer'; sdp: string }
  | { type: 'state'; state: string }
  | { type: 'packet'; packet: Uint8Array }
  | { type: 'keyFrames'; keyFrames: number[] };

/** A real WebRTC peer (libdatachannel) of one SFU transport: ICE, DTLS and SRTP as a browser does them. */
export class RtcPeer {
  readonly transportId: string;
  /** RTP and RTCP that arrived. */
  readonly received: Buffer[] = [];
  /** Key frames sent so far, for each layer of the video. */
  keyFrames: number[] = [];
  readonly #child: ChildProcess;
  #offer: string | null = null;
  #state = 'new';

  static async connect(
    control: ControlServer,
    roomId: Id,
    participantId: Id,
    sections: MediaSection[],
    given: { transport?: TransportOptions; dtlsParameters?: DtlsParameters } = {},
  ): Promise<RtcPeer> {
    const direction = sections[0]!.direction === 'SendOnly' ? 'send' : 'recv';
    const transport =
      given.transport ??
      (await control.command({ type: 'transport.create', roomId, participantId, direction }));
    const peer = new RtcPeer(transport.transportId, sections);
    try {
      const sdp = await until(() => peer.#offer, 'the peer made no offer');
      const dtlsParameters = given.dtlsParameters ?? dtlsParametersOf(sdp);
      const { transportId } = transport;
      await control.command({ type: 'transport.connect', roomId, transportId, dtlsParameters });
      peer.#tell({ type: 'answer', sdp: answerOf(transport, sections) });
      await until(() => peer.#state === 'connected', 'the peer did not connect', 5_000);
      return peer;
    } catch (error) {
      peer.close();
      throw error;
    }
  }

  private constructor(transportId: string, sections: MediaSection[]) {
    this.transportId = transportId;
    this.#child = fork(PEER_PROCESS, [JSON.stringify(sections)], { execArgv: [], serialization: 'advanced' });
    this.#child.on('message', (message: FromPeer) => {
      if (message.type === 'offer') this.#offer = message.sdp;
      else if (message.type === 'state') this.#state = message.state;
      else if (message.type === 'keyFrames') this.keyFrames = message.keyFrames;
      else this.received.push(Buffer.from(message.packet));
    });
  }

  /** Begins to send made-up video in these layers. */
  startVideo(mid: string, ssrcs: number[], layers: number[] = [...ssrcs.keys()]): void {
    this.#tell({ type: 'video', mid, ssrcs, layers });
  }

  setLayers(layers: number[]): void {
    this.#tell({ type: 'layers', layers });
  }

  send(mid: string, packet: Buffer): void {
    this.#tell({ type: 'send', mid, packet });
  }

  close(): void {
    this.#child.kill('SIGKILL');
  }

  #tell(message: ToPeer): void {
    this.#child.send(message);
  }
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

function dtlsParametersOf(sdp: string): DtlsParameters {
  const [, algorithm, value] = /a=fingerprint:(\S+) (\S+)/.exec(sdp)!;
  return { role: 'client', fingerprints: [{ algorithm: algorithm!.toLowerCase(), value: value! }] };
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
