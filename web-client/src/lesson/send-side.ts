import type { types } from 'mediasoup-client';
import { type FeedRole, kindOfFeed } from '#protocol/domain.ts';
import type { Id } from '#protocol/ids.ts';
import type { RtpParameters } from '#protocol/media.ts';
import { Backoff } from './backoff.ts';
import { onDeviceChange } from './capture.ts';
import { ClientError } from './client-error.ts';
import { chooseVideoCodec, encodingOf, keepSizes } from './encoding.ts';
import { canAsk, type MediaContext } from './media-context.ts';
import type { MediaTransport } from './media-transport.ts';
import { Publication } from './publication.ts';
import type { LocalFeed } from './snapshot.ts';
import { TransportSlot } from './transport-slot.ts';

/** Codes after which the same publication cannot succeed until something else changes. */
const FINAL = new Set(['FORBIDDEN', 'BAD_REQUEST', 'UNSUPPORTED_MEDIA', 'NOT_SIGNED_IN']);

/**
 * Everything the page sends: one transport, one publication a role. `drive` makes true what a
 * publication wishes, step by step, and may be called whenever anything has changed.
 */
export class SendSide {
  readonly slot: TransportSlot;
  readonly #context: MediaContext;
  readonly #turn: () => Promise<void>;
  readonly #changed: () => void;
  readonly #publications = new Map<FeedRole, Publication>();
  readonly #backoff = new Backoff(300, 5_000);
  readonly #stopListening: () => void;
  #feeds: readonly LocalFeed[] = [];

  /** @param turn resolves when it is our turn: seeing comes before being seen. */
  constructor(context: MediaContext, turn: () => Promise<void>, changed: () => void) {
    this.#context = context;
    this.#turn = turn;
    this.#changed = changed;
    this.slot = new TransportSlot('send', context, {
      made: (transport) => {
        this.#listen(transport);
        this.driveAll();
      },
      emptied: () => this.#forgetSending(),
      changed,
    });
    this.#stopListening = onDeviceChange(() => this.reopenDevices());
  }

  get feeds(): readonly LocalFeed[] {
    return this.#feeds;
  }

  get roles(): ReadonlySet<FeedRole> {
    return new Set(this.#publications.keys());
  }

  /** What the SFU is believed to carry of ours. */
  get held(): { role: FeedRole; producerId: string; transportId: string }[] {
    return [...this.#publications.values()].flatMap(({ role, sending }) =>
      sending ? [{ role, producerId: sending.producer.id, transportId: sending.transportId }] : [],
    );
  }

  /** Opens the device and begins to send; again: changes the device. Settles when the device question is. */
  async publish(role: FeedRole, deviceId?: string): Promise<void> {
    let publication = this.#publications.get(role);
    if (!publication) {
      publication = new Publication(role, (ended) => this.#onDeviceLost(ended));
      this.#publications.set(role, publication);
    }
    publication.deviceId = deviceId;
    publication.errorCode = null;
    this.#publish();
    // A shared screen has to be asked for within the click.
    if (role !== 'screen') await this.#turn();
    if (publication.closed) return;
    // The transport is made while the person is still being asked for the camera.
    this.slot.ensure();
    await publication.openDevice();
    this.#publish();
    this.#drive(publication);
  }

  setPaused(role: FeedRole, paused: boolean): void {
    const publication = this.#publications.get(role);
    if (!publication) return;
    publication.paused = paused;
    this.#publish();
    this.#drive(publication);
  }

  unpublish(role: FeedRole): void {
    const publication = this.#publications.get(role);
    if (publication) this.#remove(publication);
    this.#publish();
  }

  /** The SFU does not carry this one any more; it is sent again. */
  forget(role: FeedRole): void {
    const publication = this.#publications.get(role);
    publication?.sending?.producer.close();
    if (publication) publication.sending = null;
  }

  driveAll(): void {
    if (this.#publications.size > 0) this.slot.ensure();
    for (const publication of this.#publications.values()) this.#drive(publication);
  }

  /** Tries again what was refused: what the refusal hung on may be different now. */
  forgiveAll(): void {
    for (const publication of this.#publications.values()) {
      publication.notBefore = 0;
      if (publication.errorCode && publication.stream) publication.errorCode = null;
    }
    this.#publish();
  }

  /** A device was plugged in or out. */
  reopenDevices(): void {
    for (const publication of this.#publications.values())
      if (publication.wantsDevice) this.#reopen(publication);
  }

  /** Nothing tells when another program lets go of a camera: asked for every few seconds. */
  reopenBusyDevices(): void {
    for (const publication of this.#publications.values())
      if (publication.wantsDevice && publication.errorCode?.endsWith('_BUSY')) this.#reopen(publication);
  }

  close(): void {
    this.#stopListening();
    for (const publication of this.#publications.values()) publication.close();
    this.#publications.clear();
    this.slot.close();
    this.#publish();
  }

  /** Does the one next step that is missing, then looks again. */
  #drive(publication: Publication): void {
    const transport = this.slot.current;
    if (publication.busy || publication.closed || !transport || !canAsk(this.#context)) return;
    if (publication.notBefore > Date.now()) return;
    const step = this.#nextStep(publication, transport);
    if (!step) return;
    publication.busy = true;
    transport
      .whileOpen(step())
      .then(
        () => this.#backoff.reset(),
        (thrown) => this.#onFailure(publication, transport, ClientError.from(thrown)),
      )
      .finally(() => {
        publication.busy = false;
        this.#publish();
        this.#drive(publication);
      });
  }

  #nextStep(publication: Publication, on: MediaTransport): (() => Promise<void>) | null {
    const { sending, track } = publication;
    if (!sending) return track && !publication.errorCode ? () => this.#send(publication, track, on) : null;
    if (sending.producer.track !== track) return () => sending.producer.replaceTrack({ track });
    if (sending.paused !== publication.silent) return () => this.#tellPaused(publication);
    return null;
  }

  async #send(
    publication: Publication,
    track: MediaStreamTrack,
    { transport }: MediaTransport,
  ): Promise<void> {
    const { role } = publication;
    const device = await this.#context.device!;
    const { encodings, codecOptions } = encodingOf(role);
    const codec = kindOfFeed(role) === 'video' ? chooseVideoCodec(device.sendRtpCapabilities) : undefined;
    const producer = await transport.produce<FeedData>({
      track,
      codecOptions,
      appData: { role, paused: publication.silent },
      // The device belongs to the publication; a producer's end must not stop it.
      stopTracks: false,
      // A pause costs no bandwidth: on a weak line that is the point of it.
      zeroRtpOnPause: true,
      onRtpSender: keepSizes,
      ...(encodings && { encodings }),
      ...(codec && { codec }),
    });
    const { feedId, paused } = producer.appData as Required<FeedData>;
    if (publication.closed) {
      producer.close();
      // A newer publication of the role has the same feed: what it publishes takes this one's place.
      if (!this.#publications.has(role))
        this.#context.socket.request('feed.close', { feedId }).catch(() => {});
      return;
    }
    if (paused) producer.pause();
    publication.sending = { producer, feedId, transportId: transport.id, paused };
    if ([...this.#publications.values()].every((it) => it.sending || it.errorCode)) this.slot.closeRetired();
  }

  /** Answers mediasoup-client's question for a producer on the far side; the feed's id travels back in `appData`. */
  #listen({ transport }: MediaTransport): void {
    transport.on('produce', ({ kind, rtpParameters, appData }, done, failed) => {
      const data = appData as FeedData;
      this.#context.socket
        .request('feed.publish', {
          transportId: transport.id,
          role: data.role,
          kind,
          rtpParameters: rtpParameters as RtpParameters,
          paused: data.paused,
        })
        .then(({ feedId, producerId }) => {
          data.feedId = feedId;
          done({ id: producerId });
        })
        .catch(failed);
    });
  }

  async #tellPaused(publication: Publication): Promise<void> {
    const sending = publication.sending!;
    const paused = publication.silent;
    if (paused) sending.producer.pause();
    else sending.producer.resume();
    await this.#context.socket.request('feed.pause', { feedId: sending.feedId, paused });
    sending.paused = paused;
  }

  #onFailure(publication: Publication, on: MediaTransport, error: ClientError): void {
    // With the line or the transport gone, what comes next drives again.
    if (!canAsk(this.#context) || this.slot.current !== on) return;
    if (FINAL.has(error.code)) {
      publication.errorCode = error.code;
      publication.notBefore = Number.POSITIVE_INFINITY;
      return;
    }
    if (error.code === 'MEDIA_GONE') {
      this.slot.replace();
      return;
    }
    const wait = this.#backoff.next();
    publication.notBefore = Date.now() + wait;
    setTimeout(() => this.#drive(publication), wait + 1);
  }

  #onDeviceLost(publication: Publication): void {
    // A shared screen that ends was ended by the person.
    if (publication.role === 'screen') this.#remove(publication);
    else publication.loseDevice();
    this.#publish();
    this.#drive(publication);
    this.reopenDevices();
  }

  #reopen(publication: Publication): void {
    void publication.openDevice().then(() => {
      this.#publish();
      this.#drive(publication);
    });
  }

  #remove(publication: Publication): void {
    const feedId = publication.sending?.feedId;
    this.#publications.delete(publication.role);
    publication.close();
    if (feedId) this.#context.socket.request('feed.close', { feedId }).catch(() => {});
  }

  #forgetSending(): void {
    for (const publication of this.#publications.values()) publication.sending = null;
    this.#publish();
  }

  #publish(): void {
    this.#feeds = [...this.#publications.values()].map((publication) => publication.feed);
    this.#changed();
  }
}

interface FeedData extends types.AppData {
  role: FeedRole;
  paused: boolean;
  feedId?: Id;
}
