import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { RecorderCommand, RecorderEvent } from '#protocol/recorder-node.ts';
import type { CommandTarget } from './lesson.ts';

interface Answer {
  id: number;
  data?: unknown;
  error?: string;
  events: RecorderEvent[];
}

/** A recorder in another process. */
export class ChildRecorder implements CommandTarget {
  readonly #child: ChildProcess;
  #next = 0;
  /** What it had told by its last answer. */
  events: RecorderEvent[] = [];

  static async start(folder: string): Promise<ChildRecorder> {
    const script = fileURLToPath(new URL('./recorder-child.ts', import.meta.url));
    const child = fork(script, [folder], { execArgv: [] });
    await once(child, 'message');
    return new ChildRecorder(child);
  }

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  async handle(command: RecorderCommand): Promise<unknown> {
    const id = this.#next++;
    this.#child.send({ id, command });
    for (;;) {
      const [answer] = (await once(this.#child, 'message')) as [Answer];
      if (answer.id !== id) continue;
      this.events = answer.events;
      if (answer.error) throw new Error(answer.error);
      return answer.data;
    }
  }

  async kill(): Promise<void> {
    const gone = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await gone;
  }
}
