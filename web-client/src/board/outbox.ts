import type { Mark } from '#protocol/board-page.ts';
import { ClientError } from '../lesson/client-error.ts';
import type { ClientErrorCode } from '../lesson/session.ts';

const MAX_MARKS = 50;

interface Letter {
  readonly pageId: string;
  readonly mark: Mark;
}

export interface OutboxParts {
  send(pageId: string, marks: Mark[]): Promise<void>;
  refused(code: ClientErrorCode): void;
  changed(): void;
}

/**
 * Marks on their way to the timeline, in the order in which they were made. One request at a time; what piles up
 * meanwhile, or while the line is down, goes together in the next. Until then the page shows them from here.
 */
export class Outbox {
  readonly #parts: OutboxParts;
  #letters: Letter[] = [];
  #sending = false;

  constructor(parts: OutboxParts) {
    this.#parts = parts;
  }

  put(pageId: string, mark: Mark): void {
    this.#letters.push({ pageId, mark });
    this.#parts.changed();
    void this.wake();
  }

  on(pageId: string): Mark[] {
    return this.#letters.filter((letter) => letter.pageId === pageId).map(({ mark }) => mark);
  }

  get empty(): boolean {
    return this.#letters.length === 0;
  }

  /** Sends what waits; called again when the line is back. */
  async wake(): Promise<void> {
    if (this.#sending) return;
    this.#sending = true;
    try {
      while (this.#letters.length > 0) await this.#sendSome();
    } catch {
      // The line is down: the letters wait.
    } finally {
      this.#sending = false;
    }
  }

  async #sendSome(): Promise<void> {
    const { pageId } = this.#letters[0]!;
    const other = this.#letters.findIndex((letter) => letter.pageId !== pageId);
    const together = this.#letters.slice(0, Math.min(MAX_MARKS, other < 0 ? this.#letters.length : other));
    try {
      await this.#parts.send(
        pageId,
        together.map(({ mark }) => mark),
      );
    } catch (thrown) {
      const error = ClientError.from(thrown);
      if (error.code === 'NETWORK') throw error;
      this.#parts.refused(error.code);
    }
    this.#letters = this.#letters.slice(together.length);
    this.#parts.changed();
  }
}
