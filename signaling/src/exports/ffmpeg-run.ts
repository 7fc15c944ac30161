import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Tools } from '../jobs/work.ts';

/** What is kept of ffmpeg's complaints, in characters. */
const COMPLAINT = 2_000;

export interface FfmpegRun {
  args: string[];
  /** What it reads as `pipe:0`. */
  input?: AsyncIterable<Buffer>;
  /** Told how much of the result is made, in ms. */
  made?(ms: number): void;
}

/**
 * One run of ffmpeg at this process's own low priority. Its exit code tells little: what it made has to be looked at.
 * @returns the end of what it complained of
 */
export async function runFfmpeg(
  { ffmpeg, started }: Tools,
  { args, input, made }: FfmpegRun,
): Promise<string> {
  const child = spawn(ffmpeg, ['-hide_banner', '-loglevel', 'error', '-y', '-progress', 'pipe:1', ...args], {
    stdio: [input ? 'pipe' : 'ignore', 'pipe', 'pipe'],
  });
  const ended = started(child);
  let complaint = '';
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(-COMPLAINT);
  });
  child.stdout!.setEncoding('utf8').on('data', (text: string) => {
    const at = [...text.matchAll(/out_time_us=(\d+)/g)].at(-1);
    if (at) made?.(Number(at[1]) / 1000);
  });
  const closed = once(child, 'close');
  try {
    if (input) await feed(input, child.stdin!);
    await closed;
    return complaint.trim();
  } catch (error) {
    child.kill('SIGKILL');
    await closed.catch(() => {});
    throw error;
  } finally {
    ended();
  }
}

/** A program that closes its input early has its reasons, which it complains of; reading errors are ours. */
async function feed(input: AsyncIterable<Buffer>, into: NodeJS.WritableStream): Promise<void> {
  await pipeline(Readable.from(input, { objectMode: true, highWaterMark: 4 }), into).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
    },
  );
}
