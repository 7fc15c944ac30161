import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { until } from '../../e2e/harness/until.ts';
import { childrenOf } from '../harness/cpu.ts';

const FILM_SECONDS = 10;
const SIZE = '1280x720';

/**
 * A lesson recorded as platforms do that film a browser: a virtual screen, Chromium that shows two pictures of 720p side
 * by side, and ffmpeg that captures the screen and encodes it with x264. Its pictures are played from files, which is
 * cheaper than receiving them.
 */
export class BrowserCapture {
  readonly #folder: string;
  readonly #processes: ChildProcess[];

  static async start(): Promise<BrowserCapture> {
    const folder = await mkdtemp(join(tmpdir(), 'three-classrooms-bench-'));
    const processes: ChildProcess[] = [];
    const capture = new BrowserCapture(folder, processes);
    try {
      await capture.#open();
      return capture;
    } catch (error) {
      await capture.close();
      throw error;
    }
  }

  private constructor(folder: string, processes: ChildProcess[]) {
    this.#folder = folder;
    this.#processes = processes;
  }

  /** All processes that take part now. */
  pids(): number[] {
    const family = (pid: number): number[] => [pid, ...childrenOf(pid).flatMap(family)];
    return this.#processes.flatMap(({ pid }) => family(pid!));
  }

  async recordedBytes(): Promise<number> {
    return (await stat(join(this.#folder, 'out.mp4'))).size;
  }

  async close(): Promise<void> {
    for (const child of this.#processes.toReversed()) {
      const gone = new Promise((resolve) => child.once('close', resolve));
      if (child.exitCode === null && child.signalCode === null && child.kill('SIGTERM')) await gone;
    }
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }

  async #open(): Promise<void> {
    const ffmpeg = process.env.FFMPEG_BIN!;
    const film = join(this.#folder, 'film.mp4');
    await promisify(execFile)(ffmpeg, [
      ...[
        '-v',
        'error',
        '-f',
        'lavfi',
        '-i',
        `testsrc2=s=${SIZE}:r=30:d=${FILM_SECONDS},noise=alls=6:allf=t`,
      ],
      ...['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-b:v', '1500k', film],
    ]);
    const video = `<video src="${pathToFileURL(film).href}" autoplay muted loop style="width:50%"></video>`;
    const page = join(this.#folder, 'page.html');
    await writeFile(page, `<body style="margin:0;display:flex">${video}${video}</body>`);
    const display = `:${70 + (process.pid % 900)}`;
    this.#spawn(process.env.XVFB_BIN ?? 'Xvfb', [display, '-screen', '0', `${SIZE}x24`, '-nolisten', 'tcp']);
    await until('the screen is there', () => existsSync(`/tmp/.X11-unix/X${display.slice(1)}`));
    const flags = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--kiosk', '--window-position=0,0'];
    const window = [`--window-size=${SIZE.replace('x', ',')}`, `--user-data-dir=${this.#folder}/profile`];
    const more = ['--disable-background-networking', '--autoplay-policy=no-user-gesture-required'];
    const env = { ...process.env, DISPLAY: display };
    this.#spawn(process.env.CHROMIUM_BIN!, [...flags, ...window, ...more, pathToFileURL(page).href], env);
    await sleep(4_000);
    this.#spawn(ffmpeg, [
      ...['-v', 'error', '-nostdin', '-f', 'x11grab', '-framerate', '30', '-video_size', SIZE, '-i', display],
      ...['-c:v', 'libx264', '-preset', 'veryfast', '-pix_fmt', 'yuv420p', '-b:v', '1500k', '-g', '60'],
      ...['-movflags', 'frag_keyframe', '-y', join(this.#folder, 'out.mp4')],
    ]);
  }

  #spawn(bin: string, args: string[], env = process.env): void {
    this.#processes.push(spawn(bin, args, { env, stdio: 'ignore' }));
  }
}
