import { setTimeout as sleep } from 'node:timers/promises';
import { TestBrowser } from '../../e2e/harness/browser.ts';
import type { Measured, Say } from '../figure.ts';
import { EndedLesson } from '../harness/ended-lesson.ts';
import { barePictureMs, firstPictureMs, watchFirstPicture } from '../page/first-picture.ts';
import { median, percentile, summary } from '../statistics.ts';

const LENGTH_MS = 45 * 60_000;
const ROUNDS = 10;
/** The timetable is at rest before the click, as in front of a person. */
const REST_MS = 700;

/**
 * From the click on a lesson's replay in the timetable, in a fresh browser context, to the first picture of 45 minutes;
 * beside hls.js alone on the same playlist, from its address to its first picture.
 */
export async function measure(say: Say): Promise<Measured> {
  const lesson = await EndedLesson.hold(LENGTH_MS, say);
  const browser = await TestBrowser.launch();
  try {
    const samples: number[] = [];
    const bare: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const context = await browser.context(lesson.api);
      await watchFirstPicture(context);
      const page = await context.newPage();
      await page.goto(lesson.platform.origin);
      const open = page.getByTestId(`replay-${lesson.lessonId}`);
      await open.waitFor();
      await sleep(REST_MS);
      await open.click();
      samples.push(await firstPictureMs(page));
      await context.close();

      const plain = await browser.page(lesson.api, '/');
      const { tracks } = await lesson.api.replay(lesson.lessonId);
      await sleep(REST_MS);
      bare.push(await barePictureMs(plain, tracks.find(({ kind }) => kind === 'video')!.playlist));
      await plain.context().close();
      say(`${samples.at(-1)!.toFixed(0)} ms, hls.js alone ${bare.at(-1)!.toFixed(0)} ms`);
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
