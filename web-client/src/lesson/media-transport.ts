import type { Device, types } from 'mediasoup-client';
import type { MediaId } from '#protocol/ids.ts';
import type { DtlsParameters, IceServer, TransportOptions } from '#protocol/media.ts';
import { ClientError } from './client-error.ts';
import { deadline, type RecoveryInput, type RecoveryState, recover } from './recovery.ts';
import type { LessonSocket } from './socket.ts';

export interface MediaTransportEvents {
  /** Its recovery state is another one. */
  changed(): void;
  /** It cannot be helped: closed here; whoever owns it makes a new one. */
  dead(): void;
}

/** One WebRTC transport to the SFU that looks after its own connection. */
export class MediaTransport {
  readonly transport: types.Transport;
  readonly #socket: LessonSocket;
  readonly #events: MediaTransportEvents;
  #recovery: RecoveryState = { name: 'idle' };
  #timer: ReturnType<typeof setTimeout> | undefined;
  #connectAnswered: boolean | null = null;
  readonly #closing: Promise<never>;
  #tellClosing!: () => void;

  constructor(
    direction: 'send' | 'recv',
    { device, socket, iceServers }: { device: Device; socket: LessonSocket; iceServers: IceServer[] },
    { transportId, ...options }: TransportOptions,
    events: MediaTransportEvents,
  ) {
    this.#socket = socket;
    this.#events = events;
    this.#closing = new Promise((_resolve, reject) => {
      this.#tellClosing = () => reject(new ClientError('NETWORK', 'the transport was closed meanwhile'));
    });
    this.#closing.catch(() => {});
    const full = { ...options, id: transportId, iceServers } as types.TransportOptions;
    this.transport =
      direction === 'send' ? device.createSendTransport(full) : device.createRecvTransport(full);
    this.transport.on('connect', ({ dtlsParameters }, done) => {
      // The handshake may begin before the SFU has said yes: one round trip less to the first frame.
      done();
      this.#connectAnswered = false;
      const connect = () => this.#connect(transportId, dtlsParameters as DtlsParameters);
      // The SFU hears of the first feed before it can hear the feed itself: the packets with which the browser
      // probes its line are the first it sends, and the SFU counts them only on behalf of a feed.
      if (direction === 'send') this.transport.once('produce', () => queueMicrotask(connect));
      else connect();
    });
    this.transport.on('connectionstatechange', (state) => this.#step({ type: 'connection', state }));
  }

  get id(): MediaId {
    return this.transport.id;
  }

  get recovery(): RecoveryState['name'] {
    return this.#recovery.name;
  }

  get closed(): boolean {
    return this.transport.closed;
  }

  /** False when the SFU may never have got the DTLS parameters; such a transport is not worth keeping. */
  get usable(): boolean {
    return this.#connectAnswered !== false;
  }

  /**
   * Waits for work on the peer connection, but no longer than it is open: a closed one leaves the promises
   * of what it was doing unsettled for ever (W3C webrtc, "chain an operation").
   */
  whileOpen<T>(work: Promise<T>): Promise<T> {
    return Promise.race([work, this.#closing]);
  }

  nudge(): void {
    this.#step({ type: 'nudge' });
  }

  async updateIceServers(iceServers: IceServer[]): Promise<void> {
    await this.transport.updateIceServers({ iceServers });
  }

  /** Only here: telling the SFU is the owner's, who knows when its successor carries the feeds. */
  close(): void {
    clearTimeout(this.#timer);
    this.transport.close();
    this.#tellClosing();
  }

  #step(input: RecoveryInput): void {
    if (this.closed) return;
    const before = this.#recovery.name;
    const { state, action } = recover(this.#recovery, input, Date.now(), this.#socket.connected);
    this.#recovery = state;
    this.#arm();
    if (action === 'restartIce') void this.#restartIce();
    if (action === 'replace') this.#die();
    else if (state.name !== before) this.#events.changed();
  }

  #arm(): void {
    clearTimeout(this.#timer);
    const at = deadline(this.#recovery);
    // Without the line a tick could change nothing; coming back to the seat nudges.
    if (at !== null && this.#socket.connected)
      this.#timer = setTimeout(() => this.#step({ type: 'tick' }), Math.max(50, at - Date.now()));
  }

  #connect(transportId: MediaId, dtlsParameters: DtlsParameters): void {
    if (this.closed) return;
    this.#socket.request('transport.connect', { transportId, dtlsParameters }).then(
      () => {
        this.#connectAnswered = true;
      },
      () => {
        // Without the line nobody knows whether it was carried out; the next join tells and decides.
        if (this.#socket.connected) this.#die();
      },
    );
  }

  async #restartIce(): Promise<void> {
    try {
      const { iceParameters } = await this.#socket.request('transport.restartIce', { transportId: this.id });
      await this.whileOpen(
        this.transport.restartIce({ iceParameters: iceParameters as types.IceParameters }),
      );
    } catch {
      this.#step({ type: 'restartFailed' });
    }
  }

  #die(): void {
    if (this.closed) return;
    this.#recovery = { name: 'dead' };
    this.close();
    this.#events.dead();
  }
}
