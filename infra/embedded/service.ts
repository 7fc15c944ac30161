import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { z } from 'zod';
import { Backoff } from './backoff.ts';
import { killGroup, ownGroup } from './process-group.ts';

/** What a service says once it works (platform/parent.ts, `tellReady`). */
export const Ready = z.object({
  ready: z.literal(true),
  httpPort: z.number().int().optional(),
  httpsPort: z.number().int().optional(),
  /** Path of the one link that makes the first administrator, while there is none. */
  firstStart: z.string().optional(),
});
export type Ready = z.infer<typeof Ready>;

export interface ServiceSpec {
  name: string;
  /** Program that Node runs, absolute or relative to `cwd`. */
  file: string;
}

export interface ServiceOptions {
  env: NodeJS.ProcessEnv;
  cwd: string;
  /** Anything else that the service sends over its channel, not yet validated. */
  onMessage(name: string, message: unknown): void;
  /** One line of the service's output, without its newline. */
  onLine(name: string, line: string): void;
  /** The service died; it starts again after `waitMs`. */
  onDeath(name: string, how: string, waitMs: number): void;
  /** It died this often without ever having been ready: starting again will not help. */
  onHopeless(name: string): void;
}

const HOPELESS_STARTS = 4;

/** One supervised process: started, restarted when it dies, ended in good order. */
export class Service {
  readonly name: string;
  /** The first time it said that it works. */
  readonly ready: Promise<Ready>;
  readonly #spec: ServiceSpec;
  readonly #options: ServiceOptions;
  readonly #backoff = new Backoff();
  #wasReady = false;
  #stopping = false;
  #child: ChildProcess | undefined;
  #restart: NodeJS.Timeout | undefined;
  #tellReady!: (ready: Ready) => void;

  static start(spec: ServiceSpec, options: ServiceOptions): Service {
    const service = new Service(spec, options);
    service.#spawn();
    return service;
  }

  private constructor(spec: ServiceSpec, options: ServiceOptions) {
    this.name = spec.name;
    this.#spec = spec;
    this.#options = options;
    this.ready = new Promise((resolve) => {
      this.#tellReady = resolve;
    });
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Asks it to end and waits; what is left of it after `deadlineMs` is killed. Idempotent. */
  async stop(deadlineMs: number): Promise<void> {
    this.#stopping = true;
    clearTimeout(this.#restart);
    const child = this.#child;
    if (!child) return;
    const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
    child.kill('SIGTERM');
    const deadline = setTimeout(() => killGroup(child), deadlineMs);
    await ended;
    clearTimeout(deadline);
  }

  #spawn(): void {
    const startedAt = Date.now();
    const child = spawn(process.execPath, [this.#spec.file], {
      cwd: this.#options.cwd,
      env: this.#options.env,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      // A Ctrl-C in the terminal must reach the supervisor only, which knows the order in which to end.
      detached: ownGroup,
    });
    this.#child = child;
    this.#forward(child.stdout!);
    this.#forward(child.stderr!);
    child.on('message', (message) => {
      const ready = Ready.safeParse(message);
      if (!ready.success) return this.#options.onMessage(this.name, message);
      this.#wasReady = true;
      this.#tellReady(ready.data);
    });
    child.once('error', (error) => this.#options.onLine(this.name, error.message));
    // Before "close", which waits for pipes that a left-over grandchild may hold open.
    child.once('exit', () => killGroup(child));
    child.once('close', (code, signal) => {
      this.#child = undefined;
      if (!this.#stopping) this.#died(signal ?? `code ${code}`, Date.now() - startedAt);
    });
  }

  #died(how: string, livedMs: number): void {
    const waitMs = this.#backoff.next(livedMs);
    if (!this.#wasReady && this.#backoff.failures >= HOPELESS_STARTS) {
      this.#options.onHopeless(this.name);
      return;
    }
    this.#options.onDeath(this.name, how, waitMs);
    this.#restart = setTimeout(() => this.#spawn(), waitMs);
  }

  #forward(stream: Readable): void {
    createInterface({ input: stream }).on('line', (line) => this.#options.onLine(this.name, line));
  }
}
