import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import type { BlobStore } from '#platform/blob-store/blob-store.ts';
import { findFfmpeg } from '#platform/ffmpeg.ts';
import type { Logger } from '#platform/logger.ts';
import { AAC_FRAME, aacInit, readAdts } from '#platform/mp4/aac.ts';
import { fragment } from '#platform/mp4/fragment.ts';
import { AUDIO_TIMESCALE } from '#platform/mp4/init-segment.ts';
import type { RecordedFeed } from '#platform/recording-index.ts';
import { InitRecord, initName, SegmentRecord, segmentName } from '#protocol/recording-index.ts';
import { runQuietly } from '../intake/ffmpeg-run.ts';
import type { Voice } from './programme-plan.ts';
import type { RecordingFiles } from './recording-files.ts';

const BITRATE = 96_000;
/** About two seconds, as the other segments. */
const FRAMES = 94;
const RUNG = 'a';
const LOOK_AGAIN_MS = 60_000;
const Listing = z.object({ init: InitRecord, segments: z.array(SegmentRecord) });
type Listing = z.infer<typeof Listing>;

interface Parts {
  blobs: BlobStore;
  files: RecordingFiles;
  logger: Logger;
}

/**
 * All voices of a finished recording as one track of AAC, for players that play one sound only or know no Opus. Made
 * once, when somebody first asks for the plain stream, with the lowest claim on the processor; until then that stream
 * has the teacher's voice.
 */
export class SoundMix {
  readonly #parts: Parts;
  readonly #asked = new Set<string>();
  readonly #known = new Map<string, Voice>();
  /** When it was last looked for in vain: every segment of a stream asks. */
  readonly #missedAt = new Map<string, number>();
  readonly #abort = new AbortController();
  #tail: Promise<void> = Promise.resolve();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** The mixed sound of a recording; null while it is not made. */
  async of(recordingId: string): Promise<Voice | null> {
    const known = this.#known.get(recordingId);
    if (known) return known;
    if (Date.now() - (this.#missedAt.get(recordingId) ?? 0) < LOOK_AGAIN_MS) return null;
    const data = await this.#parts.blobs.get(`${folderOf(recordingId)}/index.json`).catch(() => null);
    const listing = data && Listing.safeParse(JSON.parse(data.toString()));
    if (!listing?.success) {
      this.#missedAt.set(recordingId, Date.now());
      return null;
    }
    const { init, segments } = listing.data;
    const inits = new Map([[init.init, init]]);
    const rung = { rungId: RUNG, timescale: AUDIO_TIMESCALE, inits, segments };
    const voice = { recordingId, folder: folderOf(recordingId), rung };
    this.#known.set(recordingId, voice);
    return voice;
  }

  /** Makes it in the background, once. */
  ask(recordingId: string): void {
    if (this.#asked.has(recordingId) || this.#abort.signal.aborted) return;
    this.#asked.add(recordingId);
    this.#tail = this.#tail
      .then(() => this.#make(recordingId))
      .catch((error: unknown) => {
        this.#asked.delete(recordingId);
        if (!this.#abort.signal.aborted)
          this.#parts.logger.warn({ err: error, recordingId }, 'the voices were not mixed');
      });
  }

  /** After the recording was removed. */
  forget(recordingId: string): void {
    this.#known.delete(recordingId);
    this.#asked.delete(recordingId);
  }

  async close(): Promise<void> {
    this.#abort.abort();
    await this.#tail;
  }

  async #make(recordingId: string): Promise<void> {
    const bin = findFfmpeg();
    if (!bin || (await this.of(recordingId))) return;
    const { feeds } = await this.#parts.files.contents(recordingId);
    const voices = [...feeds.values()].filter(
      ({ track, rungs }) => track.kind === 'audio' && (rungs[0]?.segments.length ?? 0) > 0,
    );
    if (voices.length === 0) return;
    const place = await mkdtemp(join(tmpdir(), 'mix-'));
    try {
      const inputs: string[] = [];
      for (const [index, voice] of voices.entries()) {
        const file = join(place, `${index}.mp4`);
        await pipeline(Readable.from(this.#pieces(recordingId, voice)), createWriteStream(file));
        inputs.push('-f', 'mp4', '-i', file);
      }
      const mixed = join(place, 'mixed.aac');
      const complaint = await runQuietly(
        bin,
        [
          ...['-threads', '1', ...inputs, '-filter_complex'],
          `amix=inputs=${voices.length}:normalize=0,alimiter=limit=0.95,aresample=48000`,
          ...['-c:a', 'aac', '-b:a', String(BITRATE), '-ac', '2', '-threads', '1', '-f', 'adts', mixed],
        ],
        { signal: this.#abort.signal },
      );
      await this.#keep(recordingId, readAdts(await readFile(mixed)), voices[0]!, complaint);
    } finally {
      await rm(place, { recursive: true, force: true });
    }
  }

  async *#pieces(recordingId: string, { track, rungs }: RecordedFeed): AsyncGenerator<Buffer> {
    const { rungId, segments } = rungs[0]!;
    const folder = `recordings/${recordingId}/${track.trackId}/${rungId}`;
    yield await this.#parts.blobs.get(`${folder}/${initName(segments[0]!.init)}`);
    for (const segment of segments) yield await this.#parts.blobs.get(`${folder}/${segmentName(segment)}`);
  }

  async #keep(recordingId: string, padded: Buffer[], like: RecordedFeed, complaint: string): Promise<void> {
    // The encoder begins with one frame of silence of its own.
    const frames = padded.slice(1);
    const last = like.rungs[0]!.segments.at(-1)!;
    const missing = last.start + last.duration - frames.length * AAC_FRAME;
    // Its exit code tells little: what it made has to be looked at.
    if (Math.abs(missing) > AUDIO_TIMESCALE / 5)
      throw new Error(`${missing} ticks of sound are missing: ${complaint}`);
    const { blobs } = this.#parts;
    const folder = `${folderOf(recordingId)}/${RUNG}`;
    const file = { trackId: like.track.trackId, rungId: RUNG, sha256: '' };
    const header = aacInit(BITRATE);
    await blobs.put(`${folder}/${initName(0)}`, header);
    const segments: SegmentRecord[] = [];
    for (let at = 0; at < frames.length; at += FRAMES) {
      const samples = frames
        .slice(at, at + FRAMES)
        .map((data) => ({ data, duration: AAC_FRAME, sync: true }));
      const [number, start] = [segments.length, at * AAC_FRAME];
      const data = Buffer.concat(fragment(number, start, samples));
      const segment: SegmentRecord = {
        type: 'segment',
        ...file,
        bytes: data.length,
        number,
        salt: randomBytes(8).toString('base64url'),
        init: 0,
        start,
        duration: samples.length * AAC_FRAME,
        wallMs: Date.now(),
        key: true,
      };
      await blobs.put(`${folder}/${segmentName(segment)}`, data);
      segments.push(segment);
    }
    const init: InitRecord = {
      type: 'init',
      ...file,
      bytes: header.length,
      init: 0,
      codec: 'mp4a.40.2',
      width: 0,
      height: 0,
    };
    const listing: Listing = { init, segments };
    await blobs.put(`${folderOf(recordingId)}/index.json`, JSON.stringify(listing), { durable: true });
    this.#missedAt.delete(recordingId);
  }
}

const folderOf = (recordingId: string): string => `recordings/${recordingId}/mix`;
