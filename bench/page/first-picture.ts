import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { BrowserContext, Page } from 'playwright-core';

const HLS = readFileSync(createRequire(import.meta.url).resolve('hls.js/dist/hls.min.js'), 'utf8');

/** Notes, in every page of the context, how long after the last click the replay's first picture is there. */
export async function watchFirstPicture(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    let clickedAt = 0;
    addEventListener(
      'click',
      ({ timeStamp }) => {
        clickedAt = timeStamp;
      },
      { capture: true },
    );
    const look = () => {
      const video = document.querySelector<HTMLVideoElement>('[data-testid=replay-main]');
      if (!clickedAt || !video) return void requestAnimationFrame(look);
      video.requestVideoFrameCallback((now) =>
        Object.assign(globalThis, { firstPictureMs: now - clickedAt }),
      );
    };
    requestAnimationFrame(look);
  });
}

export async function firstPictureMs(page: Page): Promise<number> {
  const handle = await page.waitForFunction(
    () => (globalThis as unknown as { firstPictureMs?: number }).firstPictureMs,
  );
  return Number(await handle.jsonValue());
}

/** The plainest player there is: hls.js on one element. From its address to its first picture, ms. */
export async function barePictureMs(page: Page, playlist: string): Promise<number> {
  await page.evaluate(HLS);
  return await page.evaluate(async (address) => {
    // biome-ignore lint/suspicious/noExplicitAny: a page's global, whose types belong to its own world
    const { Hls } = globalThis as any;
    const video = Object.assign(document.createElement('video'), { muted: true });
    document.body.append(video);
    const since = performance.now();
    const hls = new Hls({ startPosition: 0 });
    hls.loadSource(address);
    hls.attachMedia(video);
    const ms = await new Promise<number>((resolve) =>
      video.requestVideoFrameCallback((now) => resolve(now - since)),
    );
    Object.assign(globalThis, { bare: video });
    return ms;
  }, playlist);
}

/** From the request to be elsewhere to the picture that is there, ms. @param bar whether our page's bar is used */
export async function seekMs(page: Page, toMs: number, bar: boolean): Promise<number> {
  return await page.evaluate(
    async ([to, ours]) => {
      const video = ours
        ? document.querySelector<HTMLVideoElement>('[data-testid=replay-main]')!
        : (globalThis as unknown as { bare: HTMLVideoElement }).bare;
      const since = performance.now();
      if (ours) {
        const input = document.querySelector<HTMLInputElement>('[data-testid=replay-seek]')!;
        // As React hears it: through the element's own setter.
        const { set } = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!;
        set!.call(input, String(to));
        input.dispatchEvent(new Event('input', { bubbles: true }));
      } else {
        video.currentTime = to / 1000;
      }
      return await new Promise<number>((resolve) => {
        const look: VideoFrameRequestCallback = (now, { mediaTime }) =>
          // The places are minutes apart, and a busy machine may show a later frame of the new one first.
          Math.abs(mediaTime * 1000 - to) < 5_000
            ? resolve(now - since)
            : video.requestVideoFrameCallback(look);
        video.requestVideoFrameCallback(look);
      });
    },
    [toMs, bar] as const,
  );
}
