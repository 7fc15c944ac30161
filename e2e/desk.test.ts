import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import type { Lesson } from '#protocol/domain.ts';
import type { EventBody } from '#protocol/timeline.ts';
import { Api } from './harness/api.ts';
import { TestBrowser } from './harness/browser.ts';
import { Classroom, DEMO } from './harness/classroom.ts';
import { Platform } from './harness/platform.ts';
import { untilMoving } from './harness/probe.ts';
import { until } from './harness/until.ts';

/** Of a camera's simulcast layers, a quarter of its width. */
const SMALLEST_WIDTH = 320;
const widthOf = (video: Locator) => video.evaluate((element) => (element as HTMLVideoElement).videoWidth);

/* One lesson at whose desk the operator sits: each step goes on where the one before ended. */
let platform: Platform;
let browser: TestBrowser;
let lesson: Lesson;
let teacher: Classroom;
let desk: Page;

beforeAll(async () => {
  [platform, browser] = await Promise.all([Platform.start(), TestBrowser.launch()]);
  lesson = await (await Api.signIn(platform.origin, DEMO.teacher)).planLesson();
  teacher = await Classroom.enter(browser, platform.origin, DEMO.teacher, lesson);
  await teacher.startLesson();
}, 300_000);

afterAll(async () => {
  await browser?.close();
  await platform?.close();
});

const bodies = async (): Promise<EventBody[]> =>
  (await teacher.api.timeline(lesson.lessonId)).map(({ body }) => body);
const last = async <T extends EventBody['type']>(type: T) =>
  (await bodies()).findLast((body): body is Extract<EventBody, { type: T }> => body.type === type);
const programme = () => desk.getByTestId('programme');

test('the operator goes from the timetable to the desk and sees what is recorded', async () => {
  desk = await browser.page(await Api.signIn(platform.origin, DEMO.operator), '/');
  await desk.getByTestId(`desk-${lesson.lessonId}`).click();
  await untilMoving('the teacher on the programme monitor', programme().locator('video'));
  await untilMoving('the teacher among the pictures', desk.getByTestId('source-face').locator('video'));
  await desk.getByTestId('source-face').getByTestId('level').waitFor({ state: 'attached' });
  await desk.getByTestId('record-size').waitFor();
  expect(await desk.getByTestId('record-panel').getAttribute('data-mood')).toBe('on');
}, 300_000);

test('a key cuts, a layout takes a second picture in, and the rooms see what they saw', async () => {
  const face = (await teacher.ownFeeds(2)).find(({ role }) => role === 'teacher')!.feedId;
  await teacher.page.getByTestId('board-toggle').click();
  await programme().and(desk.locator('[data-layout="pip"]')).waitFor();
  await desk.keyboard.press('1');
  await programme().and(desk.locator('[data-layout="single"]')).waitFor();
  expect(await last('shot.taken')).toMatchObject({ layout: 'single', board: false, feedIds: [face] });
  await desk.keyboard.press('2');
  await programme().locator('[data-source="board"]').waitFor();
  // What is not recorded now comes in the smallest of its layers.
  const tile = desk.getByTestId('source-face').locator('video');
  await until('the teacher comes small', async () => (await widthOf(tile)) <= SMALLEST_WIDTH);
  await desk.getByTestId('layout-side').click();
  await programme().and(desk.locator('[data-layout="side"]')).waitFor();
  expect(await last('shot.taken')).toMatchObject({ layout: 'side', board: true, feedIds: [face] });
  await desk.getByTestId('shot-auto').click();
  await programme().and(desk.locator('[data-layout="pip"]')).waitFor();
  expect(await last('feed.shown')).toBeUndefined();
}, 300_000);

test('a highlight is marked and taken back, and no room reads of it', async () => {
  await desk.keyboard.press('m');
  await desk.getByTestId('highlight-mark').waitFor();
  await desk.keyboard.press('z');
  await desk.getByTestId('highlight-mark').waitFor({ state: 'detached' });
  const room = await Api.signIn(platform.origin, DEMO.remoteClassroom);
  const read = (await room.timeline(lesson.lessonId)).map(({ body }) => body.type);
  expect(read.filter((type) => type.startsWith('highlight.'))).toEqual([]);
}, 300_000);

test('a pause is seen on the console, and its media is kept nowhere', async () => {
  const mark = teacher.page.getByTestId('recording');
  await desk.getByTestId('record-pause').click();
  await mark.and(teacher.page.locator('[data-state="held"]')).waitFor();
  await teacher.page.getByTestId('record-menu').click();
  await teacher.page.getByTestId('record-run').click();
  await mark.and(teacher.page.locator('[data-state="on"]')).waitFor();
  const gap = await until('the recorder tells of the pause', async () =>
    (await bodies()).find((body) => body.type === 'recording.gap' && body.cause === 'held'),
  );
  if (gap.type !== 'recording.gap') throw new Error('asked for a gap');
  const events = await teacher.api.timeline(lesson.lessonId);
  const resumed = events.find(({ body }) => body.type === 'recording.resumed')!.mediaMs!;
  expect(gap.fromMs).toBeLessThan(resumed);
  expect(gap.toMs).toBeGreaterThanOrEqual(resumed - 1);
}, 300_000);
