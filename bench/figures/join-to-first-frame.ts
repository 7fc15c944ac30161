import { setTimeout as sleep } from 'node:timers/promises';
import { Api } from '../../e2e/harness/api.ts';
import { TestBrowser } from '../../e2e/harness/browser.ts';
import { Classroom, DEMO } from '../../e2e/harness/classroom.ts';
import { Platform } from '../../e2e/harness/platform.ts';
import { BareCall } from '../baseline/bare-call.ts';
import type { Measured, Say } from '../figure.ts';
import { bundle } from '../harness/bundle.ts';
import { firstFrameMs, installFirstFrameProbe } from '../page/first-frame.ts';
import { median, percentile, summary } from '../statistics.ts';

const JOINS = 16;
/** Long enough for the page to be at rest before the click, as in front of a person. */
const REST_MS = 700;

/**
 * From the click on "enter" in the timetable to the presenter's first picture in the remote classroom. Every
 * join has a browser context of its own: nothing is cached but what the timetable itself has loaded.
 */
export async function measure(say: Say): Promise<Measured> {
  const browser = await TestBrowser.launch();
  try {
    const baseline = await joinBare(browser, say);
    const ours = await joinLesson(browser, say);
    const p95 = percentile(ours, 0.95);
    return {
      value: p95,
      baseline: percentile(baseline, 0.95),
      p50: median(ours),
      p95,
      detail: { ours: summary(ours), bare: summary(baseline), all: ours.map(Math.round) },
    };
  } finally {
    await browser.close();
  }
}

async function joinLesson(browser: TestBrowser, say: Say): Promise<number[]> {
  const platform = await Platform.start();
  try {
    const teacher = await Api.signIn(platform.origin, DEMO.teacher);
    const lesson = await teacher.planLesson();
    const presenter = await Classroom.enter(browser, platform.origin, DEMO.masterClassroom, lesson);
    await presenter.startLesson();
    await presenter.ownFeeds(2);
    const remote = await Api.signIn(platform.origin, DEMO.remoteClassroom);
    const samples: number[] = [];
    for (let join = 0; join < JOINS; join++) {
      const context = await browser.context(remote);
      await installFirstFrameProbe(context, '[data-testid=stage-main] video');
      const page = await context.newPage();
      await page.goto(platform.origin);
      const enter = page.getByTestId(`enter-${lesson.lessonId}`);
      await enter.waitFor();
      await sleep(REST_MS);
      await enter.click();
      samples.push(await firstFrameMs(page));
      await context.close();
      say(`lesson, join ${join + 1}: ${samples.at(-1)?.toFixed(0)} ms`);
    }
    await presenter.close();
    return samples;
  } finally {
    await platform.close();
  }
}

async function joinBare(browser: TestBrowser, say: Say): Promise<number[]> {
  const script = await bundle('bare-call-page.ts');
  const bare = await BareCall.start(script.path);
  try {
    const presenter = await browser.page(null, '/', bare.origin);
    await presenter.evaluate(() => (globalThis as unknown as { publish(): Promise<void> }).publish());
    const samples: number[] = [];
    for (let join = 0; join < JOINS; join++) {
      const context = await browser.context(null);
      await installFirstFrameProbe(context, 'video');
      const page = await context.newPage();
      await page.goto(bare.origin);
      await sleep(REST_MS);
      await page.getByRole('button').click();
      samples.push(await firstFrameMs(page));
      await context.close();
    }
    await presenter.context().close();
    say(
      `bare mediasoup: p50 ${median(samples).toFixed(0)} ms, p95 ${percentile(samples, 0.95).toFixed(0)} ms`,
    );
    return samples;
  } finally {
    await bare.close();
    script.remove();
  }
}
