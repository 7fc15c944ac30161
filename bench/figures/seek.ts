import { setTimeout as sleep } from 'node:timers/promises';
import { TestBrowser } from '../../e2e/harness/browser.ts';
import type { Measured, Say } from '../figure.ts';
import { EndedLesson } from '../harness/ended-lesson.ts';
import { barePictureMs, seekMs } from '../page/first-picture.ts';
import { median, percentile, summary } from '../statistics.ts';

const LENGTH_MS = 45 * 60_000;
const SEEKS = 40;
const REST_MS = 300;

/** The same places for both players, far from each other. */
const places = Array.from(
  { length: SEEKS },
  // Not the beginning: a player that stands there has no new picture to show.
  (_, index) => Math.round(((((index + 1) * 0.618) % 1) * (LENGTH_MS - 60_000)) / 100) * 100,
);

/**
 * Jumps in a replay of 45 minutes, by its bar, from the input to the picture of the new place; the bar waits 120 ms for
 * the finger to rest. Beside hls.js alone on the same playlist.
 */
export async function measure(say: Say): Promise<Measured> {
  const lesson = await EndedLesson.hold(LENGTH_MS, say);
  const browser = await TestBrowser.launch();
  try {
    const page = await browser.page(lesson.api, `/lessons/${lesson.lessonId}/replay`);
    await page.getByTestId('replay-play').click();
    await sleep(1_000);
    const samples: number[] = [];
    for (const place of places) {
      samples.push(await seekMs(page, place, true));
      await sleep(REST_MS);
    }
    await page.context().close();
    say(`by the bar: ${JSON.stringify(summary(samples))}`);

    const plain = await browser.page(lesson.api, '/');
    const { tracks } = await lesson.api.replay(lesson.lessonId);
    await barePictureMs(plain, tracks.find(({ kind }) => kind === 'video')!.playlist);
    const bare: number[] = [];
    for (const place of places) {
      bare.push(await seekMs(plain, place, false));
      await sleep(REST_MS);
    }
    return {
      value: percentile(samples, 0.95),
      baseline: percentile(bare, 0.95),
      p50: median(samples),
      p95: percentile(samples, 0.95),
      detail: { page: summary(samples), hlsAlone: summary(bare) },
    };
  } finally {
    await browser.close();
    await lesson.close();
  }
}
