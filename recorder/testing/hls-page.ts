import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { extname, join, normalize } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

/** How a replay went in a browser. */
export interface Playthrough {
  ended: boolean;
  currentTime: number;
  duration: number;
  fatal: string[];
  /** Non-fatal errors of hls.js, by its detail names. */
  errors: string[];
  decodedFrames: number;
  droppedFrames: number;
  /** Picture sizes in the order in which they were shown. */
  sizes: string[];
  seconds: number;
}

const TYPES: Record<string, string> = {
  '.m3u8': 'application/vnd.apple.mpegurl',
  '.mp4': 'video/mp4',
  '.m4s': 'video/mp4',
  '.ts': 'video/mp2t',
  '.js': 'text/javascript',
  '.html': 'text/html',
};

const PAGE = '<!doctype html><script src="/hls.js"></script><body></body>';

/** A real Chromium with hls.js, and a file server for what it plays. */
export class HlsPage {
  readonly #browser: Browser;
  readonly #close: () => void;
  readonly #url: string;

  static async open(folder: string): Promise<HlsPage> {
    const hls = await readFile(createRequire(import.meta.url).resolve('hls.js/dist/hls.min.js'));
    const server = createServer(async (request, response) => {
      const path = new URL(request.url ?? '/', 'http://x').pathname;
      if (path === '/') return response.setHeader('content-type', 'text/html').end(PAGE);
      if (path === '/hls.js') return response.setHeader('content-type', 'text/javascript').end(hls);
      const file = join(folder, normalize(path));
      const found = await stat(file).catch(() => undefined);
      if (!found?.isFile()) return response.writeHead(404).end();
      response.setHeader('content-type', TYPES[extname(file)] ?? 'application/octet-stream');
      createReadStream(file).pipe(response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const browser = await chromium.launch({
      executablePath: process.env.CHROMIUM_BIN ?? '/usr/bin/chromium',
      args: [
        ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
        ...['--autoplay-policy=no-user-gesture-required', '--mute-audio'],
      ],
    });
    const { port } = server.address() as { port: number };
    return new HlsPage(browser, `http://127.0.0.1:${port}/`, () => server.close());
  }

  private constructor(browser: Browser, url: string, close: () => void) {
    this.#browser = browser;
    this.#url = url;
    this.#close = close;
  }

  async close(): Promise<void> {
    await this.#browser.close();
    this.#close();
  }

  /** Plays `playlist` (a path below the folder) from start to end. */
  async play(playlist: string, { rate = 2, seconds = 40 } = {}): Promise<Playthrough> {
    const page = await this.#browser.newPage();
    try {
      await page.goto(this.#url);
      return await page.evaluate(playThrough, { playlist: `/${playlist}`, rate, seconds });
    } finally {
      await page.close();
    }
  }
}

interface HlsLike {
  on(event: string, listener: (name: string, data: { fatal: boolean; details: string }) => void): void;
  loadSource(url: string): void;
  attachMedia(video: HTMLVideoElement): void;
}

/** Runs in the page. */
async function playThrough(options: {
  playlist: string;
  rate: number;
  seconds: number;
}): Promise<Playthrough> {
  const { Hls } = window as unknown as { Hls: new (config: object) => HlsLike };
  const hls = new Hls({ startPosition: 0 });
  const video = document.createElement('video');
  document.body.append(video);
  const fatal: string[] = [];
  const errors: string[] = [];
  const sizes: string[] = [];
  hls.on('hlsError', (_name, data) => (data.fatal ? fatal : errors).push(data.details));
  video.addEventListener('resize', () => sizes.push(`${video.videoWidth}x${video.videoHeight}`));
  hls.loadSource(options.playlist);
  hls.attachMedia(video);
  const begun = performance.now();
  const ended = new Promise<boolean>((resolve) => {
    video.addEventListener('ended', () => resolve(true));
    setTimeout(() => resolve(false), options.seconds * 1_000);
  });
  video.addEventListener('canplay', () => {
    video.playbackRate = options.rate;
  });
  void video.play();
  const result = await ended;
  const quality = video.getVideoPlaybackQuality();
  return {
    ended: result,
    currentTime: video.currentTime,
    duration: video.duration,
    fatal,
    errors,
    decodedFrames: quality.totalVideoFrames,
    droppedFrames: quality.droppedVideoFrames,
    sizes,
    seconds: (performance.now() - begun) / 1_000,
  };
}
