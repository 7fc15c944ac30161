import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import type { Readable, Writable } from 'node:stream';

export type Ffmpeg = ChildProcessByStdio<Writable, Readable, null>;

/** The ffmpeg to use: `FFMPEG_BIN`, else the system's, else the npm package ffmpeg-static's. */
export function ffmpegPath(env: NodeJS.ProcessEnv = process.env): string {
  if (env.FFMPEG_BIN) return env.FFMPEG_BIN;
  for (const folder of (env.PATH ?? '').split(delimiter)) {
    const candidate = join(folder, process.platform === 'win32' ? 'ffmpeg.exe' : 'ffmpeg');
    if (folder && isExecutable(candidate)) return candidate;
  }
  return createRequire(import.meta.url)('ffmpeg-static') as string;
}

/**
 * Starts ffmpeg with an argument array and pipes on both ends, no shell. Callers name every demuxer with
 * `-f`, because a probing ffmpeg follows references inside its input. `ended` is called once, whatever the
 * reason; broken pipes are part of that and raise nothing.
 */
export function startFfmpeg(args: string[], ended: () => void): Ffmpeg {
  const child = spawn(ffmpegPath(), ['-hide_banner', '-nostdin', '-loglevel', 'error', ...args], {
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

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
