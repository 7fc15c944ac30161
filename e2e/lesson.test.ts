import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Lesson } from '#protocol/domain.ts';
import { Api } from './harness/api.ts';
import { TestBrowser } from './harness/browser.ts';
import { Classroom, DEMO } from './harness/classroom.ts';
import { Platform } from './harness/platform.ts';
import { devicesInUse, received, unplugCamera, untilHeard, untilMoving } from './harness/probe.ts';
import { ReplayScreen } from './harness/replay-screen.ts';
import { until } from './harness/until.ts';

/*
 * One lesson from the timetable to its replay, in the order in which it happens: each step goes on where
 * the one before ended.
 */
let platform: Platform;
let browser: TestBrowser;
let lesson: Lesson;
let presenter: Classroom;
let remote: Classroom;

const sorted = (items: readonly string[]) => [...items].sort();

beforeAll(async () => {
  [platform, browser] = await Promise.all([Platform.start(), TestBrowser.launch()]);
  lesson = await (await Api.signIn(platform.origin, DEMO.teacher)).planLesson();
}, 300_000);

afterAll(async () => {
  await browser?.close();
  await platform?.close();
});

describe('a lesson', () => {
  test('is one tap away from the timetable, and one more starts it', async () => {
    const page = await browser.page(null, '/sign-in', platform.origin);
    await page.getByTestId(`account-${DEMO.masterClassroom}`).click();
    await page.getByTestId(`enter-${lesson.lessonId}`).click();
    const api = await Api.signIn(platform.origin, DEMO.masterClassroom);
    presenter = Classroom.at(page, api, lesson.lessonId);
    await presenter.startLesson();
    expect(await api.lesson(lesson.lessonId)).toMatchObject({ state: 'live' });
  }, 300_000);

  test('carries pictures and voices both ways', async () => {
    remote = await Classroom.enter(browser, platform.origin, DEMO.remoteClassroom, lesson);
    await Promise.all([
      untilMoving('the teacher on the big screen', remote.mainVideo),
      untilMoving('the pupils at the teacher', presenter.tileVideo(DEMO.remoteClassroom)),
    ]);
    await Promise.all([
      untilHeard('the remote classroom', remote.page),
      untilHeard('the teacher', presenter.page),
    ]);
    const feeds = await presenter.liveFeeds();
    expect(sorted(feeds.map(({ role }) => role))).toEqual(['mic', 'mic', 'pupils', 'teacher']);
    expect(await devicesInUse(presenter.page)).toBe(2);
  }, 300_000);

  test('shows the screen large beside the teacher', async () => {
    await presenter.page.getByTestId('share-screen').click();
    await presenter.ownFeeds(3);
    // The screen took the large place; the teacher moved to the side.
    await untilMoving('the screen on the big screen', remote.mainVideo, 2);
    await untilMoving('the teacher at the side', remote.tileVideo(lesson.teacherName));
  }, 300_000);

  test('is seen and heard by somebody who comes late', async () => {
    const observer = await Classroom.enter(browser, platform.origin, DEMO.researcher, lesson);
    await untilMoving('the screen at the late comer', observer.mainVideo, 2);
    await untilHeard('the late comer', observer.page);
    expect(await observer.liveFeeds()).toHaveLength(5);
    expect(await devicesInUse(observer.page)).toBe(0);
    await observer.close();
  }, 300_000);

  test('shows a paused picture as paused and brings it back', async () => {
    const paused = () =>
      presenter.liveFeeds().then((feeds) => feeds.find(({ role }) => role === 'pupils')?.paused);
    await remote.page.getByTestId('toggle-camera').click();
    await until('the pupils’ picture is paused', async () => (await paused()) === true);
    await presenter.tileVideo(DEMO.remoteClassroom).waitFor({ state: 'detached' });
    await remote.page.getByTestId('toggle-camera').click();
    await until('the pupils’ picture is back', async () => (await paused()) === false);
    await untilMoving('the pupils at the teacher', presenter.tileVideo(DEMO.remoteClassroom));
  }, 300_000);

  test('goes on by itself when a camera was unplugged and plugged in again', async () => {
    const pictures = remote.mainVideo;
    await unplugCamera(presenter.page);
    // The fake device is there again at once: what was sent ended, and another capture took its place.
    await until('another camera track is open', async () => (await devicesInUse(presenter.page)) === 3);
    await untilMoving('the teacher at the side', remote.tileVideo(lesson.teacherName));
    await untilMoving('the screen on the big screen', pictures, 2);
  }, 300_000);

  test('goes on in the same seat, feeds and recording when the teacher reloads her page', async () => {
    const before = await presenter.liveFeeds();
    await presenter.page.reload();
    const after = await presenter.ownFeeds(2);
    for (const feed of after) {
      const { feedId, participantId } = before.find(
        ({ role, accountId }) => role === feed.role && accountId === feed.accountId,
      )!;
      expect(feed).toMatchObject({ feedId, participantId });
    }
    await untilMoving('the teacher on the big screen', remote.mainVideo);
    await untilHeard('the remote classroom', remote.page);
    await untilMoving('the pupils at the teacher', presenter.tileVideo(DEMO.remoteClassroom));
    expect(await presenter.api.events(lesson.lessonId, 'recording.started')).toHaveLength(1);
  }, 300_000);

  test('gives the seat to the page that asked last, and back on request', async () => {
    const second = await remote.page.context().newPage();
    await second.goto(remote.page.url());
    await remote.page.getByTestId('take-seat-back').waitFor();
    expect(await devicesInUse(remote.page)).toBe(0);
    await untilMoving('the teacher on the second page', second.getByTestId('stage-main').locator('video'));

    await remote.page.getByTestId('take-seat-back').click();
    await second.getByTestId('take-seat-back').waitFor();
    await untilMoving('the teacher on the big screen', remote.mainVideo);
    await untilMoving('the pupils at the teacher', presenter.tileVideo(DEMO.remoteClassroom));
    await second.close();
  }, 300_000);

  test('ends for everybody at the bell, and lets go of cameras and microphones', async () => {
    await presenter.endLesson();
    await remote.page.getByTestId('lesson-ended').waitFor();
    for (const { page } of [presenter, remote]) {
      expect(await devicesInUse(page)).toBe(0);
      expect((await received(page)).framesDecoded).toBe(0);
    }
    const ended = await presenter.api.untilReady(lesson.lessonId);
    expect(ended.replayMs).toBeGreaterThan(0);
  }, 300_000);

  test('has a replay of every feed, each as long as the lesson', async () => {
    const replay = await remote.api.replay(lesson.lessonId);
    const who = replay.tracks.map(({ participantName, role }) => `${participantName} ${role}`);
    expect(sorted(who)).toEqual(
      sorted([
        `${DEMO.masterClassroom} mic`,
        `${DEMO.masterClassroom} screen`,
        `${DEMO.masterClassroom} teacher`,
        `${DEMO.remoteClassroom} mic`,
        `${DEMO.remoteClassroom} pupils`,
      ]),
    );
    expect(replay.live).toBe(false);
    for (const { spans } of replay.tracks) expect(spans.length).toBeGreaterThan(0);
  }, 300_000);

  test('plays to its last second in the browser, both pictures together', async () => {
    const screen = await ReplayScreen.open(remote.page);
    // The cut shows the screen only as long as the class saw it.
    await screen.choose('teacher');
    await screen.addBeside('screen');
    await screen.playToTheEnd();
    const main = await screen.state('replay-main');
    const second = await screen.state('replay-second');
    for (const media of [main, second]) {
      expect(media.frames).toBeGreaterThan(10);
      expect(media.errorCode).toBeNull();
    }
    expect(main.currentTime).toBeGreaterThan(main.duration - 1);
    const { durationMs } = await remote.api.replay(lesson.lessonId);
    expect(Math.abs(main.duration * 1000 - durationMs)).toBeLessThan(1_000);
  }, 300_000);

  test('left no error in any log', () => {
    expect(platform.complaints).not.toMatch(/"level":(50|60)/);
  });
});
