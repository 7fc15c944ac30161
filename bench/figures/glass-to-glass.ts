import { Api } from '../../e2e/harness/api.ts';
import { TestBrowser } from '../../e2e/harness/browser.ts';
import { installCanvasCamera } from '../../e2e/harness/canvas-camera.ts';
import { DEMO } from '../../e2e/harness/classroom.ts';
import { Platform } from '../../e2e/harness/platform.ts';
import { callDirectly, DIRECT_VIDEO } from '../baseline/direct-call.ts';
import type { Measured, Say } from '../figure.ts';
import { type MediaTimings, mediaTimings } from '../page/media-timings.ts';
import { type PictureAges, pictureAges, untilFullSize } from '../page/picture-age.ts';
import { median, percentile, summary } from '../statistics.ts';

const ROUNDS = 2;
const RAMP_UP_MS = 15_000;
const WINDOW_MS = 10_000;
const LESSON_VIDEO = '[data-testid=stage-main] video';

interface CallSample extends PictureAges {
  timings: MediaTimings;
}

/**
 * Age of the presenter's picture when the remote classroom shows it, in a running, recorded lesson; and in a
 * call that the same two browsers hold without us. Both ways, both with sound, the same canvas as the
 * presenter's camera and Chromium's own as the other one, in windows that alternate.
 */
export async function measure(say: Say): Promise<Measured> {
  const platform = await Platform.start();
  const browser = await TestBrowser.launch();
  try {
    const lesson: CallSample[] = [];
    const direct: CallSample[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      direct.push(await inDirectCall(browser, platform.origin));
      say(`direct: ${describe(direct.at(-1)!)}`);
      lesson.push(await inLesson(browser, platform.origin));
      say(`lesson: ${describe(lesson.at(-1)!)}`);
    }
    const ours = lesson.flatMap(({ ages }) => ages);
    const plain = direct.flatMap(({ ages }) => ages);
    const p95 = percentile(ours, 0.95);
    return {
      value: p95,
      baseline: percentile(plain, 0.95),
      p50: median(ours),
      p95,
      detail: {
        lesson: summary(ours),
        direct: summary(plain),
        lessonFramesPerSecond: framesPerSecond(lesson),
        directFramesPerSecond: framesPerSecond(direct),
        lessonWidths: lesson.map(({ width }) => width),
        directWidths: direct.map(({ width }) => width),
        lessonTimings: lesson.map(({ timings }) => timings),
        directTimings: direct.map(({ timings }) => timings),
      },
    };
  } finally {
    await browser.close();
    await platform.close();
  }
}

async function inLesson(browser: TestBrowser, origin: string): Promise<CallSample> {
  const teacher = await Api.signIn(origin, DEMO.teacher);
  const lesson = await teacher.planLesson();
  const enter = async (name: string) => {
    const context = await browser.context(await Api.signIn(origin, name));
    if (name === DEMO.masterClassroom) await installCanvasCamera(context);
    const page = await context.newPage();
    await page.goto(`${origin}/lessons/${lesson.lessonId}`);
    return page;
  };
  const presenter = await enter(DEMO.masterClassroom);
  await presenter.getByTestId('start-lesson').click();
  await presenter.getByTestId('end-lesson').waitFor();
  const remote = await enter(DEMO.remoteClassroom);
  await remote.locator(LESSON_VIDEO).waitFor();
  await untilFullSize(remote, LESSON_VIDEO, RAMP_UP_MS);
  const ages = await pictureAges(remote, LESSON_VIDEO, WINDOW_MS);
  const timings = await mediaTimings(presenter, remote);
  await teacher.changeState(lesson.lessonId, 'ended');
  await Promise.all([presenter, remote].map((page) => page.context().close()));
  return { ...ages, timings };
}

async function inDirectCall(browser: TestBrowser, origin: string): Promise<CallSample> {
  const open = async (prepare?: typeof installCanvasCamera) => {
    const context = await browser.context(null);
    await prepare?.(context);
    const page = await context.newPage();
    // Any page of a secure origin that does nothing.
    await page.goto(`${origin}/api/about`);
    return page;
  };
  const [caller, callee] = [await open(installCanvasCamera), await open()];
  await callDirectly(caller, callee);
  await untilFullSize(callee, DIRECT_VIDEO, RAMP_UP_MS);
  const ages = await pictureAges(callee, DIRECT_VIDEO, WINDOW_MS);
  const timings = await mediaTimings(caller, callee);
  await Promise.all([caller, callee].map((page) => page.context().close()));
  return { ...ages, timings };
}

const framesPerSecond = (windows: PictureAges[]) =>
  Math.round(windows.reduce((sum, { ages }) => sum + ages.length, 0) / windows.length / (WINDOW_MS / 1000));

function describe({ ages, unreadable, width }: PictureAges): string {
  const { p50, p95, n } = summary(ages);
  return `p50 ${p50} ms, p95 ${p95} ms, ${n} frames of width ${width}, ${unreadable} unreadable`;
}
