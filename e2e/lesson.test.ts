import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Lesson } from '#protocol/domain.ts';
import { Api } from './harness/api.ts';
import { TestBrowser } from './harness/browser.ts';
import { Classroom, DEMO } from './harness/classroom.ts';
import { Platform } from './harness/platform.ts';
import { untilHeard, untilMoving } from './harness/probe.ts';
import { until } from './harness/until.ts';

/*
 * One lesson from the timetable to its replay, in the order in which it happens. Each step goes on where
 * the one before ended.
 */
let platform: Platform;
let browser: TestBrowser;
let lesson: Lesson;
let presenter: Classroom;
let remote: Classroom;

beforeAll(async () => {
  [platform, browser] = await Promise.all([Platform.start(), TestBrowser.launch()]);
  lesson = await (await Api.signIn(platform.origin, DEMO.teacher)).planLesson();
}, 90_000);

afterAll(async () => {
  await browser?.close();
  await platform?.close();
});

describe('a lesson', () => {
  test('from signing in to a running lesson is one tap each', async () => {
    presenter = await Classroom.enter(browser, platform.origin, DEMO.masterClassroom, lesson);
    remote = await Classroom.enter(browser, platform.origin, DEMO.remoteClassroom, lesson);
    await presenter.startLesson();
    expect(await presenter.api.lesson(lesson.lessonId)).toMatchObject({ state: 'live' });
  }, 60_000);

  test('media flows both ways: pictures move, voices are heard', async () => {
    await Promise.all([
      untilMoving('the teacher on the big screen', remote.mainVideo),
      untilMoving('the pupils at the teacher', presenter.roomVideo(DEMO.remoteClassroom)),
    ]);
    await Promise.all([
      untilHeard('the remote classroom', remote.page),
      untilHeard('the teacher', presenter.page),
    ]);
  }, 60_000);
});
