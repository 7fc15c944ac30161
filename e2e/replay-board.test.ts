import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { Lesson } from '#protocol/domain.ts';
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
let page: Page;
let screen: ReplayScreen;
let events: TimelineEvent[];

const LINE: Spot[] = [
  [0.2, 0.3],
  [0.5, 0.3],
  [0.8, 0.3],
];
const ON_LINE: Spot = [0.5, 0.3];

beforeAll(async () => {
  [platform, browser] = await Promise.all([Platform.start(), TestBrowser.launch()]);
  lesson = await (await Api.signIn(platform.origin, DEMO.teacher)).planLesson();
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
  const say = { type: 'message.send', channel: 'class', child: null };
  expect(await room.ask({ ...say, text: 'good morning' })).toBeNull();
  expect(await room.ask({ ...say, text: 'not meant for here' })).toBeNull();
  const question = { kind: 'trueFalse', text: 'Is a half more than a third?', by: 'room' };
  expect(await desk.ask({ type: 'question.pose', question, right: null })).toBeNull();
  expect(await desk.ask({ type: 'board.show', shown: false })).toBeNull();
  const sent = await presenter.api.events(lesson.lessonId, 'message.sent');
  expect(await desk.ask({ type: 'message.remove', messageId: sent[1]!.messageId })).toBeNull();
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
