import type { Page } from 'playwright-core';
import { CODE } from '../../e2e/harness/canvas-camera.ts';

export interface PictureAges {
  /** ms from drawing to showing, one for each frame that could be read. */
  ages: number[];
  unreadable: number;
  width: number;
}

/** Reads the time out of every frame that the page's video shows, for `durationMs`. */
export async function pictureAges(page: Page, selector: string, durationMs: number): Promise<PictureAges> {
  return await page.evaluate(
    async ({ selector, durationMs, code }) => {
      const CELL = 8;
      const size = { width: code.columns * CELL, height: code.rows * CELL };
      const context = new OffscreenCanvas(size.width, size.height).getContext('2d', {
        willReadFrequently: true,
      })!;
      const video = document.querySelector<HTMLVideoElement>(selector)!;
      const result = { ages: [] as number[], unreadable: 0, width: 0 };
      const readTime = (): number | null => {
        const { videoWidth, videoHeight } = video;
        context.drawImage(
          video,
          ...([0, 0, videoWidth * code.width, videoHeight * code.height] as const),
          ...([0, 0, size.width, size.height] as const),
        );
        const { data } = context.getImageData(0, 0, size.width, size.height);
        let bits = 0n;
        for (let cell = 0; cell < code.columns * code.rows; cell++) {
          const x = (cell % code.columns) * CELL + CELL / 2;
          const y = Math.floor(cell / code.columns) * CELL + CELL / 2;
          bits = (bits << 1n) | (data[(y * size.width + x) * 4]! > 127 ? 1n : 0n);
        }
        const ms = Number(bits >> 8n);
        const check = ((ms >> 16) ^ (ms >> 8) ^ ms ^ 0xa5) & 0xff;
        return check === Number(bits & 0xffn) ? ms : null;
      };
      const end = performance.now() + durationMs;
      await new Promise<void>((resolve) => {
        const onFrame = () => {
          // Not the callback's own time, which is when the turn began: a busy page may be late by then.
          const now = performance.now();
          const drawnAt = readTime();
          if (drawnAt === null) result.unreadable++;
          else result.ages.push((performance.timeOrigin + now - drawnAt) % 2 ** 24);
          if (now < end) video.requestVideoFrameCallback(onFrame);
          else resolve();
        };
        video.requestVideoFrameCallback(onFrame);
        setTimeout(resolve, durationMs + 2_000);
      });
      return { ...result, width: video.videoWidth };
    },
    { selector, durationMs, code: CODE },
  );
}

/** Waits until the video shows the full picture, which a new call begins without; at most `withinMs`. */
export async function untilFullSize(page: Page, selector: string, withinMs: number): Promise<void> {
  await page
    .waitForFunction(
      (wanted) => (document.querySelector<HTMLVideoElement>(wanted)?.videoWidth ?? 0) >= 1280,
      selector,
      { timeout: withinMs, polling: 200 },
    )
    .catch(() => {});
}
