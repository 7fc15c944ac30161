import { isDeepStrictEqual } from 'node:util';
import type { types } from 'mediasoup';
import { AppError } from '#protocol/errors.ts';
import type { Id } from '#protocol/ids.ts';
import type { DtlsParameters, IceParameters, TransportOptions } from '#protocol/media.ts';
import { mediaCall } from './media-error.ts';
import type { MediaWorker } from './media-worker.ts';

export type Direction = 'send' | 'recv';

/** Without an answered consent check (RFC 7675) for this long the peer counts as out of reach. */
const ICE_CONSENT_SECONDS = 20;
/**
 * How long a peer that is out of reach may take to come back by ICE restart. Together with the consent
 * timeout this is the time that a seat is kept (`lesson.seatGraceSeconds`).
 */
const OUT_OF_REACH_MS = 25_000;

/** From the exchange of parameters to the end of the DTLS handshake; a peer that takes longer will not come. */
const HANDSHAKE_MS = 30_000;

export interface ParticipantTransportOptions {
  participantId: Id;
  direction: Direction;
  /** Bits per second to begin sending with, before bandwidth is known. */
  initialOutgoingBitrate: number;
  /**
   * Called once when the transport closed by itself: DTLS failed, did not finish or was closed by the peer,
   * or ICE never came back.
   */
  onDead(transport: ParticipantTransport): void;
}

/** One participant's WebRTC transport of one direction. */
export class ParticipantTransport {
  readonly participantId: Id;
  readonly direction: Direction;
  readonly transport: types.WebRtcTransport;
  readonly #onDead: (transport: ParticipantTransport) => void;
  #outOfReach: NodeJS.Timeout | undefined;
  #handshake: NodeJS.Timeout | undefined;
  readonly #connected = Promise.withResolvers<void>();
  #connecting: { dtlsParameters: DtlsParameters; done: Promise<void> } | null = null;

  static async create(
    router: types.Router,
    { server }: MediaWorker,
    options: ParticipantTransportOptions,
  ): Promise<ParticipantTransport> {
    const transport = await mediaCall(
      () => router.closed,
      () =>
        router.createWebRtcTransport({
          webRtcServer: server,
          enableUdp: true,
          enableTcp: true,
          preferUdp: true,
          iceConsentTimeout: ICE_CONSENT_SECONDS,
          initialAvailableOutgoingBitrate: options.initialOutgoingBitrate,
        }),
    );
    return new ParticipantTransport(transport, options);
  }

  private constructor(transport: types.WebRtcTransport, options: ParticipantTransportOptions) {
    this.transport = transport;
    this.participantId = options.participantId;
    this.direction = options.direction;
    this.#onDead = options.onDead;
    transport.on('dtlsstatechange', (state) => {
      if (state === 'connected') {
        clearTimeout(this.#handshake);
        this.#connected.resolve();
      }
      if (state === 'failed' || state === 'closed') this.#die();
    });
    transport.on('icestatechange', (state) => {
      clearTimeout(this.#outOfReach);
      if (state === 'disconnected') this.#outOfReach = setTimeout(() => this.#die(), OUT_OF_REACH_MS);
    });
    transport.observer.once('close', () => {
      clearTimeout(this.#outOfReach);
      clearTimeout(this.#handshake);
    });
  }

  get id(): string {
    return this.transport.id;
  }

  get closed(): boolean {
    return this.transport.closed;
  }

  /** Resolves when media can flow; never, when it never can. */
  get connected(): Promise<void> {
    return this.#connected.promise;
  }

  get options(): TransportOptions {
    const { id, iceParameters, iceCandidates, dtlsParameters } = this.transport;
    return { transportId: id, iceParameters, iceCandidates, dtlsParameters };
  }

  /** Again with the same parameters (a lost answer) it changes nothing; with others it is refused. */
  async connect(dtlsParameters: DtlsParameters): Promise<void> {
    if (this.#connecting) {
      if (!isDeepStrictEqual(this.#connecting.dtlsParameters, dtlsParameters))
        throw new AppError('WRONG_STATE', 'transport is connected with other DTLS parameters');
      return this.#connecting.done;
    }
    const done = mediaCall(
      () => this.closed,
      () =>
        this.transport.connect({ dtlsParameters: structuredClone(dtlsParameters) as types.DtlsParameters }),
    );
    this.#connecting = { dtlsParameters, done };
    try {
      await done;
      if (!this.closed && this.transport.dtlsState !== 'connected')
        this.#handshake = setTimeout(() => this.#die(), HANDSHAKE_MS);
    } catch (error) {
      this.#connecting = null;
      throw error;
    }
  }

  async restartIce(): Promise<IceParameters> {
    return mediaCall(
      () => this.closed,
      () => this.transport.restartIce(),
    );
  }

  close(): void {
    this.transport.close();
  }

  #die(): void {
    if (this.closed) return;
    this.close();
    this.#onDead(this);
  }
}
