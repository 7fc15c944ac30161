import type { Page } from 'playwright-core';

/** One frame of the large picture: when it was drawn (wall ms), and of which track. */
export interface LoggedFrame {
  at: number;
  track: string;
}

/** Makes a page note every frame of its large picture from now on, also of elements that come later. */
export async function installFrameLog(page: Page): Promise<void> {
  await page.evaluate(() => {
    const frames: { at: number; track: string }[] = [];
    const watched = new WeakSet<HTMLVideoElement>();
    const watch = (video: HTMLVideoElement) => {
      watched.add(video);
      const next = (now: number) => {
        const stream = video.srcObject as MediaStream | null;
        frames.push({ at: performance.timeOrigin + now, track: stream?.getVideoTracks()[0]?.id ?? '' });
        video.requestVideoFrameCallback(next);
      };
      video.requestVideoFrameCallback(next);
    };
    const look = () => {
      for (const video of document.querySelectorAll<HTMLVideoElement>('[data-testid=stage-main] video'))
        if (!watched.has(video)) watch(video);
    };
    look();
    new MutationObserver(look).observe(document, { childList: true, subtree: true });
    Object.assign(globalThis, { frameLog: frames });
  });
}

export async function framesSince(page: Page, at: number): Promise<LoggedFrame[]> {
  return await page.evaluate((from) => {
    const { frameLog } = globalThis as unknown as { frameLog: { at: number; track: string }[] };
    return frameLog.filter((frame) => frame.at >= from);
  }, at);
}

/** Wall ms of the first frame from `at` on that `isIt`; waits for it. */
export async function firstFrame(
  page: Page,
  at: number,
  isIt: (frame: LoggedFrame) => boolean,
): Promise<number> {
  for (;;) {
    const found = (await framesSince(page, at)).find(isIt);
    if (found) return found.at;
    await page.waitForTimeout(50);
  }
}

/** The track that is large now. */
export async function currentTrack(page: Page): Promise<string> {
  const [frame] = (await framesSince(page, Date.now() - 5_000)).slice(-1);
  if (!frame) throw new Error('the large picture stands still');
  return frame.track;
}
