import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Lesson } from '#protocol/domain.ts';
import { projectLive } from '#protocol/live-state.ts';
import { WordImport } from '#protocol/moderation.ts';
import { Api } from './harness/api.ts';
import { SLOW_CAMERAS, TestBrowser } from './harness/browser.ts';
import { Classroom, DEMO } from './harness/classroom.ts';
import { Platform } from './harness/platform.ts';
import { SocketClient } from './harness/socket-client.ts';
import { until } from './harness/until.ts';

/* One class that is asked and that writes: each step goes on where the one before ended. */
let platform: Platform;
let browser: TestBrowser;
let lesson: Lesson;
let teacher: Classroom;
let remote: Classroom;
/** The second remote classroom, without a page: it reads what the first one's page is told, too. */
let other: SocketClient;
let assistant: SocketClient;

beforeAll(async () => {
  [platform, browser] = await Promise.all([Platform.start(), TestBrowser.launch([SLOW_CAMERAS])]);
  const { origin } = platform;
  lesson = await (await Api.signIn(origin, DEMO.teacher)).planLesson();
  teacher = await Classroom.enter(browser, origin, DEMO.teacher, lesson);
  await teacher.startLesson();
  remote = await Classroom.enter(browser, origin, DEMO.remoteClassroom, lesson);
  other = await SocketClient.connect(await Api.signIn(origin, DEMO.otherClassroom));
  await other.join(lesson.lessonId);
  assistant = await SocketClient.connect(await Api.signIn(origin, DEMO.assistant));
  await assistant.join(lesson.lessonId);
}, 300_000);

afterAll(async () => {
  other?.close();
  assistant?.close();
  await browser?.close();
  await platform?.close();
});

const live = async () => projectLive(lesson.lessonId, await teacher.api.timeline(lesson.lessonId));
const asked = async () => (await live()).asking.questions.at(-1)!;
const touch = (id: string) => teacher.page.getByTestId(id).click();
const counted = (answer: string, count: number) =>
  teacher.page
    .getByTestId('asked')
    .locator(`[data-testid="result-${answer}"][data-count="${count}"]`)
    .waitFor();
const give = async (client: SocketClient, value: unknown, child: string | null = null) =>
  client.ask({ type: 'answer.give', questionId: (await asked()).questionId, child, value });
const pick = (...picks: number[]) => ({ kind: 'choice', picks });

describe('a question', () => {
  test('is posed with one touch, answered by touch on the big screen, and counted live', async () => {
    await touch('tab-ask');
    await touch('ask-choice');
    await remote.page.getByTestId('option-1').click();
    await remote.page.getByTestId('answered').waitFor();
    await counted('B', 1);
    expect(await give(other, pick(2))).toBeNull();
    await counted('C', 1);
  }, 300_000);

  test('is answered again by key, the last answer counts', async () => {
    await remote.page.keyboard.press('3');
    await counted('C', 2);
    await counted('B', 0);
    await remote.page.keyboard.press('a');
    await counted('A', 1);
  }, 300_000);

  test("shows another room's answer and what is right to nobody before the teacher shows them", async () => {
    await teacher.page.getByTestId('asked').getByTestId('result-C').locator('button').click();
    await until('the right answer is on the timeline', async () => (await asked()).right !== null);
    const told = JSON.stringify(other.messages);
    expect(told).toContain('question.posed');
    expect(told).not.toContain('question.keyed');
    expect(told).not.toContain('"right":{');
    // Its own answer (C), not the other room's (A).
    expect(told).not.toContain('"picks":[0]');
    const seen = await remote.api.events(lesson.lessonId, 'answer.given');
    expect(seen.every(({ participantId }) => participantId === seen[0]?.participantId)).toBe(true);
    expect(await remote.page.getByTestId('result-chart').count()).toBe(0);
  });

  test('is closed, and an answer that comes too late is refused', async () => {
    await touch('close-question');
    await until('it is closed', async () => (await asked()).closedAt !== null);
    expect(await give(other, pick(0))).toBe('WRONG_STATE');
    await remote.page.getByTestId('question-on-stage').waitFor({ state: 'detached' });
  });

  test('shows its results and what is right on the big screen when the teacher says so', async () => {
    await touch('show-results');
    const chart = remote.page.getByTestId('result-chart');
    await chart.locator('[data-testid="result-C"][data-count="1"]').waitFor();
    expect(JSON.stringify(other.messages)).toContain('"right":{"kind":"choice","picks":[2]}');
    await touch('show-results');
    await chart.waitFor({ state: 'detached' });
  });

  test('is kept for the course and asked again with one touch', async () => {
    await touch('save-question');
    await touch('next-question');
    await teacher.page.locator('[data-testid^="ask-kept-"]').click();
    await until('it is posed again', async () => (await live()).asking.questions.length === 2);
    // The right answer was kept with it.
    expect((await asked()).right).toEqual({ kind: 'choice', picks: [2] });
  });

  test('is answered by each child, and by hands that the assistant counts', async () => {
    await touch('next-question');
    await touch('ask-by-child');
    await touch('ask-trueFalse');
    await until('it is posed', async () => (await asked()).question.by === 'child');
    for (const child of ['刘小雨', '向春花'])
      expect(await give(assistant, { kind: 'trueFalse', value: true }, child)).toBeNull();
    await counted('True', 2);
    await touch('next-question');
    await touch('ask-hands');
    await until('hands are asked for', async () => (await asked()).question.by === 'hands');
    expect(await give(assistant, { kind: 'hands', counts: [3, 20, 1, 0] })).toBeNull();
    await counted('B', 20);
  });
});

describe('text', () => {
  const message = (text: string) => ({ type: 'message.send', channel: 'class', child: null, text });
  const words = async (text: string, wordClass: 'block' | 'hold') => {
    const api = await Api.signIn(platform.origin, DEMO.administrator);
    const answer = await api.ask('POST', `/api/moderation/words?class=${wordClass}`, text, {
      'content-type': 'text/plain',
    });
    return WordImport.parse(answer.body);
  };
  const panel = () => teacher.page.getByTestId('chat-panel');

  test('of a room reaches the teacher, and the big screens when she says so', async () => {
    expect(await other.ask(message('We are ready!'))).toBeNull();
    await touch('tab-chat');
    await panel().getByText('We are ready!').waitFor();
    expect(await remote.page.getByTestId('chat-ticker').count()).toBe(0);
    await panel().getByTestId('chat-rules').locator('summary').click();
    await touch('chat-on-screen');
    await remote.page.getByTestId('chat-ticker').getByText('We are ready!').waitFor();
  });

  test('with a word that the bureau adds is refused at once in the running lesson', async () => {
    expect(await other.ask(message('坏 话'))).toBeNull();
    expect(await words('坏话\n\n!!!', 'block')).toMatchObject({ added: 1, refusedCount: 1 });
    for (const text of ['坏话', '壞。話', '坏\u200b话'])
      expect(await other.ask(message(text))).toBe('SENSITIVE_WORD');
    await panel().getByTestId('chat-text').fill('又是坏话');
    await panel().getByTestId('chat-send').click();
    await teacher.page.getByText('SENSITIVE_WORD').waitFor();
    await panel().getByTestId('chat-text').fill('');
  });

  test('that waits is seen by nobody else until the teacher lets it through', async () => {
    await words('作业答案', 'hold');
    expect(await other.ask(message('作业答案是几?'))).toBeNull();
    await panel().getByTestId('approve').waitFor();
    expect(JSON.stringify(await remote.api.timeline(lesson.lessonId))).not.toContain('作业答案是几');
    await touch('approve');
    await remote.page.getByTestId('chat-ticker').getByText('作业答案是几?').waitFor();
  });

  test('that was removed is nowhere any more, not in the timeline either', async () => {
    await panel().locator('li').filter({ hasText: '作业答案是几?' }).getByTestId('line-more').click();
    await panel().locator('li').filter({ hasText: '作业答案是几?' }).getByTestId('remove-message').click();
    await remote.page.getByTestId('chat-ticker').getByText('作业答案是几?').waitFor({ state: 'detached' });
    expect(JSON.stringify(await remote.api.timeline(lesson.lessonId))).not.toContain('作业答案是几');
    expect(JSON.stringify(await teacher.api.timeline(lesson.lessonId))).toContain('作业答案是几');
    const late = await SocketClient.connect(await Api.signIn(platform.origin, DEMO.otherClassroom));
    const joined = await late.join(lesson.lessonId);
    expect(JSON.stringify(joined)).not.toContain('作业答案是几');
    other.close();
    other = late;
  });

  test('comes as seldom as the teacher says, and who comes too soon is told how long to wait', async () => {
    await touch('chat-slow-60');
    await until('slow mode is on', async () => (await live()).chat.slowSeconds === 60);
    const { code, retryAfterMs } = await other.refusal(message('again'));
    expect(code).toBe('SLOW_MODE');
    expect(retryAfterMs).toBeGreaterThan(0);
    expect(retryAfterMs).toBeLessThanOrEqual(60_000);
    await touch('chat-slow-0');
    await until('slow mode is off', async () => (await live()).chat.slowSeconds === 0);
  });

  test('is the teacher’s alone while the chat is off', async () => {
    await touch('chat-mode-off');
    await until('the chat is off', async () => (await live()).chat.mode === 'off');
    expect(await other.ask(message('hello?'))).toBe('SWITCHED_OFF');
    await touch('chat-mode-open');
    await until('the chat is open', async () => (await live()).chat.mode === 'open');
  });

  test('between assistant and teacher stays between them', async () => {
    expect(
      await assistant.ask({ type: 'note.send', withParticipantId: null, text: '有个孩子不舒服' }),
    ).toBeNull();
    await touch('chat-notes');
    await panel().getByText('有个孩子不舒服').waitFor();
    for (const reader of [remote.api, await Api.signIn(platform.origin, DEMO.otherClassroom)])
      expect(JSON.stringify(await reader.timeline(lesson.lessonId))).not.toContain('不舒服');
  });
});

test('left no error in any log', () => {
  expect(platform.complaints).not.toMatch(/"level":(50|60)/);
});
