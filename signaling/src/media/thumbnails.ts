import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { BlobStore } from '#platform/blob-store/blob-store.ts';
import { Ffmpeg, findFfmpeg } from '#platform/ffmpeg.ts';
import type { Logger } from '#platform/logger.ts';
import { firstSyncSample, fragment } from '#platform/mp4/fragment.ts';
import type { RecordedRung } from '#platform/recording-index.ts';
import type { SignedAddresses } from '#platform/signed-address.ts';
import { initName, type SegmentRecord, segmentName } from '#protocol/recording-index.ts';
import type { ReplayTrack, Span, Thumbnails as Told } from '#protocol/rest.ts';
import type { RecordingFiles } from './recording-files.ts';

const EVERY_MS = 10_000;
const WIDTH = 320;
const QUALITY = '6';
const FOLDER = 'thumbs';

const Listing = z.object({
  everyMs: z.number(),
  width: z.number(),
  height: z.number(),
  /** One name for each step; null where the feed had no picture. Unguessable, as the segments' are. */
  names: z.array(z.string().nullable()),
});
type Listing = z.infer<typeof Listing>;

interface Parts {
  blobs: BlobStore;
  files: RecordingFiles;
  addresses: SignedAddresses;
  logger: Logger;
}

/**
 * Small pictures along a recording, made once after the bell from the key frames of its smallest layer, one recording at
 * a time and at the lowest priority: a replay is there without them.
 */
export class Thumbnails {
  readonly #parts: Parts;
  readonly #asked = new Set<string>();
  /** Listings that are made; they never change. */
  readonly #listings = new Map<string, Listing>();
  #tail: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** The pictures of a replay: of its leading track, and only where it is shown. Asks for them when there are none. */
  async of(
    recordingId: string,
    tracks: readonly ReplayTrack[],
    kept: readonly Span[] | null,
    ttl: number,
  ): Promise<Told | null> {
    const faces = tracks.filter(({ kind, spans }) => kind === 'video' && spans.length > 0);
    const leader = faces.find(({ role }) => role === 'teacher' || role === 'studio') ?? faces[0];
    if (!leader) return null;
    const folder = `recordings/${recordingId}/${leader.trackId}/${FOLDER}`;
    const listing = this.#listings.get(folder) ?? (await this.#read(folder));
    if (!listing) {
      this.ask(recordingId, leader.trackId);
      return null;
    }
    const { everyMs, width, height, names } = listing;
    const isKept = (ms: number) => !kept || kept.some(({ fromMs, toMs }) => ms >= fromMs && ms < toMs);
    return {
      everyMs,
      width,
      height,
      base: `${this.#parts.addresses.folder(['tracks', recordingId, leader.trackId], ttl)}${FOLDER}/`,
      names: names.map((name, index) => (isKept(index * everyMs) ? name : null)),
    };
  }

  /** Makes a track's pictures in the background, once. */
  ask(recordingId: string, trackId: string): void {
    const key = `${recordingId}/${trackId}`;
    if (this.#asked.has(key) || this.#closed) return;
    this.#asked.add(key);
    this.#tail = this.#tail
      .then(() => this.#make(recordingId, trackId))
      .catch((error: unknown) => {
        this.#parts.logger.warn({ err: error, recordingId }, 'no thumbnails');
      });
  }

  /** Resolves when all that was asked for so far is made. */
  async settled(): Promise<void> {
    await this.#tail;
  }

  /** After the recording was removed. */
  forget(recordingId: string): void {
    for (const folder of this.#listings.keys())
      if (folder.startsWith(`recordings/${recordingId}/`)) this.#listings.delete(folder);
  }

  close(): void {
    this.#closed = true;
  }

  async #read(folder: string): Promise<Listing | null> {
    const data = await this.#parts.blobs.get(`${folder}/index.json`).catch(() => null);
    const listing = data && Listing.safeParse(JSON.parse(data.toString()));
    if (!listing?.success) return null;
    if (this.#listings.size > 200) this.#listings.clear();
    this.#listings.set(folder, listing.data);
    return listing.data;
  }

  async #make(recordingId: string, trackId: string): Promise<void> {
    const bin = findFfmpeg();
    const { files, blobs } = this.#parts;
    const feed = (await files.contents(recordingId)).feeds.get(trackId);
    const rung = feed?.rungs.find(({ segments }) => segments.some(({ filler }) => !filler));
    if (!bin || !rung || this.#closed) return;
    const base = `recordings/${recordingId}/${trackId}`;
    const steps = stepsOf(rung);
    const pictures = await this.#pictures(bin, `${base}/${rung.rungId}`, rung, steps);
    const { width, height } = rung.inits.get(steps.find((step) => step !== null)!.init)!;
    const names: (string | null)[] = [];
    for (const [index, step] of steps.entries()) {
      const picture = step && pictures.shift();
      const name = `${String(index).padStart(5, '0')}-${randomBytes(8).toString('base64url')}.jpg`;
      if (picture) await blobs.put(`${base}/${FOLDER}/${name}`, picture);
      names.push(picture ? name : null);
    }
    const listing: Listing = {
      everyMs: EVERY_MS,
      width: WIDTH,
      height: Math.round((WIDTH * height) / width / 2) * 2,
      names,
    };
    await blobs.put(`${base}/${FOLDER}/index.json`, JSON.stringify(listing), { durable: true });
  }

  /** One key frame of each step, decoded in one run of ffmpeg. */
  async #pictures(
    bin: string,
    folder: string,
    rung: RecordedRung,
    steps: readonly (SegmentRecord | null)[],
  ): Promise<Buffer[]> {
    const { blobs } = this.#parts;
    const shown = steps.filter((step) => step !== null);
    const place = await mkdtemp(join(tmpdir(), 'thumbs-'));
    try {
      const pieces = [await blobs.get(`${folder}/${initName(shown[0]!.init)}`)];
      for (const [index, step] of shown.entries()) {
        const still = firstSyncSample(await blobs.get(`${folder}/${segmentName(step)}`));
        if (!still) throw new Error(`segment ${step.number} does not begin with a picture`);
        const sample = { data: still, duration: rung.timescale, sync: true };
        pieces.push(...fragment(index, index * rung.timescale, [sample]));
      }
      const film = join(place, 'stills.mp4');
      await writeFile(film, Buffer.concat(pieces));
      const { complaint } = await Ffmpeg.start(bin, [
        ...['-threads', '1', '-f', 'mp4', '-i', film, '-fps_mode', 'passthrough'],
        ...['-vf', `scale=${WIDTH}:-2`, '-q:v', QUALITY, join(place, '%06d.jpg')],
      ]).done;
      const made = (await readdir(place)).filter((name) => name.endsWith('.jpg')).toSorted();
      if (made.length !== shown.length)
        throw new Error(`${made.length} pictures of ${shown.length} moments: ${complaint}`);
      return await Promise.all(made.map((name) => readFile(join(place, name))));
    } finally {
      await rm(place, { recursive: true, force: true });
    }
  }
}

/** The segment whose first picture stands for each step; null where the feed had none. */
function stepsOf(rung: RecordedRung): (SegmentRecord | null)[] {
  const last = rung.segments.at(-1)!;
  const endMs = ((last.start + last.duration) * 1_000) / rung.timescale;
  const usable = rung.segments.filter(({ filler, key }) => !filler && key);
  return Array.from({ length: Math.ceil(endMs / EVERY_MS) }, (_, index) => {
    const from = (index * EVERY_MS * rung.timescale) / 1_000;
    const until = ((index + 1) * EVERY_MS * rung.timescale) / 1_000;
    return usable.find(({ start }) => start >= from && start < until) ?? null;
  });
}
