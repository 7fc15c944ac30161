import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { BrowserContext, Page } from 'playwright-core';
import type { Lesson } from '#protocol/domain.ts';
import { projectLive } from '#protocol/live-state.ts';
import { Api } from './harness/api.ts';
import { TestBrowser } from './harness/browser.ts';
import { Classroom, DEMO } from './harness/classroom.ts';
import { Platform } from './harness/platform.ts';
import { received, untilHeard, untilMoving } from './harness/probe.ts';
import { SocketClient } from './harness/socket-client.ts';
import { until } from './harness/until.ts';

/* One class that is steered: each step goes on where the one before ended. */
let platform: Platform;
let browser: TestBrowser;
let lesson: Lesson;
let teacher: Classroom;
let remote: Classroom;
let assistant: Classroom;
/** The second remote classroom, without a page. */
let other: SocketClient;
let otherApi: Api;

beforeAll(async () => {
  [platform, browser] = await Promise.all([Platform.start(), TestBrowser.launch()]);
  lesson = await (await Api.signIn(platform.origin, DEMO.teacher)).planLesson();
  teacher = await Classroom.enter(browser, platform.origin, DEMO.masterClassroom, lesson);
  await teacher.startLesson();
  const { origin } = platform;
  remote = await Classroom.enter(browser, origin, DEMO.remoteClassroom, lesson, origin, wrongClock);
  await untilMoving('the pupils at the teacher', teacher.tileVideo(DEMO.remoteClassroom));
  otherApi = await Api.signIn(platform.origin, DEMO.otherClassroom);
  other = await SocketClient.connect(otherApi);
  await other.join(lesson.lessonId);
}, 300_000);

afterAll(async () => {
  other?.close();
  await browser?.close();
  await platform?.close();
});

/** The remote classroom's machine believes that it is this time tomorrow, in all of this file. */
async function wrongClock(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const aheadMs = 24 * 3_600_000;
    const Right = Date;
    globalThis.Date = class extends Right {
      constructor(...args: [] | ConstructorParameters<DateConstructor>) {
        if (args.length === 0) super(Right.now() + aheadMs);
        else super(...(args as [number]));
      }
      static override now() {
        return Right.now() + aheadMs;
      }
    } as DateConstructor;
  });
}

const live = async () => projectLive(lesson.lessonId, await teacher.api.timeline(lesson.lessonId));
const steering = async () => (await live()).steering;
const touch = (page: Page, id: string) => page.getByTestId(id).click();
const idOf = async (name: string) =>
  [...(await live()).participants.values()].find((known) => known.name === name)!.participantId;

/** Waits until no sound comes any more: four looks in a row without growth. */
async function untilSilent(what: string, page: Page): Promise<void> {
  let last = -1;
  let same = 0;
  await until(`${what} hears nothing`, async () => {
    const { audioEnergy } = await received(page);
    same = audioEnergy === last ? same + 1 : 0;
    last = audioEnergy;
    return same >= 4;
  });
}

describe('listening and discussing', () => {
  test('one touch mutes the rooms, another opens them all', async () => {
    await untilHeard('the teacher', teacher.page);
    await touch(teacher.page, 'stage-listen');
    await untilSilent('the teacher', teacher.page);
    await untilHeard('the room', remote.page);
    await touch(teacher.page, 'stage-discuss');
    await untilHeard('the teacher', teacher.page);
  }, 300_000);

  test('whoever steers on an old view is told, and there is one truth', async () => {
    const operator = await SocketClient.connect(await Api.signIn(platform.origin, DEMO.administrator));
    await operator.join(lesson.lessonId);
    const seen = (await steering()).stageSeq;
    await touch(teacher.page, 'stage-listen');
    await until('the class listens', async () => (await steering()).stage.kind === 'listen');
    const stage = { kind: 'room', participantId: await idOf(DEMO.remoteClassroom) };
    expect(await operator.ask({ type: 'stage.set', stage, seen })).toBe('OVERTAKEN');
    expect((await steering()).stage.kind).toBe('listen');
    operator.close();
  }, 300_000);
});

describe('the assistant’s phone', () => {
  test('raises a hand for a child, tells the teacher, and counts the children', async () => {
    assistant = await Classroom.enter(browser, platform.origin, DEMO.assistant, lesson);
    await assistant.page.getByRole('button', { name: '石小梅' }).click();
    await teacher.page.getByTestId('hand-queue').getByText('石小梅').waitFor();
    await touch(assistant.page, 'remark-cannotHear');
    await teacher.page.getByTestId('remark').waitFor();
    await touch(assistant.page, 'roll-take');
    await assistant.page.getByRole('button', { name: '向春花' }).last().click();
    await touch(assistant.page, 'roll-save');
    const roll = await until('the roll is taken', async () =>
      (await steering()).rolls.get(await idOf(DEMO.remoteClassroom)),
    );
    expect(roll).toMatchObject({ present: 6, expected: 7, absent: ['向春花'] });
    // The big screen shows and sounds the lesson; the phone takes nothing of the village's line.
    expect((await received(assistant.page)).connections).toBe(0);
  }, 300_000);
});

describe('calling', () => {
  test('a raised hand is called with one touch: the room is on stage and reads the child’s name', async () => {
    await teacher.page.getByTestId('hand-queue').getByText('石小梅').click();
    for (const page of [remote.page, assistant.page])
      await page.getByTestId('call-sentence').getByText('石小梅').waitFor();
    await untilHeard('the teacher', teacher.page);
    await teacher.page.getByTestId('hand-queue').waitFor({ state: 'detached' });
    await touch(teacher.page, 'call-done');
    await remote.page.getByTestId('call-sentence').waitFor({ state: 'detached' });
    expect((await steering()).stage.kind).toBe('listen');
  }, 300_000);

  test('chance takes the room that was not called yet', async () => {
    await touch(teacher.page, 'call');
    await touch(teacher.page, 'call-random-room');
    const { call } = await until('somebody is called', async () => {
      const now = await steering();
      return now.call && now;
    });
    const rooms = [await idOf(DEMO.otherClassroom), await idOf(DEMO.remoteClassroom)];
    expect(rooms).toContain(call?.participantId);
    expect(call?.random).toBe(true);
    await touch(teacher.page, 'call-done');
  }, 300_000);

  test('a reload of the room’s page finds the class as it is', async () => {
    await touch(teacher.page, 'call');
    await touch(teacher.page, `call-room-${await idOf(DEMO.remoteClassroom)}`);
    await remote.page.getByTestId('call-sentence').waitFor();
    await remote.page.reload();
    await remote.page.getByTestId('call-sentence').waitFor();
    await touch(teacher.page, 'call-done');
  }, 300_000);
});

describe('pause, timer and switches', () => {
  test('the class stands still until the teacher goes on, and the rooms cannot undo it', async () => {
    await touch(teacher.page, 'pause-class');
    await remote.page.getByTestId('pause-veil').waitFor();
    await untilSilent('the room', remote.page);
    expect(await other.ask({ type: 'class.pause', paused: false })).toBe('FORBIDDEN');
    expect(await other.ask({ type: 'hand.raise', child: null })).toBe('CLASS_PAUSED');
    await touch(teacher.page, 'pause-class');
    await remote.page.getByTestId('pause-veil').waitFor({ state: 'detached' });
    await untilMoving('the teacher on the big screen', remote.mainVideo);
    await untilHeard('the room', remote.page);
  }, 300_000);

  test('a countdown runs on every screen', async () => {
    await touch(teacher.page, 'timer');
    await teacher.page.getByRole('button', { name: /^5 / }).click();
    // Also where the machine's own clock is a day ahead.
    for (const page of [remote.page, assistant.page])
      await page
        .getByTestId('timer-view')
        .getByText(/^[45]:/)
        .waitFor();
    await touch(teacher.page, 'timer-stop');
    await remote.page.getByTestId('timer-view').waitFor({ state: 'detached' });
  }, 300_000);

  test('pictures switched off for the rooms stop, and come back', async () => {
    await touch(teacher.page, 'more');
    await touch(teacher.page, 'switch-video');
    await until(
      'no picture of the room',
      async () => (await teacher.tileVideo(DEMO.remoteClassroom).count()) === 0,
    );
    await touch(teacher.page, 'switch-video');
    await untilMoving('the pupils at the teacher', teacher.tileVideo(DEMO.remoteClassroom));
    await teacher.page.keyboard.press('Escape');
  }, 300_000);
});

describe('the master classroom’s cameras', () => {
  test('a second camera is added, named and made large for everybody, and comes back with the page', async () => {
    await touch(teacher.page, 'feeds');
    await touch(teacher.page, 'camera-2-pupils');
    await teacher.ownFeeds(3);
    const name = teacher.page.getByTestId('show-pupils').locator('xpath=..').getByRole('textbox');
    await name.fill('学生席');
    await name.press('Enter');
    await touch(teacher.page, 'show-pupils');
    await teacher.page.keyboard.press('Escape');
    await teacher.page.getByTestId('stage-main').getByText('学生席').waitFor();
    // The teacher's face moved beside the picture that was made large.
    await untilMoving('the teacher at the side', remote.tileVideo(lesson.teacherName));
    await untilMoving('the pupils of the master classroom', remote.mainVideo);
    await teacher.page.reload();
    await teacher.ownFeeds(3);
    await teacher.page.getByTestId('stage-main').getByText('学生席').waitFor();
    await touch(teacher.page, 'feeds');
    await touch(teacher.page, 'camera-2-pupils');
    await teacher.ownFeeds(2);
    await touch(teacher.page, 'show-auto');
    await teacher.page.keyboard.press('Escape');
    await untilMoving('the teacher on the big screen', remote.mainVideo);
  }, 300_000);
});

test('an observer is listed to the teacher and unseen by the rooms', async () => {
  const observer = await SocketClient.connect(await Api.signIn(platform.origin, DEMO.researcher));
  const { participant } = await observer.join(lesson.lessonId);
  await touch(teacher.page, 'more');
  await teacher.page.getByTestId('observers').getByText(DEMO.researcher).waitFor();
  await teacher.page.keyboard.press('Escape');
  const again = await SocketClient.connect(otherApi);
  const { events, snapshot } = await again.join(lesson.lessonId);
  expect(JSON.stringify([events, snapshot])).not.toContain(participant.name);
  expect(JSON.stringify(await otherApi.timeline(lesson.lessonId))).not.toContain(participant.name);
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
  observer.close();
  other.close();
  other = again;
}, 300_000);

describe('the room’s second display', () => {
  test('is a window of the same seat', async () => {
    const [second] = await Promise.all([
      remote.page.waitForEvent('popup'),
      touch(remote.page, 'second-window'),
    ]);
    await second.getByTestId('second-screen').getByText(DEMO.otherClassroom).waitFor();
    // The board takes the first display, and the teacher's face the second.
    await touch(teacher.page, 'board-toggle');
    await second.getByText(lesson.teacherName).waitFor();
    await untilMoving('the teacher on the second display', second.locator('video').first());
    await touch(teacher.page, 'board-toggle');
    await second.getByText(lesson.teacherName).waitFor({ state: 'detached' });
    await touch(remote.page, 'second-window');
    await until('the window is closed', () => second.isClosed());
  }, 300_000);
});

test('a room that was cut off catches up from the recording, with the live lesson one touch away', async () => {
  const participantId = await idOf(DEMO.remoteClassroom);
  await remote.page.goto('about:blank');
  await until(
    'the room is away',
    async () => (await live()).participants.get(participantId)?.state === 'away',
  );
  // Less than this is no absence that anybody would want to see.
  await sleep(16_000);
  await remote.page.goto(`${platform.origin}/lessons/${lesson.lessonId}`);
  await touch(remote.page, 'catch-up');
  const video = remote.page.getByTestId('catch-up-video');
  const playing = () =>
    video.evaluate((element) => {
      const { currentTime, playbackRate } = element as HTMLVideoElement;
      return { currentTime, playbackRate };
    });
  const before = await until('the recording plays faster', async () => {
    const now = await playing();
    return now.playbackRate > 1.2 && now.currentTime > 0 && now;
  });
  await until('it goes on', async () => (await playing()).currentTime > before.currentTime);
  await touch(remote.page, 'back-to-live');
  await remote.page.getByTestId('catching-up').waitFor({ state: 'detached' });
  await untilMoving('the teacher on the big screen', remote.mainVideo);
  await untilHeard('the room', remote.page);
}, 300_000);

describe('removal', () => {
  test('ends a room’s line, media and seat, and a kept-out room cannot come back until it is let', async () => {
    await teacher.page.getByRole('button', { name: DEMO.remoteClassroom }).click();
    await touch(teacher.page, 'room-forbid');
    await remote.page.getByText('REMOVED').waitFor();
    await until('its feeds are gone', async () =>
      (await teacher.liveFeeds()).every(({ accountId }) => accountId !== remote.api.account?.accountId),
    );
    const back = await SocketClient.connect(remote.api);
    await expect(back.join(lesson.lessonId)).rejects.toThrow('REMOVED');
    await touch(teacher.page, 'more');
    await teacher.page.getByRole('button', { name: /Let back in|允许回来/ }).click();
    await until('the room is let in', () =>
      back.join(lesson.lessonId).then(
        () => true,
        () => false,
      ),
    );
    back.close();
  }, 300_000);
});
