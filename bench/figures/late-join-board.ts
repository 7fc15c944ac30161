import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { Api } from '../../e2e/harness/api.ts';
import { TestBrowser } from '../../e2e/harness/browser.ts';
import { DEMO } from '../../e2e/harness/classroom.ts';
import { Platform } from '../../e2e/harness/platform.ts';
import type { Measured, Say } from '../figure.ts';
import { fillBoard } from '../load/full-board.ts';
import { median, percentile, summary } from '../statistics.ts';

const STROKES = 5_000;
const JOINS = 8;
/** Long enough for the page to be at rest before the click, as in front of a person. */
const REST_MS = 700;
/** Live strokes drawn on the full board, to see whether the page keeps up. */
const DRAWN = 12;

/**
 * A remote classroom comes late, in a fresh browser context, while 5,000 strokes are on the board: from the click on
 * "enter" in the timetable to the frame after all of them are painted. Then the teacher's page, with
 * the same board, is written on: how long its frames take.
 */
export async function measure(say: Say): Promise<Measured> {
  const platform = await Platform.start();
  const browser = await TestBrowser.launch();
  try {
    const teacher = await Api.signIn(platform.origin, DEMO.teacher);
    const remote = await Api.signIn(platform.origin, DEMO.remoteClassroom);
    const empty = await teacher.planLesson();
    await teacher.changeState(empty.lessonId, 'open');
    await fillBoard(teacher, empty, 1);
    const full = await teacher.planLesson();
    await teacher.changeState(full.lessonId, 'open');
    const since = performance.now();
    await fillBoard(teacher, full, STROKES);
    say(`${STROKES} strokes stored in ${(performance.now() - since).toFixed(0)} ms`);
    const samples: number[] = [];
    const emptySamples: number[] = [];
    for (let join = 0; join < JOINS; join += 1) {
      emptySamples.push(await readyMs(browser, remote, empty.lessonId, 1));
      samples.push(await readyMs(browser, remote, full.lessonId, STROKES));
      say(
        `join ${join + 1}: ${samples.at(-1)?.toFixed(0)} ms, with one stroke ${emptySamples.at(-1)?.toFixed(0)} ms`,
      );
    }
    const frames = await framesWhileDrawing(browser, teacher, full.lessonId);
    return {
      value: percentile(samples, 0.95),
      p50: median(samples),
      p95: percentile(samples, 0.95),
      detail: {
        all: summary(samples),
        withOneStroke: summary(emptySamples),
        frameMsWhileDrawing: summary(frames),
      },
    };
  } finally {
    await browser.close();
    await platform.close();
  }
}

async function readyMs(browser: TestBrowser, remote: Api, lessonId: string, items: number): Promise<number> {
  const context = await browser.context(remote);
  try {
    await context.addInitScript(watchBoard, items);
    const page = await context.newPage();
    await page.goto(remote.origin);
    const enter = page.getByTestId(`enter-${lessonId}`);
    await enter.waitFor();
    await sleep(REST_MS);
    await enter.click();
    const handle = await page.waitForFunction(
      () => (globalThis as unknown as { boardReady?: number }).boardReady,
    );
    return Number(await handle.jsonValue());
  } finally {
    await context.close();
  }
}

/** Runs in the page: notes how long after the first click so many marks are painted. */
function watchBoard(items: number): void {
  let clickedAt = 0;
  addEventListener(
    'click',
    ({ timeStamp }) => {
      clickedAt ||= timeStamp;
    },
    { capture: true },
  );
  const look = () => {
    const board = document.querySelector<HTMLElement>('[data-testid=board-page]');
    // The marks are painted in the same task that tells their number; this frame shows them.
    if (Number(board?.dataset.items) < items || !board) return void requestAnimationFrame(look);
    requestAnimationFrame(() => Object.assign(globalThis, { boardReady: performance.now() - clickedAt }));
  };
  requestAnimationFrame(look);
}

/** Time between frames while a hand writes on the full board. */
async function framesWhileDrawing(browser: TestBrowser, teacher: Api, lessonId: string): Promise<number[]> {
  const page = await browser.page(teacher, `/lessons/${lessonId}`);
  await page.locator(`[data-testid=board-page][data-items="${STROKES}"]`).waitFor();
  await page.evaluate(() => {
    const frames: number[] = [];
    Object.assign(globalThis, { frames });
    const note = (before: number) =>
      requestAnimationFrame((now) => {
        frames.push(now - before);
        note(now);
      });
    requestAnimationFrame(note);
  });
  for (let stroke = 0; stroke < DRAWN; stroke += 1) await write(page, stroke);
  const frames = await page.evaluate(() => (globalThis as unknown as { frames: number[] }).frames);
  await page.context().close();
  return frames;
}

async function write(page: Page, stroke: number): Promise<void> {
  const box = (await page.getByTestId('board-hand').boundingBox())!;
  const at = (index: number) =>
    [box.x + box.width * (0.1 + index * 0.02), box.y + box.height * (0.2 + stroke * 0.05)] as const;
  await page.mouse.move(...at(0));
  await page.mouse.down();
  for (let index = 1; index < 30; index += 1) await page.mouse.move(...at(index));
  await page.mouse.up();
}
