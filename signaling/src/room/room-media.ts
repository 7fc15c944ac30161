import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '#platform/logger.ts';
import { AppError } from '#protocol/errors.ts';
import type { Id } from '#protocol/ids.ts';
import type { RtpCapabilities, TransportOptions } from '#protocol/media.ts';
import type { SfuReport } from '#protocol/sfu-node.ts';
import type { NodePool, SfuConnection } from '../node/node-pool.ts';
import type { Seat } from './seat.ts';

export type ReportedRoom = SfuReport['rooms'][number];

/** How long a lesson's media node may be out of sight before it is taken for dead (its media may still flow). */
const CUT_MS = 10_000;
/** After a start of signaling: how long running lessons wait for the node that carries them. */
const CLAIM_MS = 5_000;
/** How long a join waits for its transport; a node that takes longer is asked again by the page. */
const OFFER_MS = 500;

type Link =
  | { state: 'idle' }
  | { state: 'unclaimed' }
  | { state: 'up'; sfu: SfuConnection; capabilities: RtpCapabilities }
  | { state: 'cut'; name: string; nodeId: string };

export interface RoomMediaOwner {
  /** The node's truth after its line came back: the room takes it over. */
  mediaReported(room: ReportedRoom): void;
  /** The node is dead: every transport, feed and consumer of the room with it. */
  mediaLost(): void;
  mediaAvailable(capabilities: RtpCapabilities): void;
}

/**
 * Which sfu carries this room, and what is known of the line to it. A cut line is not a dead node: as long
 * as the same process may still be carrying the media, nothing is torn down.
 */
export class RoomMedia {
  readonly #roomId: Id;
  readonly #pool: NodePool<'sfu'>;
  readonly #owner: RoomMediaOwner;
  readonly #logger: Logger;
  #link: Link;
  #deadline: NodeJS.Timeout | null = null;
  #ensuring: Promise<RtpCapabilities> | null = null;
  #claimed: { promise: Promise<void>; resolve: () => void };

  constructor(
    roomId: Id,
    pool: NodePool<'sfu'>,
    owner: RoomMediaOwner,
    expectClaim: boolean,
    logger: Logger,
  ) {
    this.#roomId = roomId;
    this.#pool = pool;
    this.#owner = owner;
    this.#logger = logger;
    this.#claimed = Promise.withResolvers<void>();
    this.#link = { state: expectClaim ? 'unclaimed' : 'idle' };
    if (expectClaim) this.#wait(CLAIM_MS);
    else this.#claimed.resolve();
  }

  /** The node that carries the room now. Throws NO_MEDIA_NODE while there is none. */
  get sfu(): SfuConnection {
    if (this.#link.state !== 'up')
      throw new AppError('NO_MEDIA_NODE', 'no media node carries this lesson now');
    return this.#link.sfu;
  }

  get isUp(): boolean {
    return this.#link.state === 'up';
  }

  isCarriedBy(sfu: SfuConnection): boolean {
    return this.#link.state === 'up' && this.#link.sfu === sfu;
  }

  /** After a restart of signaling: done when the room's node has reported, or is known not to come. */
  get claimed(): Promise<void> {
    return this.#claimed.promise;
  }

  /** The router's capabilities; chooses a node and makes the router when there is none yet. */
  async ensure(): Promise<RtpCapabilities> {
    await this.claimed;
    if (this.#link.state === 'up') return this.#link.capabilities;
    if (this.#link.state === 'cut') throw new AppError('NO_MEDIA_NODE', 'the media node is out of sight');
    this.#ensuring ??= this.#place().finally(() => {
      this.#ensuring = null;
    });
    return await this.#ensuring;
  }

  /** Makes a transport for a seat. */
  async openTransport(seat: Seat, direction: 'send' | 'recv'): Promise<TransportOptions> {
    await this.ensure();
    const { participantId } = seat.participant;
    const options = await this.sfu.command({
      type: 'transport.create',
      roomId: this.#roomId,
      participantId,
      direction,
    });
    seat.transports.set(options.transportId, direction);
    return options;
  }

  /** A transport to receive on, for a seat that has none; null when it has one or none can be had at once. */
  async offerTransport(seat: Seat): Promise<TransportOptions | null> {
    if ([...seat.transports.values()].includes('recv')) return null;
    const opening = this.openTransport(seat, 'recv').catch(() => null);
    return await Promise.race([opening, sleep(OFFER_MS, null)]);
  }

  async #place(): Promise<RtpCapabilities> {
    const sfu = this.#pool.pick();
    if (!sfu) throw new AppError('NO_MEDIA_NODE', 'no media node is connected');
    const { routerRtpCapabilities } = await sfu.command({ type: 'room.ensure', roomId: this.#roomId });
    this.#link = { state: 'up', sfu, capabilities: routerRtpCapabilities };
    return routerRtpCapabilities;
  }

  /** A node has (re)connected; `room` is what it says of this room, if it carries it. */
  nodeReported(sfu: SfuConnection, room: ReportedRoom | undefined): void {
    const link = this.#link;
    if (link.state === 'cut' && sfu.hello.name === link.name) {
      if (room && sfu.hello.nodeId === link.nodeId) this.#attach(sfu, room);
      else this.lost();
    } else if (link.state === 'unclaimed' && room) {
      this.#attach(sfu, room);
    } else if (link.state === 'idle') {
      this.#offer();
    }
  }

  nodeGone(sfu: SfuConnection): void {
    if (!this.isCarriedBy(sfu)) return;
    this.#link = { state: 'cut', name: sfu.hello.name, nodeId: sfu.hello.nodeId };
    this.#wait(CUT_MS);
  }

  /** The node, or the worker under the room, is dead: begin anew on whatever node there is. */
  lost(): void {
    this.#stopWaiting();
    this.#link = { state: 'idle' };
    this.#owner.mediaLost();
    this.#claimed.resolve();
    this.#offer();
  }

  close(): void {
    this.#stopWaiting();
    const link = this.#link;
    this.#link = { state: 'idle' };
    if (link.state === 'up') {
      link.sfu.command({ type: 'room.close', roomId: this.#roomId }).catch((error: unknown) => {
        this.#logger.warn(
          { err: error, roomId: this.#roomId },
          'room.close failed; the next report mends it',
        );
      });
    }
  }

  #attach(sfu: SfuConnection, room: ReportedRoom): void {
    this.#stopWaiting();
    this.#link = { state: 'up', sfu, capabilities: room.routerRtpCapabilities };
    this.#owner.mediaReported(room);
    this.#claimed.resolve();
  }

  #offer(): void {
    this.ensure().then(
      (capabilities) => this.#owner.mediaAvailable(capabilities),
      (error: unknown) => this.#logger.debug({ err: error, roomId: this.#roomId }, 'no media node yet'),
    );
  }

  #wait(ms: number): void {
    this.#stopWaiting();
    this.#deadline = setTimeout(() => this.lost(), ms);
  }

  #stopWaiting(): void {
    if (this.#deadline) clearTimeout(this.#deadline);
    this.#deadline = null;
  }
}
