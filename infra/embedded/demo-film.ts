import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { Id } from '#protocol/ids.ts';

/** What signaling says when somebody touches 播放演示课. */
const DemoRequest = z.object({ demo: z.object({ lessonId: Id }) });

/** Longer than a lesson; nobody's demo runs through the night. */
const LONGEST_SECONDS = 45 * 60;

export interface DemoFilmOptions {
  root: string;
  port(): number;
  onLine(line: string): void;
}

/** Plays the generated film into a lesson by running `teach` beside the services; one film a lesson. */
export class DemoFilm {
  readonly #options: DemoFilmOptions;
  readonly #playing = new Map<Id, ChildProcess>();

  constructor(options: DemoFilmOptions) {
    this.#options = options;
  }

  asked(message: unknown): void {
    const request = DemoRequest.safeParse(message);
    if (!request.success) return;
    const { lessonId } = request.data.demo;
    if (this.#playing.has(lessonId)) return;
    const { root, port, onLine } = this.#options;
    const args = [
      '--lesson',
      lessonId,
      '--server',
      `http://127.0.0.1:${port()}`,
      '--duration',
      `${LONGEST_SECONDS}`,
    ];
    const film = spawn(process.execPath, ['infra/teach/main.ts', ...args], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.#playing.set(lessonId, film);
    createInterface({ input: film.stderr! }).on('line', onLine);
    film.once('error', (error) => onLine(error.message));
    film.once('close', () => this.#playing.delete(lessonId));
  }

  stop(): void {
    for (const film of this.#playing.values()) film.kill('SIGINT');
  }
}
