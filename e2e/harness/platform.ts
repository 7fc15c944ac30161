import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { copyDatabaseTemplate } from '#platform/testing/database-template.ts';
import { freePort } from '#platform/testing/free-port.ts';

import { until } from './until.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SUPERVISOR = join(ROOT, 'infra/embedded/main.ts');

/** A new database takes some seconds, and much longer where every core is busy. */
const START_MS = 120_000;
/** One for each recording at a time. */
const RECORDER_PORTS = 100;

export type ServiceName = 'signaling' | 'sfu' | 'recorder';

/** One record of a service's log. */
export interface LogRecord {
  name: string;
  pid: number;
  level: number;
  msg: string;
  [field: string]: unknown;
}

interface Ports {
  http: number;
  /** Only where `TC_HTTPS_ENABLED` is true. */
  https: number;
  /** UDP and TCP. */
  sfu: number;
}

/** The real platform, as `npm start` runs it: supervisor, three services, a data folder of its own. */
export class Platform {
  readonly origin: string;
  readonly ports: Ports;
  readonly dataDir: string;
  readonly records: LogRecord[] = [];
  /** What is no log record: the supervisor's own words, stack traces. */
  readonly text: string[] = [];
  readonly #process: ChildProcess;

  /**
   * @param env more settings, e.g. `{ TC_HTTPS_ENABLED: 'true' }`.
   * @param prepare fills the new data folder before anything runs on it.
   */
  static async start(
    env: NodeJS.ProcessEnv = {},
    prepare: (dataDir: string) => Promise<void> = async () => {},
  ): Promise<Platform> {
    if (!process.env.MEDIASOUP_WORKER_BIN)
      throw new Error('MEDIASOUP_WORKER_BIN is not set: run the tests with npm test');
    const [httpPort, httpsPort, sfuPort, recorderPort] = await Promise.all([
      freePort(),
      freePort(),
      freePort(),
      freePort(RECORDER_PORTS),
    ]);
    const dataDir = mkdtempSync(join(tmpdir(), 'three-classrooms-e2e-'));
    await copyDatabaseTemplate(join(dataDir, 'database'));
    await prepare(dataDir);
    const settings = {
      TC_CONFIG: undefined,
      TC_DATA_DIR: dataDir,
      TC_HTTP_PORT: String(httpPort),
      TC_HTTPS_PORT: String(httpsPort),
      TC_HTTPS_ENABLED: 'false',
      TC_HTTPS_HOST: '127.0.0.1',
      TC_SFU_PORT: String(sfuPort),
      TC_SFU_LISTEN_IP: '127.0.0.1',
      TC_SFU_WORKERS: '1',
      TC_RECORDER_MIN_PORT: String(recorderPort),
      TC_RECORDER_MAX_PORT: String(recorderPort + RECORDER_PORTS - 1),
      ...env,
    };
    const ports = { http: httpPort, https: httpsPort, sfu: sfuPort };
    const platform = new Platform(dataDir, ports, { ...process.env, ...settings });
    try {
      await platform.#untilReady();
    } catch (error) {
      await platform.close();
      throw error;
    }
    return platform;
  }

  private constructor(dataDir: string, ports: Ports, env: NodeJS.ProcessEnv) {
    this.dataDir = dataDir;
    this.ports = ports;
    this.origin = `http://localhost:${ports.http}`;
    this.#process = spawn(process.execPath, [SUPERVISOR], {
      cwd: ROOT,
      env,
      // The channel ends the platform when this process is gone, however it went.
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    for (const stream of [this.#process.stdout!, this.#process.stderr!])
      createInterface({ input: stream }).on('line', (line) => this.#take(line));
  }

  /** The process that carries a service now. */
  pidOf(service: ServiceName): number {
    const record = this.records.findLast(({ name }) => name === service);
    if (!record) throw new Error(`${service} has not said anything yet`);
    return record.pid;
  }

  /** The media worker under the sfu that runs now. */
  get workerPid(): number {
    const record = this.records.findLast(({ name, workerPid }) => name === 'sfu' && workerPid !== undefined);
    if (!record) throw new Error('no media worker has started yet');
    return record.workerPid as number;
  }

  /** `kill -9`. The supervisor brings the service back. */
  kill(service: ServiceName): void {
    process.kill(this.pidOf(service), 'SIGKILL');
  }

  /** Whether the three services serve and both media nodes have dialled in. */
  async isWhole(): Promise<boolean> {
    const response = await fetch(`${this.origin}/api/about`);
    const about = (await response.json()) as { mediaNodes: number; recorders: number };
    return about.mediaNodes > 0 && about.recorders > 0;
  }

  /** Errors and worse that the services logged, for a test's failure message. */
  get complaints(): string {
    return [
      ...this.records.filter(({ level }) => level >= 50).map((record) => JSON.stringify(record)),
      ...this.text,
    ].join('\n');
  }

  async close(): Promise<void> {
    if (this.#process.exitCode === null && this.#process.signalCode === null) {
      const ended = new Promise<void>((resolve) => this.#process.once('close', () => resolve()));
      this.#process.kill('SIGTERM');
      await ended;
    }
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  async #untilReady(): Promise<void> {
    const whole = async () => {
      if (this.#process.exitCode !== null) throw new Error('it ended by itself');
      return await this.isWhole();
    };
    await until('the platform is whole', whole, { deadlineMs: START_MS }).catch((error: Error) => {
      const said = this.records.map(({ name, msg }) => `${name}: ${msg}`).join('\n');
      throw new Error(`${error.message}\n${said}\n${this.complaints}`);
    });
  }

  #take(line: string): void {
    try {
      this.records.push(JSON.parse(line) as LogRecord);
    } catch {
      this.text.push(line);
    }
  }
}
