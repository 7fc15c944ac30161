import { HEARTBEAT_MS, type Heartbeat } from '#protocol/node.ts';
import type { Rooms } from './rooms.ts';
import type { WorkerPool } from './worker-pool.ts';

/** Measures what the heartbeat tells: the workers' CPU, sampled because a worker answers only later. */
export class LoadMeter {
  readonly #pool: WorkerPool;
  readonly #rooms: Rooms;
  readonly #timer: NodeJS.Timeout;

  constructor(pool: WorkerPool, rooms: Rooms) {
    this.#pool = pool;
    this.#rooms = rooms;
    this.#timer = setInterval(() => this.#sample(), HEARTBEAT_MS).unref();
  }

  /** `load` is the mean CPU share of the workers; each can use one core. */
  read(): Omit<Heartbeat, 'at'> {
    const alive = this.#pool.alive;
    const cpu = alive.reduce((sum, worker) => sum + worker.cpu, 0) / Math.max(1, alive.length);
    const rooms = this.#rooms.open;
    const sum = (count: (room: (typeof rooms)[number]) => number) =>
      rooms.reduce((total, room) => total + count(room), 0);
    return {
      // A node without a live worker can carry nothing.
      load: alive.length === 0 ? 1 : cpu,
      detail: {
        workers: alive.length,
        cpu,
        rooms: rooms.length,
        transports: sum((room) => room.transports.size),
        feeds: sum((room) => room.feeds.size),
        consumers: sum((room) => room.consumers.size),
        recordings: sum((room) => room.recordings.size),
      },
    };
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #sample(): void {
    for (const worker of this.#pool.alive)
      worker.sampleCpu().catch(() => {
        // It died between two samples; the pool tells of it.
      });
  }
}
