import type { Device, types } from 'mediasoup-client';
import type { IceServer, RtpCapabilities, RtpParameters } from '#protocol/media.ts';
import { chooseVideoCodec } from '../../lesson/encoding.ts';
import type { CheckSocket } from './check-socket.ts';
import { type LineEntry, type LineTotals, lineTotals } from './line-stats.ts';
import { pause } from './pause.ts';

/** One way from the page to the media node. */
export type PathKind = 'udp' | 'tcp' | 'turn';

/** A firewall drops without a word; who has not got through by now does not. */
const CONNECT_MS = 8_000;
/** As much as a lesson's camera sends at its best. */
const MAX_BITRATE = 2_500_000;

export interface PathOptions {
  device: Device;
  socket: CheckSocket;
  iceServers: IceServer[];
  track: MediaStreamTrack;
}

/** One way, tried for real: a video goes out on it and, when asked for, comes back. */
export class ProbePath {
  readonly kind: PathKind;
  readonly #options: PathOptions;
  #sends: types.Transport | null = null;
  #receives: types.Transport | null = null;
  #consumer: types.Consumer | null = null;

  constructor(kind: PathKind, options: PathOptions) {
    this.kind = kind;
    this.#options = options;
  }

  /** Whether media gets through to the node. Rejects only when told to stop or without the platform. */
  async connect(signal: AbortSignal): Promise<boolean> {
    const transport = await this.#transport('send');
    this.#sends = transport;
    const { track, device, socket } = this.#options;
    transport.on('produce', ({ rtpParameters }, done, failed) => {
      socket
        .request('feed.publish', { transportId: transport.id, rtpParameters: rtpParameters as RtpParameters })
        .then(({ producerId }) => done({ id: producerId }), failed);
    });
    const connected = stateOf(transport);
    const codec = chooseVideoCodec(device.sendRtpCapabilities);
    const producing = transport.produce({
      track,
      stopTracks: false,
      encodings: [{ maxBitrate: MAX_BITRATE }],
      codecOptions: { videoGoogleStartBitrate: 1000 },
      ...(codec && { codec }),
    });
    // Whether it could be made is seen by whether it connects.
    producing.catch(() => {});
    const through = await Promise.race([connected, pause(CONNECT_MS, signal).then(() => false)]);
    // Closed before the node has made its end of it, the node would complain.
    if (through) await producing;
    return through;
  }

  /** Has the node send the video back on the same way. */
  async comeBack(signal: AbortSignal): Promise<boolean> {
    const { device, socket } = this.#options;
    const transport = await this.#transport('recv');
    this.#receives = transport;
    const connected = stateOf(transport);
    const { consumerId, producerId, kind, rtpParameters } = await socket.request('consumer.create', {
      transportId: transport.id,
      rtpCapabilities: device.recvRtpCapabilities as RtpCapabilities,
    });
    const consuming = transport.consume({
      id: consumerId,
      producerId,
      kind,
      rtpParameters: rtpParameters as types.RtpParameters,
    });
    consuming.catch(() => {});
    const arrived = await Promise.race([connected, pause(CONNECT_MS, signal).then(() => false)]);
    if (!arrived) return false;
    this.#consumer = await consuming;
    await socket.request('consumer.resume', { consumerId });
    return true;
  }

  async totals(): Promise<LineTotals> {
    const read = async (transport: types.Transport | null) =>
      transport ? ([...(await transport.getStats()).values()] as LineEntry[]) : [];
    const [sent, received] = await Promise.all([read(this.#sends), read(this.#receives)]);
    return lineTotals(sent, received, performance.now());
  }

  close(): void {
    this.#consumer?.close();
    for (const transport of [this.#sends, this.#receives]) {
      if (!transport || transport.closed) continue;
      transport.close();
      this.#options.socket.request('transport.close', { transportId: transport.id }).catch(() => {});
    }
  }

  async #transport(direction: 'send' | 'recv'): Promise<types.Transport> {
    const { device, socket, iceServers } = this.#options;
    const { transportId, ...offered } = await socket.request('transport.create', { direction });
    // A relay is reached by its own address and goes on to the node by UDP.
    const protocol = this.kind === 'tcp' ? 'tcp' : 'udp';
    const relayed = this.kind === 'turn';
    const options = {
      ...offered,
      id: transportId,
      iceCandidates: offered.iceCandidates.filter((candidate) => candidate.protocol === protocol),
      iceServers: relayed ? iceServers : [],
      iceTransportPolicy: relayed ? 'relay' : 'all',
    } as types.TransportOptions;
    const transport =
      direction === 'send' ? device.createSendTransport(options) : device.createRecvTransport(options);
    transport.on('connect', ({ dtlsParameters }, done, failed) => {
      socket.request('transport.connect', { transportId, dtlsParameters }).then(() => done(), failed);
    });
    return transport;
  }
}

/** Resolves when it is known whether the transport connects; a wait that is too long is the caller's. */
function stateOf(transport: types.Transport): Promise<boolean> {
  return new Promise((resolve) => {
    transport.on('connectionstatechange', (state) => {
      if (state === 'connected') resolve(true);
      if (state === 'failed' || state === 'closed') resolve(false);
    });
  });
}
