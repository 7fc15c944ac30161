import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { UNTRUSTED_FILM } from '#platform/ffmpeg.ts';
import { AppError } from '#protocol/errors.ts';
import { runQuietly } from './ffmpeg-run.ts';
import type { FilmPlan } from './film-plan.ts';

export interface HlsPart {
  name: string;
  bytes: number;
  sha256: string;
  /** Of a segment; null for the head and the playlists. */
  seconds: number | null;
}

export interface HlsFilm {
  folder: string;
  /** In the order in which they are to be put away: playlists last. */
  parts: HlsPart[];
  durationMs: number;
}

export const MASTER = 'master.m3u8';
const LIST = 'index.m3u8';
const HEAD = 'init-0.mp4';
/** Wanted length of a segment, and the longest that a copied film may have before it is encoded after all. */
const SEGMENT_S = 4;
const LONGEST_S = 12;
/** How far the made film may be from the one that came. */
const SLACK_MS = 2_000;

interface Making {
  ffmpeg: string;
  path: string;
  /** Has to be there and empty. */
  folder: string;
  durationMs: number;
  signal?: AbortSignal;
  onProgress?(part: number): void;
}

/**
 * Makes a film into segments that pages and televisions play. What was made is looked at, whatever ffmpeg says:
 * on a full disk it says nothing.
 * @throws AppError CONVERSION_FAILED, STORAGE_FULL; `null` when a copied film cannot be cut well and must be encoded.
 */
export async function makeHls(plan: FilmPlan, making: Making): Promise<HlsFilm | null> {
  const { ffmpeg, path, folder, durationMs, signal, onProgress } = making;
  await mkdir(folder, { recursive: true });
  const complaint = await runQuietly(
    ffmpeg,
    [
      ...[...UNTRUSTED_FILM, '-i', path],
      ...streamArgs(plan),
      // Comments and places that a camera noted are nobody's business; subtitles and data are not played.
      ...['-sn', '-dn', '-map_metadata', '-1', '-map_chapters', '-1', '-max_muxing_queue_size', '4096'],
      ...['-f', 'hls', '-hls_time', String(SEGMENT_S), '-hls_playlist_type', 'vod', '-hls_list_size', '0'],
      ...['-hls_segment_type', 'fmp4', '-hls_fmp4_init_filename', HEAD],
      ...['-hls_segment_filename', join(folder, '%06d.m4s'), join(folder, LIST)],
    ],
    { signal, onProgress: (ms) => onProgress?.(Math.min(1, ms / durationMs)) },
  );
  const made = await lookAt(folder);
  const short = made ? durationMs - made.durationMs : durationMs;
  const sound = made && short <= SLACK_MS + durationMs * 0.02;
  if (sound && (plan.video !== 'copy' || made.longest <= LONGEST_S))
    return { folder, ...(await seal(folder, made)) };
  await rm(folder, { recursive: true, force: true });
  if (/No space left|quota/i.test(complaint))
    throw new AppError('STORAGE_FULL', 'no space left for the film');
  if (plan.video === 'copy' || plan.audio === 'copy') return null;
  throw new AppError('CONVERSION_FAILED', complaint.split('\n').at(-1) || 'the film could not be made');
}

function streamArgs({ video, audio, width, height }: FilmPlan): string[] {
  const args: string[] = [];
  if (video === 'copy') args.push('-map', '0:V:0', '-c:v', 'copy');
  if (video === 'encode')
    args.push(
      ...['-map', '0:V:0', '-vf', `yadif=deint=interlaced,scale=${width}:${height},setsar=1`],
      ...['-fps_mode', 'vfr', '-c:v', 'libx264', '-preset', 'veryfast', '-threads', '1', '-crf', '23'],
      ...['-maxrate', '4M', '-bufsize', '8M', '-pix_fmt', 'yuv420p', '-profile:v', 'high'],
      ...['-force_key_frames', `expr:gte(t,n_forced*${SEGMENT_S})`],
    );
  if (audio !== 'none') args.push('-map', '0:a:0', '-c:a', audio === 'copy' ? 'copy' : 'aac');
  if (audio === 'encode') args.push('-b:a', '128k', '-ac', '2', '-ar', '48000');
  return args;
}

interface Made {
  text: string;
  segments: { name: string; seconds: number }[];
  durationMs: number;
  longest: number;
}

/** Null when the playlist is not whole or names what is not there. */
async function lookAt(folder: string): Promise<Made | null> {
  const text = await readFile(join(folder, LIST), 'utf8').catch(() => '');
  if (!text.startsWith('#EXTM3U') || !text.trimEnd().endsWith('#EXT-X-ENDLIST')) return null;
  const segments = [...text.matchAll(/#EXTINF:([\d.]+),\s*\n(\d{6}\.m4s)/g)].map(([, seconds, name]) => ({
    name: name!,
    seconds: Number(seconds),
  }));
  const there = new Set(await readdir(folder));
  if (segments.length === 0 || !there.has(HEAD)) return null;
  for (const { name } of segments)
    if (!there.has(name) || (await stat(join(folder, name))).size === 0) return null;
  const all = segments.map(({ seconds }) => seconds);
  const sum = all.reduce((left, right) => left + right, 0);
  return { text, segments, durationMs: Math.round(sum * 1000), longest: Math.max(...all) };
}

/** Writes the playlist that players begin with, and takes down what everything is. */
async function seal(folder: string, made: Made): Promise<Omit<HlsFilm, 'folder'>> {
  const head = await readFile(join(folder, HEAD));
  const segments: HlsPart[] = [];
  for (const { name, seconds } of made.segments) segments.push({ ...(await partOf(folder, name)), seconds });
  const rates = segments.map(({ bytes, seconds }) => (bytes * 8) / Math.max(0.5, seconds ?? 0));
  const bytes = segments.reduce((sum, part) => sum + part.bytes, 0);
  const master = masterOf(head, {
    peak: Math.ceil(Math.max(...rates)),
    average: Math.ceil((bytes * 8_000) / Math.max(1, made.durationMs)),
  });
  await writeFile(join(folder, MASTER), master);
  const parts = [await partOf(folder, HEAD), ...segments, await partOf(folder, LIST)];
  return { durationMs: made.durationMs, parts: [...parts, await partOf(folder, MASTER)] };
}

async function partOf(folder: string, name: string): Promise<HlsPart> {
  const path = join(folder, name);
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return { name, bytes: (await stat(path)).size, sha256: hash.digest('hex'), seconds: null };
}

/** The multivariant playlist (RFC 8216 §4.3.4) of one film with one quality, from its init segment. */
export function masterOf(head: Buffer, { peak, average }: { peak: number; average: number }): string {
  const codecs = [];
  const avc = head.indexOf('avcC');
  if (avc >= 0) codecs.push(`avc1.${head.subarray(avc + 5, avc + 8).toString('hex')}`);
  if (head.includes('mp4a')) codecs.push('mp4a.40.2');
  if (head.includes('Opus')) codecs.push('opus');
  const entry = head.indexOf('avc1');
  const size =
    entry >= 0 ? `,RESOLUTION=${head.readUInt16BE(entry + 28)}x${head.readUInt16BE(entry + 30)}` : '';
  const stream = `BANDWIDTH=${peak},AVERAGE-BANDWIDTH=${average},CODECS="${codecs.join(',')}"${size}`;
  return `#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-STREAM-INF:${stream}\n${LIST}\n`;
}
