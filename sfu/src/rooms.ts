import type { Config } from '#platform/config.ts';
import { AppError } from '#protocol/errors.ts';
import type { Id } from '#protocol/ids.ts';
import type { SfuEvent } from '#protocol/sfu-node.ts';
import { Room } from './room.ts';
import type { WorkerPool } from './worker-pool.ts';

/** All rooms of this node. A room is in the map from the moment its making begins. */
export class Rooms {
  readonly #pool: WorkerPool;
  readonly #config: Config['sfu'];
  readonly #emit: (event: SfuEvent) => void;
  readonly #making = new Map<Id, Promise<Room>>();
  readonly #open = new Map<Id, Room>();

  constructor(pool: WorkerPool, config: Config['sfu'], emit: (event: SfuEvent) => void) {
    this.#pool = pool;
    this.#config = config;
    this.#emit = emit;
  }

  get open(): Room[] {
    return [...this.#open.values()];
  }

  /** The room, made when it is not there. Several callers at once get the same one. */
  ensure(roomId: Id): Promise<Room> {
    const there = this.#open.get(roomId);
    if (there) return Promise.resolve(there);
    const begun = this.#making.get(roomId);
    if (begun) return begun;
    const making = this.#make(roomId, () => this.#making.get(roomId) === making);
    this.#making.set(roomId, making);
    const done = () => {
      if (this.#making.get(roomId) === making) this.#making.delete(roomId);
    };
    making.then(done, done);
    return making;
  }

  /** @throws AppError MEDIA_GONE when this node does not carry the room. */
  get(roomId: Id): Room {
    const room = this.#open.get(roomId);
    if (!room) throw new AppError('MEDIA_GONE', 'this node does not carry the room');
    return room;
  }

  find(roomId: Id): Room | undefined {
    return this.#open.get(roomId);
  }

  /** Closes the room, also one that is still being made. */
  close(roomId: Id): void {
    this.#making.delete(roomId);
    const room = this.#open.get(roomId);
    this.#open.delete(roomId);
    room?.close();
  }

  async #make(roomId: Id, wanted: () => boolean): Promise<Room> {
    const worker = await this.#pool.leastLoaded();
    const room = await Room.create({ roomId, worker, config: this.#config, emit: this.#emit });
    if (!wanted()) {
      room.close();
      throw new AppError('MEDIA_GONE', 'the room was closed meanwhile');
    }
    if (room.closed) throw new AppError('MEDIA_GONE', 'the media worker died');
    this.#open.set(roomId, room);
    room.router.on('workerclose', () => {
      if (this.#open.get(roomId) !== room) return;
      this.#open.delete(roomId);
      this.#emit({ type: 'room.lost', roomId });
    });
    return room;
  }
}
