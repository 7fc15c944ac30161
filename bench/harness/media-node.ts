import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '#platform/testing/free-port.ts';
import type { NodeDoor } from './node-door.ts';

/** One media service, started as the supervisor does, with a data folder of its own. */
export class MediaNode {
  readonly pid: number;
  readonly dataDir: string;
  readonly #process: ChildProcess;

  static async start(service: 'sfu' | 'recorder', door: NodeDoor): Promise<MediaNode> {
    const dataDir = mkdtempSync(join(tmpdir(), `three-classrooms-bench-`));
    const port = await freePort();
    const child = fork(fileURLToPath(new URL(`../../${service}/main.ts`, import.meta.url)), {
      env: {
        ...process.env,
        ...door.env,
        TC_CONFIG: undefined,
        TC_DATA_DIR: dataDir,
        TC_LOG_LEVEL: 'error',
        TC_SFU_PORT: String(port),
        TC_SFU_LISTEN_IP: '127.0.0.1',
        TC_SFU_WORKERS: '1',
        TC_RECORDER_MIN_PORT: String(port),
        TC_RECORDER_MAX_PORT: String(Math.min(65_535, port + 99)),
      },
    });
    await Promise.race([
      once(child, 'message'),
      once(child, 'exit').then(() => Promise.reject(new Error(`${service} ended at once`))),
    ]);
    return new MediaNode(child, dataDir);
  }

  private constructor(child: ChildProcess, dataDir: string) {
    this.#process = child;
    this.pid = child.pid!;
    this.dataDir = dataDir;
  }

  async close(): Promise<void> {
    if (this.#process.exitCode === null && this.#process.signalCode === null) {
      const gone = once(this.#process, 'exit');
      this.#process.kill('SIGTERM');
      await gone;
    }
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}
