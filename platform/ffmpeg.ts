import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';

/** What is kept of ffmpeg's complaints, in characters. */
const STDERR_TAIL = 4_000;
/** How long ffmpeg may take to write its trailers after SIGINT. */
const STOP_DEADLINE_MS = 3_000;

/**
 * Demuxers that may open a film from outside. Playlists and lists of files (`hls`, `concat`, `dash`) are not
 * among them: an .mp4 that is really a playlist would read any file that this process can.
 */
export const FILM_FORMATS =
  'mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,mpegts,mpeg,mpegvideo,avi,flv,asf,ogg,mp3,wav,flac,aac,aiff,m4v,h264,ivf,dv';

/** Arguments that open a film from outside and nothing beside it. Stand before its `-i`. */
export const UNTRUSTED_FILM = ['-format_whitelist', FILM_FORMATS, '-protocol_whitelist', 'file'];

/**
 * Where ffmpeg is: `FFMPEG_BIN`, else the system's, else the one that ffmpeg-static downloaded; null when
 * there is none.
 */
export function findFfmpeg(env: NodeJS.ProcessEnv = process.env): string | null {
  if (env.FFMPEG_BIN) return isExecutable(env.FFMPEG_BIN) ? env.FFMPEG_BIN : null;
  const name = process.platform === 'win32' ? 'ffmpeg.exe' : 'ffmpeg';
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const candidates = [...folders.map((folder) => join(folder, name)), staticFfmpeg()];
  return candidates.find((path) => path !== null && isExecutable(path)) ?? null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function staticFfmpeg(): string | null {
  try {
    return createRequire(import.meta.url)('ffmpeg-static') as string | null;
  } catch {
    return null;
  }
}

export interface FfmpegExit {
  code: number | null;
  signal: NodeJS.Signals | null;
  /** The end of what it wrote to stderr. */
  complaint: string;
}

/**
 * One run of ffmpeg. Arguments are an array and never pass a shell. Its exit code tells little: it is 0 on a
 * full disk, so what it made has to be looked at.
 */
export class Ffmpeg {
  readonly done: Promise<FfmpegExit>;
  readonly #child: ChildProcess;
  #complaint = '';

  static start(bin: string, args: string[]): Ffmpeg {
    return new Ffmpeg(bin, args);
  }

  private constructor(bin: string, args: string[]) {
    this.#child = spawn(bin, ['-hide_banner', '-nostdin', '-loglevel', 'error', ...args], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.#child.stderr!.setEncoding('utf8').on('data', (text: string) => {
      this.#complaint = (this.#complaint + text).slice(-STDERR_TAIL);
    });
    this.done = this.#wait();
  }

  /** Asks it to finish its files, then insists. Idempotent. */
  async stop(): Promise<FfmpegExit> {
    this.#child.kill('SIGINT');
    const insist = setTimeout(() => this.#child.kill('SIGKILL'), STOP_DEADLINE_MS);
    try {
      return await this.done;
    } finally {
      clearTimeout(insist);
    }
  }

  async #wait(): Promise<FfmpegExit> {
    try {
      const [code, signal] = await once(this.#child, 'close');
      return { code, signal, complaint: this.#complaint.trim() };
    } catch (error) {
      return { code: null, signal: null, complaint: (error as Error).message };
    }
  }
}
