import type { TransportOptions } from '#protocol/media.ts';
import { Backoff } from './backoff.ts';
import { canAsk, type MediaContext } from './media-context.ts';
import { MediaTransport } from './media-transport.ts';

export interface TransportSlotEvents {
  /** A new transport is there, with nothing in it yet. */
  made(transport: MediaTransport): void;
  /** The transport is gone, and all that was in it. */
  emptied(): void;
  changed(): void;
}

/** The place of one direction's transport: makes one when it is wanted, and another when that one dies. */
export class TransportSlot {
  readonly #direction: 'send' | 'recv';
  readonly #context: MediaContext;
  readonly #events: TransportSlotEvents;
  readonly #backoff = new Backoff(200, 4_000);
  #current: MediaTransport | null = null;
  /** Dead here, perhaps alive there: closed once the successor carries what they carried. */
  #retired: string[] = [];
  /** Made by the server together with the seat, not used yet. */
  #offered: TransportOptions | null = null;
  #making = false;
  #notBefore = 0;
  #everConnected = false;
  #closed = false;

  constructor(direction: 'send' | 'recv', context: MediaContext, events: TransportSlotEvents) {
    this.#direction = direction;
    this.#context = context;
    this.#events = events;
  }

  get current(): MediaTransport | null {
    return this.#current;
  }

  get everConnected(): boolean {
    return this.#everConnected;
  }

  /** What the join brought: the next transport is made of it, without asking. */
  offer(options: TransportOptions | null): void {
    this.#offered = options;
  }

  /** Makes a transport when there is none and one can be had; safe to call at any time. */
  ensure(): void {
    if (this.#closed || this.#current || this.#making || !canAsk(this.#context)) return;
    const wait = this.#notBefore - Date.now();
    if (wait > 0) setTimeout(() => this.ensure(), wait);
    else void this.#make();
  }

  /** Something got better: the next attempt need not wait. */
  hurry(): void {
    this.#notBefore = 0;
    this.#backoff.reset();
  }

  /** The transport is of no use any more (the SFU lost it, or it answers that it is gone). */
  replace(): void {
    if (this.#current) this.#empty(this.#current);
    this.ensure();
  }

  /** Forgets the transport without asking for another: the media node is gone, and with it all of them. */
  forget(): void {
    this.#offered = null;
    if (this.#current) this.#empty(this.#current);
    this.#retired = [];
  }

  /** To be called when the transport carries all that its predecessors carried. */
  closeRetired(): void {
    for (const transportId of this.#retired.splice(0))
      this.#context.socket.request('transport.close', { transportId }).catch(() => {});
  }

  close(): void {
    this.#closed = true;
    this.#current?.close();
    this.#current = null;
  }

  async #make(): Promise<void> {
    const { socket, device, generation } = this.#context;
    const offered = this.#offered;
    this.#offered = null;
    this.#making = true;
    try {
      // Asked for while the device still loads: two waits overlap.
      const [options, loaded] = await Promise.all([
        offered ?? socket.request('transport.create', { direction: this.#direction }),
        device!,
      ]);
      if (this.#closed || generation !== this.#context.generation || device !== this.#context.device) {
        socket.request('transport.close', { transportId: options.transportId }).catch(() => {});
        return;
      }
      const made: MediaTransport = new MediaTransport(
        this.#direction,
        { device: loaded, socket, iceServers: this.#context.iceServers },
        options,
        { changed: () => this.#onChanged(made), dead: () => this.#onDead(made) },
      );
      this.#current = made;
    } catch {
      // Whatever it was, it may be over in a while; a lost line is mended by the next join, at once.
      if (canAsk(this.#context)) this.#wait();
    } finally {
      this.#making = false;
    }
    if (this.#current) this.#events.made(this.#current);
    else this.ensure();
  }

  #onChanged(transport: MediaTransport): void {
    if (transport !== this.#current) return;
    if (transport.recovery === 'connected') {
      this.#everConnected = true;
      this.#backoff.reset();
    }
    this.#events.changed();
  }

  #onDead(transport: MediaTransport): void {
    if (transport !== this.#current) return;
    this.#wait();
    this.replace();
  }

  #empty(transport: MediaTransport): void {
    transport.close();
    this.#current = null;
    this.#retired.push(transport.id);
    this.#events.emptied();
  }

  #wait(): void {
    this.#notBefore = Date.now() + this.#backoff.next();
  }
}
