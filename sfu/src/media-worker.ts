import { createWorker, type types } from 'mediasoup';
import type { Config } from '#platform/config.ts';
import { listenInfos } from './listen.ts';

/** One mediasoup worker process with its one `WebRtcServer` (one UDP and one TCP port). */
export class MediaWorker {
  readonly worker: types.Worker;
  readonly server: types.WebRtcServer;
  /** Share of one core that the process used lately, 0 to 1. */
  cpu = 0;
  /** Rooms on this worker; kept by the rooms themselves. */
  rooms = 0;
  #sampledAt = performance.now();
  #sampledCpuMs = 0;

  static async create(config: Config['sfu'], index: number): Promise<MediaWorker> {
    const worker = await createWorker({ logLevel: 'error' });
    try {
      const server = await worker.createWebRtcServer({ listenInfos: listenInfos(config, index) });
      return new MediaWorker(worker, server);
    } catch (error) {
      worker.close();
      throw error;
    }
  }

  private constructor(worker: types.Worker, server: types.WebRtcServer) {
    this.worker = worker;
    this.server = server;
  }

  get closed(): boolean {
    return this.worker.closed;
  }

  async sampleCpu(): Promise<void> {
    const usage = await this.worker.getResourceUsage();
    const cpuMs = usage.ru_utime + usage.ru_stime;
    const now = performance.now();
    this.cpu = Math.min(1, Math.max(0, (cpuMs - this.#sampledCpuMs) / Math.max(1, now - this.#sampledAt)));
    this.#sampledAt = now;
    this.#sampledCpuMs = cpuMs;
  }

  close(): void {
    this.worker.close();
  }
}
