import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '#platform/config.ts';
import type { Logger } from '#platform/logger.ts';
import { AppError } from '#protocol/errors.ts';
import { MediaWorker } from './media-worker.ts';

const REPLACE_DELAY_MS = [0, 200, 1_000, 5_000];
/** Workers whose CPU shares differ by less than this count as equally loaded. */
const CPU_STEP = 0.1;

/** All workers of this node. A worker that dies takes its rooms with it and is replaced on the same port. */
export class WorkerPool {
  readonly #config: Config['sfu'];
  readonly #logger: Logger;
  readonly #workers: (MediaWorker | null)[];
  #waiting: (() => void)[] = [];
  #closed = false;

  /** @throws when a worker cannot start or its port is taken. */
  static async create(config: Config['sfu'], logger: Logger): Promise<WorkerPool> {
    const size = config.workers || availableParallelism();
    const pool = new WorkerPool(config, logger, size);
    try {
      await Promise.all(Array.from({ length: size }, (_, index) => pool.#start(index)));
    } catch (error) {
      pool.close();
      throw error;
    }
    return pool;
  }

  private constructor(config: Config['sfu'], logger: Logger, size: number) {
    this.#config = config;
    this.#logger = logger;
    this.#workers = new Array<MediaWorker | null>(size).fill(null);
  }

  get size(): number {
    return this.#workers.length;
  }

  get alive(): MediaWorker[] {
    return this.#workers.filter((worker) => worker !== null);
  }

  /** The worker for the next room; waits for a replacement when none is alive just now. */
  async leastLoaded(): Promise<MediaWorker> {
    while (this.alive.length === 0) {
      if (this.#closed) throw new AppError('MEDIA_GONE', 'the node is shutting down');
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    const weight = ({ cpu, rooms }: MediaWorker) => Math.floor(cpu / CPU_STEP) * 1_000 + rooms;
    return this.alive.reduce((best, worker) => (weight(worker) < weight(best) ? worker : best));
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const worker of this.alive) worker.close();
    this.#wakeWaiting();
  }

  async #start(index: number): Promise<void> {
    const worker = await MediaWorker.create(this.#config, index);
    if (this.#closed) {
      worker.close();
      return;
    }
    this.#workers[index] = worker;
    worker.worker.on('died', (error) => {
      this.#logger.error({ err: error, index, rooms: worker.rooms }, 'media worker died');
      this.#workers[index] = null;
      void this.#replace(index);
    });
    this.#logger.info({ index, workerPid: worker.worker.pid }, 'media worker started');
    this.#wakeWaiting();
  }

  async #replace(index: number): Promise<void> {
    for (let attempt = 0; !this.#closed; attempt += 1) {
      await sleep(REPLACE_DELAY_MS[Math.min(attempt, REPLACE_DELAY_MS.length - 1)]);
      try {
        await this.#start(index);
        return;
      } catch (error) {
        this.#logger.error({ err: error, index, attempt }, 'media worker not replaced');
      }
    }
  }

  #wakeWaiting(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const wake of waiting) wake();
  }
}
