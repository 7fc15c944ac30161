import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { killGroup, ownGroup } from './process-group.ts';

/** Signaling asks for the demo film when somebody presses its button. */
export const DemoRequest = z.object({
  demo: z.object({ lessonId: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/) }),
});

export interface DemoPlayerOptions {
  /** What `npm run teach` runs, relative to `cwd`. */
  file: string;
  cwd: string;
  env: NodeJS.ProcessEnv;
  onLine(line: string): void;
}

/** Plays the demo film into lessons, as `npm run teach -- --lesson ID` does: once at a time in each. */
export class DemoPlayer {
  readonly #options: DemoPlayerOptions;
  readonly #playing = new Map<string, ChildProcess>();

  constructor(options: DemoPlayerOptions) {
    this.#options = options;
  }

  play(lessonId: string): void {
    if (this.#playing.has(lessonId)) return;
    const { file, cwd, env, onLine } = this.#options;
    const child = spawn(process.execPath, [file, '--lesson', lessonId], {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      detached: ownGroup,
    });
    this.#playing.set(lessonId, child);
    for (const stream of [child.stdout!, child.stderr!])
      createInterface({ input: stream }).on('line', (line) => onLine(line));
    child.once('error', (error) => onLine(error.message));
    child.once('exit', () => killGroup(child));
    child.once('close', () => this.#playing.delete(lessonId));
  }

  /** Ends every film. */
  stop(): void {
    for (const child of this.#playing.values()) killGroup(child);
  }
}
