/**
 * Long work, one after the other, lowest claim on the machine. What is to be done is written in rows and is taken
 * up from there by the next process; this only holds the order of this one.
 */
export class WorkQueue {
  readonly #run: (id: string, signal: AbortSignal) => Promise<void>;
  readonly #waiting: string[] = [];
  #running: { id: string; abort: AbortController; done: Promise<void> } | null = null;
  #closed = false;

  /** `run` does not throw. */
  constructor(run: (id: string, signal: AbortSignal) => Promise<void>) {
    this.#run = run;
  }

  add(id: string): void {
    if (this.#closed || this.#running?.id === id || this.#waiting.includes(id)) return;
    this.#waiting.push(id);
    this.#next();
  }

  /** Settles when nothing of it runs any more. */
  async cancel(id: string): Promise<void> {
    const at = this.#waiting.indexOf(id);
    if (at >= 0) this.#waiting.splice(at, 1);
    if (this.#running?.id !== id) return;
    this.#running.abort.abort();
    await this.#running.done;
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#waiting.length = 0;
    this.#running?.abort.abort();
    await this.#running?.done;
  }

  #next(): void {
    const id = this.#running ? undefined : this.#waiting.shift();
    if (id === undefined) return;
    const abort = new AbortController();
    const done = this.#run(id, abort.signal).finally(() => {
      this.#running = null;
      this.#next();
    });
    this.#running = { id, abort, done };
  }
}
