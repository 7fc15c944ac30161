import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { findFfmpeg } from '#platform/ffmpeg.ts';

export type Ffmpeg = ChildProcessByStdio<Writable, Readable, null>;

/**
 * Starts ffmpeg with an argument array and pipes on both ends, no shell. Callers name every demuxer with
 * `-f`, because a probing ffmpeg follows references inside its input. `ended` is called once, whatever the
 * reason; broken pipes are part of that and raise nothing.
 */
export function startFfmpeg(args: string[], ended: () => void): Ffmpeg {
  const child = spawn(findFfmpeg() ?? 'ffmpeg', ['-hide_banner', '-nostdin', '-loglevel', 'error', ...args], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  let over = false;
  const end = () => {
    if (!over) ended();
    over = true;
  };
  child.on('error', end);
  child.on('exit', end);
  child.stdin.on('error', () => undefined);
  return child;
}
