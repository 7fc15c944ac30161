import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { BrowserContext, Page } from 'playwright-core';
import type { Lesson } from '#protocol/domain.ts';
import { projectLive } from '#protocol/live-state.ts';
import { cleanText } from '#protocol/text.ts';
import { Api } from './harness/api.ts';
import { SLOW_CAMERAS, TestBrowser } from './harness/browser.ts';
import { Classroom, DEMO } from './harness/classroom.ts';
import { HOSTILE_NAMES, HOSTILE_TEXTS } from './harness/hostile-texts.ts';
import { Platform } from './harness/platform.ts';
import { SocketClient } from './harness/socket-client.ts';
import { until } from './harness/until.ts';

/* Everything that one person writes and others see, as an attacker would write it. */
let platform: Platform;
let browser: TestBrowser;
let lesson: Lesson;
let teacher: Classroom;
let remote: Classroom;
let phone: Classroom;
/** Sits where the teacher sits, without a page. */
let desk: SocketClient;
let room: SocketClient;
/** What a page did that it should not have. */
const offences: string[] = [];

/** zod asks once, when it is loaded, whether it may compile; the policy says no. */
const EVAL_ASKED = /violated: script-src eval/;

async function watched(context: BrowserContext): Promise<void> {
  await context.exposeFunction('__ran', () => offences.push('a script ran'));
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) =>
      console.error(`policy violated: ${violatedDirective} ${blockedURI} ${sample}`),
    );
  });
  context.on('page', (page) => {
    page.on('dialog', (dialog) => {
      offences.push(`a dialog opened: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('pageerror', (error) => offences.push(`${page.url()} failed: ${error.message}`));
    page.on('console', (line) => {
      const text = line.text();
      if (/policy|violat|script/i.test(text) && !EVAL_ASKED.test(text)) offences.push(`console: ${text}`);
    });
    page.on('framenavigated', (frame) => {
      if (frame !== page.mainFrame()) offences.push(`a frame appeared: ${frame.url()}`);
    });
  });
}

beforeAll(async () => {
  [platform, browser] = await Promise.all([Platform.start(), TestBrowser.launch([SLOW_CAMERAS])]);
  const { origin } = platform;
  lesson = await (await Api.signIn(origin, DEMO.teacher)).planLesson();
  const enter = (name: string) => Classroom.enter(browser, origin, name, lesson, origin, watched);
  teacher = await enter(DEMO.teacher);
  await teacher.startLesson();
  remote = await enter(DEMO.remoteClassroom);
  phone = await enter(DEMO.assistant);
  desk = await SocketClient.connect(await Api.signIn(origin, DEMO.masterClassroom));
  await desk.join(lesson.lessonId);
  room = await SocketClient.connect(await Api.signIn(origin, DEMO.otherClassroom));
  await room.join(lesson.lessonId);
  await phone.page.getByTestId('chat-sheet').waitFor();
}, 300_000);

afterAll(async () => {
  desk?.close();
  room?.close();
  await browser?.close();
  await platform?.close();
});

const state = async () => projectLive(lesson.lessonId, await teacher.api.timeline(lesson.lessonId));
const done = async (client: SocketClient, request: unknown) => expect(await client.ask(request)).toBeNull();

/** The text of a page as its reader reads it, without what lies between lines. */
const textOf = async (page: Page, testId: string): Promise<string> =>
  (await page.getByTestId(testId).textContent()) ?? '';

/** Waits until a place of a page shows all these texts, letter by letter. */
async function untilShown(page: Page, testId: string, texts: readonly string[]): Promise<void> {
  const missing = async () => {
    const shown = await textOf(page, testId);
    return texts.filter((text) => !shown.includes(text));
  };
  await until(`${testId} shows them all`, async () => (await missing()).length === 0, {
    tell: async () => `missing: ${JSON.stringify((await missing()).slice(0, 5))}`,
  });
}

/** Short answers that differ in case or space alone are counted as one. */
const sameAnswer = (text: string) => text.normalize('NFKC').toLowerCase().replace(/\s+/g, '');
const ONE_LINE = HOSTILE_TEXTS.map((text) => cleanText(text));

test('there are a hundred of them, all different, and some are names', () => {
  expect(new Set(HOSTILE_TEXTS).size).toBe(100);
  expect(HOSTILE_NAMES.length).toBeGreaterThan(20);
});

describe('hostile text is nothing but text', () => {
  test('in the chat, at the teacher, on the phone and on the big screen', async () => {
    await teacher.page.getByTestId('tab-chat').click();
    await phone.page.getByTestId('chat-class').click();
    await done(desk, { type: 'chat.rule', onScreen: true });
    for (const [index, text] of HOSTILE_TEXTS.entries()) {
      const child = HOSTILE_NAMES[index % HOSTILE_NAMES.length]!;
      await done(room, { type: 'message.send', channel: 'class', child, text });
      if (index % 3 === 2) await untilShown(remote.page, 'chat-ticker', ONE_LINE.slice(index - 2, index + 1));
    }
    await untilShown(teacher.page, 'chat-panel', ONE_LINE);
    await untilShown(phone.page, 'chat-sheet', ONE_LINE);
    await untilShown(teacher.page, 'chat-panel', HOSTILE_NAMES);
  }, 300_000);

  test('in the question channel and in quiet notes', async () => {
    await teacher.page.getByTestId('chat-questions').click();
    for (const text of HOSTILE_TEXTS)
      await done(room, { type: 'message.send', channel: 'questions', child: null, text });
    await untilShown(teacher.page, 'chat-panel', ONE_LINE);
    await teacher.page.getByTestId('chat-notes').click();
    await phone.page.getByTestId('chat-notes').click();
    const withParticipantId = [...(await state()).participants.values()].find(
      ({ role }) => role === 'assistant',
    )!.participantId;
    for (const text of HOSTILE_TEXTS) await done(desk, { type: 'note.send', withParticipantId, text });
    await untilShown(teacher.page, 'chat-panel', ONE_LINE);
    await untilShown(phone.page, 'chat-sheet', ONE_LINE);
  }, 300_000);

  test('in a question and in its options', async () => {
    await teacher.page.getByTestId('tab-ask').click();
    for (const [index, text] of HOSTILE_TEXTS.entries()) {
      const options = [text, HOSTILE_TEXTS.at(-index)!].map((option) => [...option].slice(0, 80).join(''));
      await done(desk, {
        type: 'question.pose',
        question: { kind: 'choice', text, options, several: false, by: 'room' },
        right: { kind: 'choice', picks: [0] },
      });
      await untilShown(remote.page, 'question-on-stage', [
        ONE_LINE[index]!,
        ...options.map((one) => cleanText(one)),
      ]);
    }
    await untilShown(phone.page, 'answer-sheet', [ONE_LINE.at(-1)!]);
    await untilShown(teacher.page, 'ask-panel', ONE_LINE);
  }, 300_000);

  test('in short answers and in the names of those who gave them', async () => {
    await done(desk, {
      type: 'question.pose',
      question: { kind: 'shortText', text: '', by: 'child' },
      right: null,
    });
    const { questionId } = (await state()).asking.questions.at(-1)!;
    // No more answers are shown than a screen has room for.
    const children = HOSTILE_NAMES.slice(0, 30);
    for (let from = 0; from < HOSTILE_TEXTS.length; from += 25) {
      for (const [index, text] of HOSTILE_TEXTS.slice(from, from + 25).entries()) {
        const child = children[(from + index) % children.length]!;
        await done(room, { type: 'answer.give', questionId, child, value: { kind: 'shortText', text } });
      }
      const last = ONE_LINE.slice(0, from + 25).slice(-children.length);
      if (from === 0) {
        await teacher.page
          .locator('[data-testid="ask-panel"] button')
          .filter({ hasText: 'Open for answers' })
          .click();
        await done(desk, { type: 'results.show', questionId });
      }
      await untilShown(teacher.page, 'asked', last);
      const single = last.filter(
        (text) => last.filter((other) => sameAnswer(other) === sameAnswer(text)).length === 1,
      );
      await untilShown(remote.page, 'question-on-stage', single);
    }
    await untilShown(teacher.page, 'asked', children);
  }, 300_000);

  test('in raised hands and roll calls', async () => {
    for (const child of HOSTILE_NAMES) await done(room, { type: 'hand.raise', child });
    await untilShown(teacher.page, 'hand-queue', HOSTILE_NAMES);
    for (const { handId } of (await state()).steering.hands) await done(room, { type: 'hand.lower', handId });
    const participantId = [...(await state()).participants.values()].find(
      ({ name }) => name === DEMO.otherClassroom,
    )!.participantId;
    const absent = [...HOSTILE_NAMES];
    await done(room, { type: 'roll.take', participantId, present: 1, expected: 40, absent });
    await teacher.page.getByTestId('more').click();
    await untilShown(teacher.page, 'roll', HOSTILE_NAMES);
  }, 300_000);

  test("in the course's library and the bureau's list", async () => {
    const library = `/api/courses/${lesson.courseId}/questions`;
    for (const text of HOSTILE_TEXTS) {
      const question = { kind: 'trueFalse', text, by: 'room' };
      expect((await teacher.api.ask('POST', library, { question, right: null })).status).toBe(201);
    }
    await teacher.page.reload();
    await teacher.page.getByTestId('tab-ask').click();
    await teacher.page.getByTestId('next-question').click();
    await untilShown(teacher.page, 'library', ONE_LINE);

    const administrator = await Api.signIn(platform.origin, DEMO.administrator);
    const headers = { 'content-type': 'text/plain' };
    await administrator.ask('POST', '/api/moderation/words?class=hold', HOSTILE_NAMES.join('\n'), headers);
    const context = await browser.context(administrator);
    await watched(context);
    const page = await context.newPage();
    await page.goto(`${platform.origin}/moderation`);
    await page.getByTestId('word-counts').waitFor();
    const shown = await page.locator('tbody').textContent();
    // Those that compare the same are one word.
    expect(HOSTILE_NAMES.filter((name) => shown?.includes(name)).length).toBeGreaterThan(10);
    await context.close();
  }, 300_000);

  test('ran nowhere, and left no element behind', async () => {
    expect(offences).toEqual([]);
    for (const { page } of [teacher, remote, phone])
      expect(
        await page.evaluate(
          () =>
            document.querySelectorAll('script:not([src]), iframe, object, embed, marquee, [onerror]').length,
        ),
      ).toBe(0);
  });
});
