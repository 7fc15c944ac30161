import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { AppError } from '#protocol/errors.ts';
import type { JobResult } from './job-repository.ts';
import { type Assignment, FromWorker, type ToWorker } from './work.ts';

const MAIN = fileURLToPath(new URL('./worker-main.ts', import.meta.url));

/** What it may take to end by itself. */
const INSIST_MS = 3_000;

/** It ended without a word: killed, or out of memory. */
export class ProcessDiedError extends Error {
  override readonly name = 'ProcessDiedError';
}

/** The process that does one job's heavy part (`worker-main.ts`), seen from signaling. */
export class JobProcess {
  /** Rejects with the AppError that the work ended with, or a ProcessDiedError. */
  readonly done: Promise<JobResult>;
  /** Share of the work that is done. */
  progress = 0;
  readonly #child: ChildProcess;

  static start(assignment: Assignment): JobProcess {
    const child = fork(MAIN, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], execArgv: [] });
    return new JobProcess(child, assignment);
  }

  private constructor(child: ChildProcess, assignment: Assignment) {
    this.#child = child;
    this.done = this.#wait();
    this.#say({ begin: assignment });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Stands still, or goes on. */
  wait(wait: boolean): void {
    this.#say({ wait });
  }

  /** Ends it and what it has started. Idempotent. */
  kill(): void {
    this.#child.kill('SIGTERM');
    setTimeout(() => this.#child.kill('SIGKILL'), INSIST_MS).unref();
  }

  #say(message: ToWorker): void {
    // A child that died meanwhile is told of by its exit.
    if (this.#child.connected) this.#child.send(message, () => {});
  }

  #wait(): Promise<JobResult> {
    return new Promise((resolve, reject) => {
      const child = this.#child;
      child.on('message', (raw) => {
        const message = FromWorker.parse(raw);
        if ('progress' in message) this.progress = message.progress;
        else if ('result' in message) resolve(message.result);
        else reject(new AppError(message.error, message.message));
      });
      child.once('error', reject);
      child.once('exit', (code, signal) =>
        reject(new ProcessDiedError(`the work's process ended with ${signal ?? code}`)),
      );
    });
  }
}
