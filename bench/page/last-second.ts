import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const HLS = readFileSync(createRequire(import.meta.url).resolve('hls.js/dist/hls.min.js'), 'utf8');

export interface EndedLesson {
  /** From ringing the bell (the request leaves the page) until its answer is there. */
  answeredMs: number;
  /** … until the replay is no longer live and a picture of its last second is on the screen. */
  playableMs: number;
  durationMs: number;
  /** Where the picture's element stopped, in ms; it must be the duration. */
  playedToMs: number;
  /** Playlists of all tracks and rungs, each with its end mark and its last segment there. */
  wholePlaylists: number;
}

/** Puts hls.js into the page before the clock runs. */
export async function installPlayer(page: Page): Promise<void> {
  await page.evaluate(HLS);
}

/** Ends the lesson as the page's account and plays the last second of its replay with hls.js. */
export async function endAndPlayLastSecond(page: Page, lessonId: string): Promise<EndedLesson> {
  return await page.evaluate(async (id) => {
    // biome-ignore lint/suspicious/noExplicitAny: a page's global, whose types belong to its own world
    const { Hls } = globalThis as any;
    const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
    const ask = async (path: string, init?: RequestInit) => {
      const response = await fetch(path, init);
      if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
      return response;
    };
    const rungAt = performance.now();
    await ask(`/api/lessons/${id}/state`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ to: 'ended' }),
    });
    const answeredMs = performance.now() - rungAt;
    let replay = await (await ask(`/api/lessons/${id}/replay`)).json();
    while (replay.live) {
      await sleep(20);
      replay = await (await ask(`/api/lessons/${id}/replay`)).json();
    }
    const { durationMs, tracks } = replay as {
      durationMs: number;
      tracks: { kind: string; playlist: string }[];
    };
    const picture = tracks.find(({ kind }) => kind === 'video')!;
    const video = Object.assign(document.createElement('video'), { muted: true });
    document.body.append(video);
    const ended = new Promise<void>((resolve, reject) => {
      video.onended = () => resolve();
      video.onerror = () => reject(new Error(`the player failed: ${video.error?.message}`));
      setTimeout(() => {
        const ranges = Array.from(
          { length: video.buffered.length },
          (_, index) => `${video.buffered.start(index)}-${video.buffered.end(index)}`,
        );
        const { currentTime, duration, readyState } = video;
        reject(
          new Error(
            `not played to the end (lesson ${durationMs} ms): ${JSON.stringify({ currentTime, duration, readyState, ranges })}`,
          ),
        );
      }, 15_000);
    });
    const from = durationMs / 1000 - 1;
    const shown = new Promise<void>((resolve) => {
      const look: VideoFrameRequestCallback = (_, { mediaTime }) =>
        mediaTime >= from - 1 ? resolve() : video.requestVideoFrameCallback(look);
      video.requestVideoFrameCallback(look);
    });
    const hls = new Hls({ enableWorker: false, startPosition: from });
    hls.loadSource(picture.playlist);
    hls.attachMedia(video);
    void video.play();
    await Promise.race([shown, ended]);
    const playableMs = performance.now() - rungAt;
    await ended;
    const playedToMs = video.currentTime * 1000;
    hls.destroy();
    video.remove();
    let wholePlaylists = 0;
    for (const { playlist } of tracks) {
      const master = await (await ask(playlist)).text();
      const rungs = master.match(/^[^#\n].*\.m3u8$|(?<=URI=")[^"]+\.m3u8/gm) ?? [];
      for (const rung of new Set(rungs)) {
        const path = new URL(rung, new URL(playlist, location.href)).href;
        const text = await (await ask(path)).text();
        if (!text.trimEnd().endsWith('#EXT-X-ENDLIST')) throw new Error(`${rung} has no end mark`);
        await ask(new URL(text.match(/^\d+[\w-]*\.m4s$/gm)!.at(-1)!, path).href);
        wholePlaylists++;
      }
    }
    return { answeredMs, playableMs, durationMs, playedToMs, wholePlaylists };
  }, lessonId);
}
