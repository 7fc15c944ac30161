import type { BrowserContext, Page } from 'playwright-core';

/** Makes the pages of a context note the time from the first click to the first frame of a video. */
export async function installFirstFrameProbe(context: BrowserContext, selector: string): Promise<void> {
  await context.addInitScript((wanted) => {
    const result = Promise.withResolvers<number>();
    Object.assign(globalThis, { firstFrame: result.promise });
    let clickedAt = Number.NaN;
    addEventListener(
      'click',
      ({ timeStamp }) => {
        if (Number.isNaN(clickedAt)) clickedAt = timeStamp;
      },
      { capture: true },
    );
    const seen = new WeakSet<Element>();
    const look = () => {
      for (const video of document.querySelectorAll<HTMLVideoElement>(wanted)) {
        if (seen.has(video)) continue;
        seen.add(video);
        // Called when the first picture goes to the compositor: it has been decoded by then.
        video.requestVideoFrameCallback((now) => result.resolve(now - clickedAt));
      }
    };
    new MutationObserver(look).observe(document, { childList: true, subtree: true });
  }, selector);
}

/** ms from the click to the first frame. */
export async function firstFrameMs(page: Page): Promise<number> {
  return await page.evaluate(async () => {
    const { firstFrame } = globalThis as unknown as { firstFrame: Promise<number> };
    return await firstFrame;
  });
}
