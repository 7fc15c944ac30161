import { appendFileSync, closeSync, existsSync, fsyncSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Draft } from './chain.ts';

/**
 * Lines that could not be written yet. In a file of the data folder, so that they outlive the process; without a
 * folder in memory alone.
 */
export class Waiting {
  readonly #file: string | null;
  #drafts: Draft[] = [];

  constructor(folder: string | null) {
    this.#file = folder && join(folder, 'audit-waiting.jsonl');
    if (this.#file && existsSync(this.#file)) this.#drafts = readLines(this.#file);
  }

  get drafts(): readonly Draft[] {
    return this.#drafts;
  }

  /** Kept on the disk when this returns; in memory alone when it throws: on a full disk neither can be written. */
  keep(draft: Draft): void {
    this.#drafts.push(draft);
    if (!this.#file) return;
    const file = openSync(this.#file, 'a', 0o600);
    try {
      appendFileSync(file, `${JSON.stringify(draft)}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  }

  /** These have been written. */
  done(drafts: readonly Draft[]): void {
    this.#drafts = this.#drafts.filter((draft) => !drafts.includes(draft));
    // What was kept in the meantime stays in the file twice at most until the next time; a row is written once.
    if (this.#file && this.#drafts.length === 0) rmSync(this.#file, { force: true });
  }
}

/** A process that was killed may have left half a last line. */
function readLines(file: string): Draft[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .flatMap((line) => {
      try {
        const draft = JSON.parse(line) as Draft;
        return [{ ...draft, at: new Date(draft.at) }];
      } catch {
        return [];
      }
    });
}
