import type { types } from 'mediasoup-client';
import { type FeedRole, kindOfFeed } from '#protocol/domain.ts';
import type { Id } from '#protocol/ids.ts';
import { capture } from './capture.ts';
import { ClientError } from './client-error.ts';
import { encodingOf } from './encoding.ts';
import type { ClientErrorCode, LocalFeed } from './snapshot.ts';

/** What the page sends now for a publication; gone with its transport. */
export interface Sending {
  readonly producer: types.Producer;
  readonly feedId: Id;
  readonly transportId: string;
  /** What the server was last told. */
  paused: boolean;
}

/**
 * The page's wish to send one feed: it holds the device and outlives every transport. The send side
 * reads the wish and makes it true.
 */
export class Publication {
  readonly role: FeedRole;
  deviceId: string | undefined;
  paused = false;
  stream: MediaStream | null = null;
  errorCode: ClientErrorCode | null = null;
  sending: Sending | null = null;
  /** One step at a time. */
  busy = false;
  /** Do not try before (wall ms), after a failure that may pass. */
  notBefore = 0;
  readonly #deviceLost: (publication: Publication) => void;
  #opening = 0;
  #closed = false;

  /** @param deviceLost the track ended by itself: unplugged, or the person stopped sharing. */
  constructor(role: FeedRole, deviceLost: (publication: Publication) => void) {
    this.role = role;
    this.#deviceLost = deviceLost;
  }

  get track(): MediaStreamTrack | null {
    return this.stream?.getTracks()[0] ?? null;
  }

  get closed(): boolean {
    return this.#closed;
  }

  get feed(): LocalFeed {
    return {
      role: this.role,
      kind: kindOfFeed(this.role),
      stream: this.stream,
      paused: this.paused,
      state: this.errorCode ? 'failed' : this.sending ? 'sending' : 'starting',
      errorCode: this.errorCode,
      deviceLabel: this.track?.label ?? '',
    };
  }

  /** Opens the device, instead of the one that is open; what goes wrong is kept in `errorCode`. */
  async openDevice(): Promise<void> {
    // Of two that overlap (a second `devicechange` while the first still opens) the later one counts.
    const turn = ++this.#opening;
    try {
      const stream = await capture(this.role, this.deviceId);
      if (this.#closed || turn !== this.#opening) return stop(stream);
      stop(this.stream);
      this.stream = stream;
      this.errorCode = null;
      const track = this.track!;
      track.contentHint = encodingOf(this.role).contentHint;
      track.addEventListener('ended', () => {
        if (this.track === track) this.#deviceLost(this);
      });
    } catch (error) {
      if (!this.#closed && turn === this.#opening) this.errorCode = ClientError.from(error).code;
    }
  }

  /** Paused by the person, or because there is nothing to send: others see it as paused, not as broken. */
  get silent(): boolean {
    return this.paused || this.track === null;
  }

  /** The device is gone; the producer stays and waits for the next one. */
  loseDevice(): void {
    this.stream = null;
    this.errorCode = this.role === 'mic' ? 'MIC_MISSING' : 'CAMERA_MISSING';
  }

  /** Whether opening the device again may help, without asking the person anything. */
  get wantsDevice(): boolean {
    return (
      this.role !== 'screen' &&
      this.stream === null &&
      (this.errorCode?.endsWith('_MISSING') === true || this.errorCode?.endsWith('_BUSY') === true)
    );
  }

  close(): void {
    this.#closed = true;
    stop(this.stream);
    this.stream = null;
    this.sending?.producer.close();
    this.sending = null;
  }
}

function stop(stream: MediaStream | null): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}
