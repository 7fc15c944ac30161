import type { BlobStore } from '#platform/blob-store/blob-store.ts';

/** Asked for again within this time, a segment is kept. */
const AGAIN_MS = 10_000;
const MOST_SEEN = 4_000;

/** What is asked for more than once: a class that watches one replay asks for the same few segments. */
export class SegmentCache {
  readonly #blobs: BlobStore;
  readonly #mostBytes: number;
  readonly #known = new Map<string, Buffer>();
  readonly #reading = new Map<string, Promise<Buffer>>();
  /** When segments that are not kept were asked for. Keeping what nobody asks for again costs more than reading it. */
  readonly #seenAt = new Map<string, number>();
  #bytes = 0;

  constructor(blobs: BlobStore, mostBytes: number) {
    this.#blobs = blobs;
    this.#mostBytes = mostBytes;
  }

  /** A blob that never changes. At once when it is known. @throws AppError NOT_FOUND */
  get(key: string): Buffer | Promise<Buffer> {
    const known = this.#known.get(key);
    if (known) {
      this.#known.delete(key);
      this.#known.set(key, known);
      return known;
    }
    const reading = this.#reading.get(key) ?? this.#read(key);
    this.#reading.set(key, reading);
    return reading;
  }

  /** After a deletion: what is gone is not served from here either. */
  clear(): void {
    this.#known.clear();
    this.#bytes = 0;
  }

  async #read(key: string): Promise<Buffer> {
    try {
      const data = await this.#blobs.get(key);
      if (this.#isWanted(key) && data.length <= this.#mostBytes / 8) this.#keep(key, data);
      return data;
    } finally {
      this.#reading.delete(key);
    }
  }

  #isWanted(key: string): boolean {
    const now = Date.now();
    const seenAt = this.#seenAt.get(key) ?? 0;
    if (this.#seenAt.size > MOST_SEEN) this.#seenAt.clear();
    this.#seenAt.set(key, now);
    return now - seenAt < AGAIN_MS;
  }

  #keep(key: string, data: Buffer): void {
    this.#known.set(key, data);
    this.#bytes += data.length;
    for (const [oldest, { length }] of this.#known) {
      if (this.#bytes <= this.#mostBytes) return;
      this.#known.delete(oldest);
      this.#bytes -= length;
    }
  }
}
