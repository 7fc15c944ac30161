import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Audit } from './audit.ts';
import type { Link } from './chain.ts';

/** A place of the chain as it once was, kept outside of the database. */
export const Anchor = z.object({ at: z.iso.datetime(), seq: z.number().int().positive(), hash: z.string() });
export type Anchor = z.infer<typeof Anchor>;

const EVERY_MS = 60_000;
/** Beyond this many the file keeps one a day of the older ones. */
const MOST = 3_000;
const RECENT = 1_000;

/**
 * The file in the data folder from which `verify` knows what the newest rows were: without it a log whose tail was
 * cut off, or that was written anew from some row on, is a whole log.
 */
export class AnchorFile {
  readonly #file: string;

  constructor(dataDir: string) {
    this.#file = join(dataDir, 'audit-anchors.jsonl');
  }

  /** In order of time. Half a last line, of a process that was killed, is left out. */
  read(): Anchor[] {
    if (!existsSync(this.#file)) return [];
    return readFileSync(this.#file, 'utf8')
      .split('\n')
      .flatMap((line) => {
        try {
          return [Anchor.parse(JSON.parse(line))];
        } catch {
          return [];
        }
      });
  }

  add({ seq, hash }: Link): void {
    const anchors = this.read();
    if (anchors.at(-1)?.seq === seq) return;
    const anchor: Anchor = { at: new Date().toISOString(), seq, hash };
    if (anchors.length < MOST) {
      this.#write('a', [anchor], this.#file);
      return;
    }
    const draft = `${this.#file}.new`;
    this.#write('w', [...thinned(anchors), anchor], draft);
    renameSync(draft, this.#file);
  }

  /** Puts the file aside when the database is another one from now on. */
  putAside(): void {
    if (existsSync(this.#file)) renameSync(this.#file, `${this.#file}.${Date.now()}`);
  }

  #write(flags: 'a' | 'w', anchors: readonly Anchor[], path: string): void {
    const file = openSync(path, flags, 0o600);
    try {
      // A line of its own, also after half a line.
      writeSync(file, anchors.map((anchor) => `\n${JSON.stringify(anchor)}`).join(''));
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  }
}

function thinned(anchors: readonly Anchor[]): Anchor[] {
  const days = new Map(anchors.map((anchor) => [anchor.at.slice(0, 10), anchor]));
  return [...new Set([...days.values(), ...anchors.slice(-RECENT)])].sort((a, b) => a.seq - b.seq);
}

/** Keeps the newest row's place every minute while rows are written, and once more at the end. */
export function keepAnchors(audit: Audit, file: AnchorFile): { close(): void } {
  const keep = () => {
    if (audit.newest) file.add(audit.newest);
  };
  const timer = setInterval(keep, EVERY_MS).unref();
  return {
    close() {
      clearInterval(timer);
      keep();
    },
  };
}
