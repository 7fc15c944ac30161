import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Api } from './harness/api.ts';
import { TestBrowser } from './harness/browser.ts';
import { installCanvasCamera } from './harness/canvas-camera.ts';
import { Classroom, DEMO } from './harness/classroom.ts';
import { Platform } from './harness/platform.ts';
import { untilMoving } from './harness/probe.ts';
import { until } from './harness/until.ts';

let platform: Platform;
let browser: TestBrowser;

beforeAll(async () => {
  [platform, browser] = await Promise.all([Platform.start(), TestBrowser.launch()]);
}, 300_000);

afterAll(async () => {
  await browser?.close();
  await platform?.close();
});

/** Long enough for a browser that shrinks what is hard to encode to have done so, twice. */
const FRAMES = 200;

test('a picture that is hard to encode stays large in the remote classroom', async () => {
  const { lessonId } = await (await Api.signIn(platform.origin, DEMO.teacher)).planLesson();
  const api = await Api.signIn(platform.origin, DEMO.masterClassroom);
  const context = await browser.context(api);
  await installCanvasCamera(context);
  const page = await context.newPage();
  await page.goto(`${platform.origin}/lessons/${lessonId}`);
  const presenter = Classroom.at(page, api, lessonId);
  await presenter.ownFeeds(2);
  const remote = await Classroom.enter(browser, platform.origin, DEMO.remoteClassroom, { lessonId });
  await untilMoving('the teacher on the big screen', remote.mainVideo, FRAMES);
  await until(
    'the large layer is on the big screen',
    async () => (await remote.mainVideo.evaluate((video) => (video as HTMLVideoElement).videoWidth)) === 1280,
  );
  expect(platform.complaints).not.toMatch(/"level":(50|60)/);
}, 300_000);
