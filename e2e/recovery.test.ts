import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Lesson } from '#protocol/domain.ts';
import { Api } from './harness/api.ts';
import { TestBrowser } from './harness/browser.ts';
import { Classroom, DEMO } from './harness/classroom.ts';
import { LINE_ADDRESS, Line } from './harness/line.ts';
import { Platform } from './harness/platform.ts';
import {
  framesShown,
  holdCamera,
  protocolsInUse,
  received,
  trackShown,
  untilHeard,
  untilMoving,
} from './harness/probe.ts';
import { ReplayScreen } from './harness/replay-screen.ts';
import { until } from './harness/until.ts';

/*
 * The worst lesson in the county: every process is killed with -9 in turn and the network fails twice,
 * and nobody touches anything. Each test finds the lesson running and leaves it running.
 */
let platform: Platform;
let browser: TestBrowser;
let line: Line;
let lesson: Lesson;
let presenter: Classroom;
let remote: Classroom;

beforeAll(async () => {
  // Media goes to the line's address and from there on to the sfu.
  [platform, browser] = await Promise.all([
    Platform.start({ TC_SFU_ANNOUNCED_ADDRESS: LINE_ADDRESS }),
    TestBrowser.launch(),
  ]);
  line = await Line.open({ tcp: [platform.ports.http, platform.ports.sfu], udp: platform.ports.sfu });
  lesson = await (await Api.signIn(platform.origin, DEMO.teacher)).planLesson();
  const origin = `http://${LINE_ADDRESS}:${platform.ports.http}`;
  presenter = await Classroom.enter(browser, platform.origin, DEMO.masterClassroom, lesson, origin);
  await presenter.startLesson();
  remote = await Classroom.enter(browser, platform.origin, DEMO.remoteClassroom, lesson, origin);
}, 300_000);

afterAll(async () => {
  await browser?.close();
  line?.close();
  await platform?.close();
});

const untilTheLessonRuns = async () => {
  await until('the platform is whole', () => platform.isWhole());
  await Promise.all([
    untilMoving('the teacher on the big screen', remote.mainVideo),
    untilMoving('the pupils at the teacher', presenter.tileVideo(DEMO.remoteClassroom)),
    untilHeard('the remote classroom', remote.page),
    untilHeard('the teacher', presenter.page),
  ]);
};
const feedIds = async () => (await presenter.liveFeeds()).map(({ feedId }) => feedId).sort();

let feedsBefore: string[];

beforeEach(async () => {
  await untilTheLessonRuns();
  feedsBefore = await feedIds();
}, 300_000);

afterEach(() => line.mend());

describe('while nobody touches anything', () => {
  test('the picture goes on while signaling is dead, and nothing is made anew when it is back', async () => {
    const before = { track: await trackShown(remote.mainVideo), ...(await received(remote.page)) };
    const seq = (await remote.api.timeline(lesson.lessonId)).length;
    const joins = remote.requests.filter((type) => type === 'join').length;
    platform.kill('signaling');
    await until('signaling is dead', () =>
      platform.isWhole().then(
        () => false,
        () => true,
      ),
    );
    const shown = await framesShown(remote.mainVideo);

    await until('signaling serves again', () => platform.isWhole());
    expect(await framesShown(remote.mainVideo)).toBeGreaterThan(shown);
    await until(
      'the page sits in its seat again',
      () => remote.requests.filter((type) => type === 'join').length > joins,
    );
    await untilTheLessonRuns();
    expect(await trackShown(remote.mainVideo)).toBe(before.track);
    expect((await received(remote.page)).connections).toBe(before.connections);
    const since = (await remote.api.timeline(lesson.lessonId)).slice(seq).map(({ body }) => body.type);
    expect(since).toContain('participant.back');
    expect(since).not.toContain('feed.removed');
  }, 300_000);

  test('pictures and voices come back after the sfu was killed', async () => {
    const dead = await trackShown(remote.mainVideo);
    platform.kill('sfu');
    await until(
      'another picture is there',
      async () => ![dead, ''].includes(await trackShown(remote.mainVideo)),
    );
    await untilTheLessonRuns();
    expect(await feedIds()).toEqual(feedsBefore);
  }, 300_000);

  test('pictures and voices come back after a media worker was killed', async () => {
    const dead = await trackShown(remote.mainVideo);
    process.kill(platform.workerPid, 'SIGKILL');
    await until(
      'another picture is there',
      async () => ![dead, ''].includes(await trackShown(remote.mainVideo)),
    );
    await untilTheLessonRuns();
    expect(await feedIds()).toEqual(feedsBefore);
  }, 300_000);

  test('the lesson does not notice that the recorder was killed', async () => {
    const { connections } = await received(remote.page);
    const { pid } = { pid: platform.pidOf('recorder') };
    platform.kill('recorder');
    await until(
      'the recorder is back',
      async () => platform.pidOf('recorder') !== pid && (await platform.isWhole()),
    );
    await untilTheLessonRuns();
    expect((await received(remote.page)).connections).toBe(connections);
    await until('the gap is on the timeline', async () => {
      const gaps = await remote.api.events(lesson.lessonId, 'recording.gap');
      return gaps.length > 0;
    });
  }, 300_000);

  test('a lost network is back by ICE restart', async () => {
    const from = remote.requests.length;
    line.cut();
    await until('the page asks for an ICE restart', () =>
      remote.requests.includes('transport.restartIce', from),
    );
    line.mend();
    await untilTheLessonRuns();
    const asked = remote.requests.slice(from).filter((type) => /restartIce|create/.test(type));
    expect(asked[0]).toBe('transport.restartIce');
  }, 300_000);

  test('where an ICE restart does not help, new transports do', async () => {
    const from = remote.requests.length;
    line.cut();
    await until('the page asks for a new transport', () =>
      remote.requests.includes('transport.create', from),
    );
    line.mend();
    await untilTheLessonRuns();
    expect(await feedIds()).toEqual(feedsBefore);
  }, 300_000);
});

test('a picture that stands still without a word is asked for again, then made anew', async () => {
  const from = remote.requests.length;
  const flowAgain = await holdCamera(presenter.page);
  await until('the page asks for the picture again', () => remote.requests.includes('consumer.resume', from));
  await until('the page makes its receiver anew', () => remote.requests.includes('consumer.create', from));
  await flowAgain();
  await untilTheLessonRuns();
}, 300_000);

test('where a firewall lets only TCP through, media takes TCP', async () => {
  expect(new Set(await protocolsInUse(remote.page))).toEqual(new Set(['udp']));
  line.blockUdp();
  await until('media goes over TCP', async () => {
    const protocols = await protocolsInUse(remote.page);
    return protocols.length === 2 && protocols.every((protocol) => protocol === 'tcp');
  });
  await untilTheLessonRuns();
}, 300_000);

describe('after all that', () => {
  test('the lesson ends, and its replay is whole: gaps are marked and played through', async () => {
    await presenter.endLesson();
    await remote.page.getByTestId('lesson-ended').waitFor();
    const { replayMs } = await presenter.api.untilReady(lesson.lessonId);
    const { tracks, durationMs } = await presenter.api.replay(lesson.lessonId);
    expect(durationMs).toBe(replayMs);
    expect(tracks).toHaveLength(4);
    const gaps = await presenter.api.events(lesson.lessonId, 'recording.gap');
    expect(gaps.length).toBeGreaterThan(0);
    for (const { spans } of tracks) expect(spans.length).toBeGreaterThan(1);

    const screen = await ReplayScreen.open(remote.page);
    const gap = tracks.find(({ role }) => role === 'teacher')!.spans[0]!.toMs / 1000;
    await screen.playFrom(gap - 2);
    await until(
      'the gap is played through',
      async () => (await screen.state('replay-main')).currentTime > gap + 4,
    );
    await screen.playFrom(durationMs / 1000 - 4);
    await screen.untilEnded();
    expect((await screen.state('replay-main')).errorCode).toBeNull();
  }, 300_000);
});
