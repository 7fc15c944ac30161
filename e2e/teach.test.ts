import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Api } from './harness/api.ts';
import { TestBrowser } from './harness/browser.ts';
import { Classroom, DEMO } from './harness/classroom.ts';
import { colorShown, makeFilm, teach, toneHeard } from './harness/film.ts';
import { Platform } from './harness/platform.ts';
import { untilMoving } from './harness/probe.ts';
import { ReplayScreen } from './harness/replay-screen.ts';
import { until } from './harness/until.ts';

/* A classroom without a camera: a film of known content goes in, and comes out live and in the replay. */
const TONE_HZ = 1_000;

let platform: Platform;
let browser: TestBrowser;

const isRed = ([red, green, blue]: [number, number, number]) => red > 180 && green < 80 && blue < 80;

beforeAll(async () => {
  [platform, browser] = await Promise.all([Platform.start(), TestBrowser.launch()]);
}, 300_000);

afterAll(async () => {
  await browser?.close();
  await platform?.close();
});

test('npm run teach plays a film into a lesson; it is seen, heard and replayed as it was', async () => {
  const { lessonId } = await (await Api.signIn(platform.origin, DEMO.teacher)).planLesson();
  const film = await makeFilm(platform.dataDir, { color: 'red', toneHz: TONE_HZ, seconds: 20 });
  const teaching = teach([film, '--server', platform.origin, '--lesson', lessonId]);
  const api = await Api.signIn(platform.origin, DEMO.researcher);
  await until('the lesson is live', async () => (await api.lesson(lessonId)).state === 'live');

  const watcher = await Classroom.enter(browser, platform.origin, DEMO.researcher, { lessonId });
  await untilMoving('the film', watcher.mainVideo);
  await until('the picture is red', async () => isRed(await colorShown(watcher.mainVideo)));
  await until('the tone is heard', async () => Math.abs((await toneHeard(watcher.page)) - TONE_HZ) < 30);

  const { code, said } = await teaching;
  expect([code, said]).toEqual([0, expect.stringContaining(`/lessons/${lessonId}/replay`)]);
  await watcher.page.getByTestId('lesson-ended').waitFor();
  const { tracks, durationMs } = await api.replay(lessonId);
  expect(tracks.map(({ role }) => role).sort()).toEqual(['mic', 'teacher']);
  expect(durationMs).toBeGreaterThan(15_000);

  const screen = await ReplayScreen.open(watcher.page);
  await screen.playFrom(durationMs / 1000 / 2);
  await until('the replay is red', async () => isRed(await colorShown(screen.mainVideo)));
  await screen.playFrom(durationMs / 1000 - 3);
  await screen.untilEnded();
}, 300_000);
