import type { BlobStore } from '#platform/blob-store/blob-store.ts';
import { contentsOf, type RecordingContents, readIndex } from '#platform/recording-index.ts';

/** Indexes of as many finished recordings are kept; one of 45 minutes takes about 3 MB. */
const KEPT = 24;

/** What recordings are made of, by their indexes; of finished ones read once. */
export class RecordingFiles {
  readonly #blobs: BlobStore;
  readonly #known = new Map<string, Promise<RecordingContents>>();

  constructor(blobs: BlobStore) {
    this.#blobs = blobs;
  }

  /** @throws AppError NOT_FOUND when there is no such recording in the store. */
  async contents(recordingId: string): Promise<RecordingContents> {
    const known = this.#known.get(recordingId);
    if (known) return await known;
    const reading = this.#read(recordingId);
    this.#known.set(recordingId, reading);
    try {
      const contents = await reading;
      if (contents.durationMs === null) this.#known.delete(recordingId);
      return contents;
    } catch (error) {
      this.#known.delete(recordingId);
      throw error;
    } finally {
      const oldest = this.#known.keys().next().value;
      if (this.#known.size > KEPT && oldest) this.#known.delete(oldest);
    }
  }

  /** After a recording was changed or removed. */
  forget(recordingId: string): void {
    this.#known.delete(recordingId);
  }

  async #read(recordingId: string): Promise<RecordingContents> {
    const data = await this.#blobs.get(`recordings/${recordingId}/index.ndjson`);
    return contentsOf(readIndex(data).records);
  }
}
