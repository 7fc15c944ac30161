import { createWriteStream } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError } from '#protocol/errors.ts';
import type { Layout } from '#protocol/programme.ts';
import type { Tools } from '../jobs/work.ts';
import { runFfmpeg } from './ffmpeg-run.ts';
import { copiedVideo, type Format, filesOf, isFormat, lengthOf, type Recordings } from './placed.ts';
import type { Piece } from './plan.ts';
import { readMp4 } from './read-mp4.ts';

/* The cut with several pictures at once, or with pictures of several sizes: encoded, in parts. */

export const WIDTH = 1280;
export const HEIGHT = 720;
const FPS = 25;
/** A part is at most this long, so that what has to be on the disk beside the result stays small. */
const PART_MS = 60_000;
/** The small picture of `pip`: a quarter of the width, this far from the corner. */
const SMALL = 1 / 4;
const MARGIN = 24;

/** A part has one format in each of its places: ffmpeg's filters would begin anew at a change. */
export interface ComposedPart extends Piece {
  /** In the order of `trackIds`; null where there is nothing but the black before a feed's first picture. */
  formats: (Format | null)[];
  frames: number;
}

/** Splits pieces at changes of format and into parts; frames are counted on the whole, so that none adds up. */
export function partsOf(
  pieces: readonly Piece[],
  formatsOf: (piece: Piece, trackId: string) => { fromMs: number; toMs: number; format: Format | null }[],
): ComposedPart[] {
  const parts: ComposedPart[] = [];
  let beforeMs = 0;
  for (const piece of pieces) {
    const runs = piece.trackIds.map((trackId) => formatsOf(piece, trackId));
    const cuts = new Set<number>([piece.fromMs, ...runs.flat().map(({ fromMs }) => fromMs)]);
    for (let ms = piece.fromMs + PART_MS; ms < piece.toMs - 1_000; ms += PART_MS) cuts.add(ms);
    const starts = [...cuts].filter((ms) => ms >= piece.fromMs && ms < piece.toMs).toSorted((a, b) => a - b);
    for (const [index, fromMs] of starts.entries()) {
      const toMs = starts[index + 1] ?? piece.toMs;
      const frameAt = (ms: number) => Math.round(((beforeMs + ms - piece.fromMs) * FPS) / 1000);
      const frames = frameAt(toMs) - frameAt(fromMs);
      const formats = runs.map((run) => run.findLast((one) => one.fromMs <= fromMs)?.format ?? null);
      if (frames > 0) parts.push({ ...piece, fromMs, toMs, formats, frames });
    }
    beforeMs += piece.toMs - piece.fromMs;
  }
  return parts;
}

/** Places of `count` pictures on the frame, in order; all numbers even, as H.264's colours want. */
export function placesOn(
  layout: Layout,
  count: number,
): { x: number; y: number; width: number; height: number }[] {
  const even = (value: number) => 2 * Math.round(value / 2);
  const full = { x: 0, y: 0, width: WIDTH, height: HEIGHT };
  if (layout === 'single' || count < 2) return [full];
  if (layout === 'pip') {
    const [width, height] = [even(WIDTH * SMALL), even(HEIGHT * SMALL)];
    return [full, { x: WIDTH - width - MARGIN, y: HEIGHT - height - MARGIN, width, height }];
  }
  const columns = layout === 'side' ? 2 : Math.ceil(Math.sqrt(count));
  const rows = Math.ceil(count / columns);
  const [width, height] = [even(WIDTH / columns - 1), even(HEIGHT / rows - 1)];
  return Array.from({ length: layout === 'side' ? 2 : count }, (_, index) => ({
    x: (index % columns) * width,
    y: Math.floor(index / columns) * height,
    width,
    height,
  }));
}

/** Encodes all parts. @returns a list of them for ffmpeg's concat demuxer */
export async function composeVideo(
  tools: Tools,
  recordings: Recordings,
  pieces: readonly Piece[],
  made: (share: number) => void,
): Promise<string> {
  const parts = partsOf(pieces, (piece, trackId) => formatRuns(tools, recordings, piece, trackId));
  const totalMs = lengthOf(pieces);
  const list: string[] = [];
  let beforeMs = 0;
  for (const [index, part] of parts.entries()) {
    const path = join(tools.folder, `part-${index}.mp4`);
    const start = beforeMs;
    await encodePart(tools, recordings, part, path, (ms) => made((start + ms) / totalMs));
    beforeMs += part.toMs - part.fromMs;
    list.push(`file '${path.replaceAll("'", "'\\''")}'`, `duration ${part.frames / FPS}`);
  }
  const file = join(tools.folder, 'parts.txt');
  await writeFile(file, `ffconcat version 1.0\n${list.join('\n')}\n`);
  return file;
}

function formatRuns({ blobs }: Tools, recordings: Recordings, piece: Piece, trackId: string) {
  const files = filesOf(blobs, recordings, piece.recordingId, trackId);
  const runs: { fromMs: number; toMs: number; format: Format | null }[] = [];
  let known: Format | null = null;
  for (const segment of files.segments(piece.fromMs, piece.toMs)) {
    const { timescale } = files.rung;
    const fromMs = Math.max(piece.fromMs, (segment.start * 1000) / timescale);
    const toMs = ((segment.start + segment.duration) * 1000) / timescale;
    const own = files.format(segment);
    // Black stand-ins of another size: nothing to decode.
    const format: Format | null = segment.filler && !(known && isFormat(known, own)) ? null : own;
    known = format ?? known;
    const last = runs.at(-1);
    const same =
      last && (format === null ? last.format === null : last.format && isFormat(last.format, format));
    if (same) last.toMs = toMs;
    else runs.push({ fromMs, toMs, format });
  }
  return runs;
}

async function encodePart(
  tools: Tools,
  recordings: Recordings,
  part: ComposedPart,
  path: string,
  made: (ms: number) => void,
): Promise<void> {
  const places = placesOn(part.layout, part.trackIds.length);
  const shown = places.map((place, index) => ({ place, index, format: part.formats[index] ?? null }));
  const inputs: string[] = [];
  const filters = [`color=black:s=${WIDTH}x${HEIGHT}:r=${FPS}[base0]`];
  let layer = 0;
  for (const { place, index, format } of shown) {
    if (!format) continue;
    const file = join(tools.folder, `picture-${layer}.mp4`);
    const piece: Piece = { ...part, layout: 'single', trackIds: [part.trackIds[index]!] };
    await pipeline(
      Readable.from(copiedVideo(tools.blobs, recordings, [piece], format)),
      createWriteStream(file),
    );
    inputs.push('-threads', String(tools.threads), '-i', file);
    const { x, y, width, height } = place;
    filters.push(
      `[${layer}:v]fps=${FPS}:start_time=0,scale=${width}:${height}:force_original_aspect_ratio=decrease,` +
        `setsar=1,tpad=stop_mode=clone:stop_duration=${PART_MS / 1000}[p${layer}]`,
      `[base${layer}][p${layer}]overlay=x=${x}+(${width}-w)/2:y=${y}+(${height}-h)/2[base${layer + 1}]`,
    );
    layer += 1;
  }
  const complaint = await runFfmpeg(tools, {
    args: [
      ...inputs,
      ...['-filter_complex_threads', String(tools.threads), '-filter_complex', filters.join(';')],
      ...['-map', `[base${layer}]`, '-frames:v', String(part.frames)],
      ...['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '23', '-bf', '0', '-g', String(2 * FPS)],
      ...['-pix_fmt', 'yuv420p', '-threads', String(tools.threads), '-video_track_timescale', '90000', path],
    ],
    made,
  });
  for (let index = 0; index < layer; index++) await rm(join(tools.folder, `picture-${index}.mp4`));
  const tracks = await readMp4(path);
  const wantedMs = (part.frames * 1000) / FPS;
  if (!tracks?.[0] || Math.abs(tracks[0].durationMs - wantedMs) > 500 / FPS)
    throw new AppError('EXPORT_FAILED', `a part of ${wantedMs} ms came out wrong: ${complaint}`);
}
