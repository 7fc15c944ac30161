import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { findFfmpeg } from '#platform/ffmpeg.ts';
import type { SegmentRecord } from '#protocol/recording-index.ts';
import { SegmentIndex } from '../src/index/segment-index.ts';

/** The listed segments of one rung in order: later records replace earlier ones, the end takes back what is behind it. */
export async function segmentsOf(folder: string, recordingId: string, trackId: string, rungId: string) {
  const { records } = await SegmentIndex.open(join(folder, 'recordings', recordingId, 'index.ndjson'));
  const byNumber = new Map<number, SegmentRecord>();
  for (const record of records) {
    if (record.type === 'segment' && record.trackId === trackId && record.rungId === rungId) {
      byNumber.set(record.number, record);
    }
  }
  const end = records.find((record) => record.type === 'end')?.durationMs ?? Number.POSITIVE_INFINITY;
  const ticksPerMs = rungId === 'a' ? 48 : 90;
  return [...byNumber.values()]
    .sort((a, b) => a.number - b.number)
    .filter((segment) => segment.start < end * ticksPerMs);
}

/** The first place where a rung's segments do not join, or undefined. Ticks. */
export function firstHole(segments: SegmentRecord[]): number | undefined {
  let end = 0;
  for (const { start, duration } of segments) {
    if (start !== end) return end;
    end += duration;
  }
  return undefined;
}

export const endOf = (segments: SegmentRecord[]): number =>
  segments.reduce((sum, segment) => sum + segment.duration, 0);

/** Times as they are: the null muxer would round them to a frame rate guessed from a still. */
const EXACT = ['-fps_mode', 'passthrough', '-enc_time_base:v', '1:90000'];

/** What ffmpeg says against a playlist when it decodes all of it; empty when it is content. */
export async function complaints(playlist: string): Promise<string> {
  const args = [
    '-v',
    'error',
    '-allowed_extensions',
    'ALL',
    '-f',
    'hls',
    '-i',
    playlist,
    ...EXACT,
    '-f',
    'null',
    '-',
  ];
  const child = spawn(findFfmpeg()!, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let text = '';
  child.stderr.on('data', (chunk) => {
    text += chunk;
  });
  await once(child, 'close');
  return (
    text
      .split('\n')
      // ffmpeg's HLS demuxer does not follow a changed EXT-X-MAP and says so; the parameter sets are in band too.
      .filter((line) => line && !/duplicated MOOV|corrupt decoded frame/.test(line))
      .join('\n')
  );
}

/** How bright each decoded picture of a playlist is on average, 0 to 255, in order. */
export async function brightness(playlist: string): Promise<number[]> {
  const input = ['-v', 'error', '-allowed_extensions', 'ALL', '-f', 'hls', '-i', playlist];
  const output = [
    '-vf',
    'scale=1:1:flags=area',
    '-fps_mode',
    'passthrough',
    '-f',
    'rawvideo',
    '-pix_fmt',
    'gray',
  ];
  const child = spawn(findFfmpeg()!, [...input, ...output, '-'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const pixels: number[] = [];
  child.stdout.on('data', (chunk: Buffer) => pixels.push(...chunk));
  await once(child, 'close');
  return pixels;
}
