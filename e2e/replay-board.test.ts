import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { Caption } from '#protocol/caption.ts';
import type { Lesson } from '#protocol/domain.ts';
import { Saved } from '#protocol/edit-rest.ts';
import { StudyNote } from '#protocol/notes.ts';
import { ProgressAnswer } from '#protocol/progress.ts';
import { Resource } from '#protocol/resource.ts';
import type { TimelineEvent } from '#protocol/timeline.ts';
import { Api } from './harness/api.ts';
import { BoardScreen, type Spot } from './harness/board-screen.ts';
import { TestBrowser } from './harness/browser.ts';
import { Classroom, DEMO } from './harness/classroom.ts';
import { Platform } from './harness/platform.ts';
import { ReplayScreen } from './harness/replay-screen.ts';
import { SocketClient } from './harness/socket-client.ts';
import { until } from './harness/until.ts';

/* A lesson with board, question and chat, watched afterwards: everything is where it was, in any order of looking. */
let platform: Platform;
let browser: TestBrowser;
let lesson: Lesson;
let teacher: Api;
let page: Page;
let screen: ReplayScreen;
let events: TimelineEvent[];

/** Of the lesson, at least. */
const LENGTH_MS = 8_000;
const LINE: Spot[] = [
  [0.2, 0.3],
  [0.5, 0.3],
  [0.8, 0.3],
];
const ON_LINE: Spot = [0.5, 0.3];

beforeAll(async () => {
  [platform, browser] = await Promise.all([Platform.start(), TestBrowser.launch()]);
  teacher = await Api.signIn(platform.origin, DEMO.teacher);
  lesson = await teacher.planLesson();
  const presenter = await Classroom.enter(browser, platform.origin, DEMO.teacher, lesson);
  await presenter.startLesson();
  await presenter.ownFeeds(2);
  const room = await SocketClient.connect(await Api.signIn(platform.origin, DEMO.remoteClassroom));
  await room.join(lesson.lessonId);
  const desk = await SocketClient.connect(await Api.signIn(platform.origin, DEMO.administrator));
  await desk.join(lesson.lessonId);
  await until('something is recorded', async () => {
    const replay = await presenter.api.replay(lesson.lessonId).catch(() => null);
    return replay?.tracks.some(({ kind, spans }) => kind === 'video' && spans.length > 0);
  });

  await presenter.page.getByTestId('board-toggle').click();
  await new BoardScreen(presenter.page).hand(LINE);
  await new BoardScreen(presenter.page).untilItems(1);
  await untilLater();
  const say = { type: 'message.send', channel: 'class', child: null };
  expect(await room.ask({ ...say, text: 'good morning' })).toBeNull();
  expect(await room.ask({ ...say, text: 'not meant for here' })).toBeNull();
  await untilLater();
  const question = { kind: 'trueFalse', text: 'Is a half more than a third?', by: 'room' };
  expect(await desk.ask({ type: 'question.pose', question, right: null })).toBeNull();
  await untilLater();
  expect(await desk.ask({ type: 'board.show', shown: false })).toBeNull();
  const sent = await presenter.api.events(lesson.lessonId, 'message.sent');
  expect(await desk.ask({ type: 'message.remove', messageId: sent[1]!.messageId })).toBeNull();
  await until('there is enough to watch', async () => {
    const { durationMs } = await teacher.replay(lesson.lessonId);
    return durationMs > LENGTH_MS;
  });
  await presenter.endLesson();
  room.close();
  desk.close();
  await presenter.api.untilReady(lesson.lessonId);

  events = await presenter.api.timeline(lesson.lessonId);
  page = presenter.page;
  await page.goto(`${platform.origin}/lessons/${lesson.lessonId}/replay`);
  screen = await ReplayScreen.at(page);
  await screen.stand();
}, 300_000);

afterAll(async () => {
  await browser?.close();
  await platform?.close();
});

/** Until the lesson is a second further than its newest event: what is told apart on the bar has to lie apart. */
async function untilLater(): Promise<void> {
  const told = (await teacher.timeline(lesson.lessonId)).at(-1)?.mediaMs ?? 0;
  await until('the lesson has gone on', async () => {
    const { durationMs } = await teacher.replay(lesson.lessonId);
    return durationMs > told + 1_000;
  });
}

/** Lesson time of the first event of a kind, up to the next step of the bar, ms. */
const timeOf = (type: string, which = 0): number => {
  const mediaMs = events.filter(({ body }) => body.type === type)[which]?.mediaMs ?? 0;
  return Math.ceil(mediaMs / 100) * 100 + 100;
};

test('the board is drawn again where it was: after a jump, while the hand moved, and backwards', async () => {
  const { board } = screen;
  const finished = timeOf('board.drawn');
  await screen.seek(finished);
  await board.untilItems(1);
  await board.untilInk(ON_LINE, true);
  // The hand took some time for it: shortly before its end most of the stroke is there, and none of it stands.
  await screen.seek(finished - 200);
  await board.untilItems(0);
  await board.untilInk([0.25, 0.3], true, 'moving');
  expect(await board.inkAt(ON_LINE)).toBe(false);
  await screen.seek(finished);
  await board.untilInk(ON_LINE, true);
}, 300_000);

test('the cut has the board while the class saw it; another picture and back loads nothing anew', async () => {
  const { leader } = await page.getByTestId('replay-main').evaluate((element) => {
    (element as HTMLElement).dataset.kept = 'yes';
    return { leader: true };
  });
  expect(leader).toBe(true);
  await until('the board is in the cut', async () => (await screen.shown()).sources[0] === 'board');
  await screen.choose('teacher');
  const chosen = await screen.shown();
  expect([chosen.layout, chosen.sources.length, chosen.sources[0] === 'board']).toEqual(['single', 1, false]);
  await screen.backToCut();
  await until('the board is back', async () => (await screen.shown()).sources[0] === 'board');
  await screen.seek(timeOf('board.shown', 1) + 200);
  await until('the board is closed', async () => !(await screen.shown()).sources.includes('board'));
  expect(await page.locator('[data-testid=replay-main][data-kept=yes]').count()).toBe(1);
}, 300_000);

test('chapters lead to pages and questions; chat and questions are as they were then', async () => {
  await screen.seek(timeOf('message.sent', 1));
  const talk = await screen.openTab('talk');
  await talk.getByText('good morning').waitFor();
  // What was recalled later is not told again.
  expect(await talk.getByText('not meant for here').count()).toBe(0);
  const questions = await screen.openTab('questions');
  await screen.openTab('chapters');
  await screen.chapters.filter({ hasText: 'half' }).click();
  await screen.openTab('questions');
  await questions.getByText('Is a half more than a third?').waitFor();
  await screen.seek(0);
  await questions.getByText('Is a half more than a third?').waitFor({ state: 'detached' });
}, 300_000);

test('at three times the speed all elements stay in step', async () => {
  await page.getByTestId('replay-speed').selectOption('3');
  await screen.goOn();
  await until('it has run', async () => (await screen.state('replay-main')).currentTime > 3);
  await until('they are together', async () => {
    const offsets = await screen.offsets();
    return offsets.every((offset) => Math.abs(offset) <= 100);
  });
  await page.reload();
  await ReplayScreen.at(page);
  // The speed is remembered.
  expect(await page.getByTestId('replay-speed').inputValue()).toBe('3');
}, 300_000);

test('captions are brought as a file, shown at their moment, found, and lead to it; notes stay at theirs', async () => {
  const { lessonId } = lesson;
  await page.getByTestId('tab-captions').click();
  await page.getByTestId('edit-captions').click();
  const file =
    'WEBVTT\n\n00:01.000 --> 00:02.000\n<script>one</script>\n\n00:04.000 --> 00:06.000\n<v Ann>two &lt;b';
  const buffer = Buffer.from(file);
  await page.getByTestId('caption-file').setInputFiles({ name: 'x.srt', mimeType: 'text/plain', buffer });
  // What is written in the editor is saved by itself.
  await page.locator('#cue-0').click();
  await page.getByTestId('cue-text').fill('one more');
  const readText = async () =>
    (await teacher.get(Caption, 'GET', `/api/lessons/${lessonId}/captions/zh-CN`)).cues.map(
      ({ text }) => text,
    );
  await until('it is saved', async () => (await readText())[0] === 'one more');

  await page.goto(`${platform.origin}/lessons/${lessonId}/replay`);
  screen = await ReplayScreen.at(page);
  await screen.stand();
  await page.getByTestId('caption-language').selectOption('zh-CN');
  const spoken = page.getByTestId('caption');
  await screen.seek(1_500);
  await spoken.getByText('one more').waitFor();
  await screen.seek(3_000);
  await spoken.getByText('one more').waitFor({ state: 'detached' });

  await page.getByTestId('tab-captions').click();
  await page.getByTestId('caption-search').fill('TWO');
  const cues = page.getByTestId('cues').locator('button');
  await until('it is found', async () => (await cues.count()) === 1);
  await cues.click();
  await spoken.getByText('two <b').waitFor();
  expect((await screen.state('replay-main')).currentTime).toBeCloseTo(4, 1);

  await page.getByTestId('tab-notes').click();
  await page.getByTestId('note-text').fill('look here');
  await page.getByTestId('note-text-save').click();
  await page.getByTestId('notes').getByText('look here').waitFor();
  const [note] = await teacher.get(StudyNote.array(), 'GET', `/api/lessons/${lessonId}/notes`);
  expect(note?.atMs).toBeCloseTo(4_000, -2);
  // The page that goes away says how far it was.
  await page.goto('about:blank');
  await until('the platform knows where it was', async () => {
    const { progress } = await teacher.get(ProgressAnswer, 'GET', `/api/lessons/${lessonId}/progress`);
    return Math.abs((progress?.positionMs ?? 0) - 4_000) < 100;
  });
}, 300_000);

test('a programme of the lesson shows its clips one after the other and nothing in between', async () => {
  const { recordingId, durationMs } = await teacher.replay(lesson.lessonId);
  const clip = (fromMs: number, toMs: number) => ({ recordingId, lessonId: lesson.lessonId, fromMs, toMs });
  const middle = Math.round(durationMs / 2);
  // The second half comes first: what was written there is known before what was written earlier.
  const programme = {
    clips: [clip(middle + 1_000, middle + 2_500), clip(1_000, 2_500)],
    hiddenTrackIds: [],
    shots: null,
  };
  const [resource] = await teacher.get(Resource.array(), 'GET', '/api/resources/mine');
  const { resourceId, version } = resource!;
  const path = `/api/resources/${resourceId}`;
  await teacher.get(Saved, 'PUT', `${path}/programme`, { seen: version, programme });

  await page.goto(`${platform.origin}/resources/${resourceId}`);
  screen = await ReplayScreen.at(page);
  expect(await page.getByTestId('replay-seek').getAttribute('max')).toBe('3000');
  await page.getByTestId('replay-speed').selectOption('1');
  const frames = await screen.framesToTheEnd();
  const within = (from: number, to: number) => frames.filter((at) => at > from && at < to).length;
  expect(within(middle / 1000 + 1, middle / 1000 + 2.5)).toBeGreaterThan(0);
  expect(within(1, 2.5)).toBeGreaterThan(0);
  // Of what was left out nothing was shown, but for what a busy machine is late by.
  expect(frames.filter((at) => at > 3 && at < middle / 1000 + 0.9)).toEqual([]);
}, 300_000);
