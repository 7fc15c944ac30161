import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { Api } from '../../e2e/harness/api.ts';
import { TestBrowser } from '../../e2e/harness/browser.ts';
import { DEMO } from '../../e2e/harness/classroom.ts';
import { Platform } from '../../e2e/harness/platform.ts';
import { until } from '../../e2e/harness/until.ts';
import type { Measured, Say } from '../figure.ts';
import { makeElementaryStreams } from '../load/elementary-streams.ts';
import { lengthen } from '../load/long-recording.ts';
import { RtpSource } from '../load/rtp-source.ts';
import { WhipPresenter } from '../load/whip-presenter.ts';
import { type EndedLesson, endAndPlayLastSecond, installPlayer } from '../page/last-second.ts';
import { median } from '../statistics.ts';

const SHORT_MS = 60_000;
/** Of the lessons that are made long: two of 45 minutes and one of three hours. */
const LONG_MINUTES = [45, 45, 180];
const SHORT_LESSONS = 3;
/** For the long lessons to record something that can be repeated. */
const SEED_MS = 9_000;
/** For the long lessons to record something anew after the restart. */
const RESUMED_MS = 7_000;

/**
 * From the bell to a picture of the replay's last second in hls.js, for lessons of one minute (held in real
 * time), of 45 and of 180 minutes (see {@link lengthen}), on the whole platform.
 */
export async function measure(say: Say): Promise<Measured> {
  say('encoding the film');
  const source = new RtpSource(await makeElementaryStreams());
  const dataDir = mkdtempSync(join(tmpdir(), 'three-classrooms-bench-'));
  const browser = await TestBrowser.launch();
  try {
    const { short, longIds } = await firstSitting(browser, source, dataDir, say);
    say('making the long lessons long');
    for (const [index, lessonId] of longIds.entries())
      await lengthen(dataDir, lessonId, LONG_MINUTES[index]! * 60_000);
    const long = await secondSitting(browser, source, dataDir, longIds, say);
    const kinds = [short, long.slice(0, -1), long.slice(-1)];
    const found = kinds.map((list) => median(list.map(({ playableMs }) => playableMs)));
    const [shortMs = 0, longMs = 0, longestMs = 0] = found;
    return {
      value: Math.max(...found),
      detail: {
        oneMinuteMs: Math.round(shortMs),
        fortyFiveMinutesMs: Math.round(longMs),
        threeHoursMs: Math.round(longestMs),
        differenceMs: Math.round(Math.max(...found) - Math.min(...found)),
        short: short.map(rounded),
        long: long.map(rounded),
      },
    };
  } finally {
    source.stop();
    await browser.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function firstSitting(browser: TestBrowser, source: RtpSource, dataDir: string, say: Say) {
  const platform = await Platform.start({ TC_DATA_DIR: dataDir });
  try {
    const shortLessons = await Promise.all(many(SHORT_LESSONS, () => teach(platform)));
    const longLessons = await Promise.all(many(LONG_MINUTES.length, () => teach(platform)));
    const beganAt = performance.now();
    source.start(...[...shortLessons, ...longLessons].map(({ presenter }) => presenter.take));
    await sleep(SEED_MS);
    // Left in the middle, as a power cut leaves a lesson.
    source.start(...shortLessons.map(({ presenter }) => presenter.take));
    const page = await player(browser, platform);
    say('one minute of lesson');
    const short: EndedLesson[] = [];
    for (const { lessonId, presenter } of shortLessons) {
      await sleep(Math.max(0, SHORT_MS - (performance.now() - beganAt)));
      short.push(await ended(page, lessonId, say));
      await presenter.close();
    }
    await page.context().close();
    return { short, longIds: longLessons.map(({ lessonId }) => lessonId) };
  } finally {
    await platform.close();
  }
}

async function secondSitting(
  browser: TestBrowser,
  source: RtpSource,
  dataDir: string,
  lessonIds: string[],
  say: Say,
): Promise<EndedLesson[]> {
  const platform = await Platform.start({ TC_DATA_DIR: dataDir });
  try {
    const api = await Api.signIn(platform.origin, DEMO.masterClassroom);
    const presenters = await Promise.all(lessonIds.map((lessonId) => WhipPresenter.connect(api, lessonId)));
    source.start(...presenters.map((presenter) => presenter.take));
    const page = await player(browser, platform);
    await sleep(RESUMED_MS);
    const long: EndedLesson[] = [];
    for (const lessonId of lessonIds) long.push(await ended(page, lessonId, say));
    await page.context().close();
    return long;
  } finally {
    await platform.close();
  }
}

/** A live lesson with somebody who teaches it. */
async function teach(platform: Platform) {
  const api = await Api.signIn(platform.origin, DEMO.masterClassroom);
  const { lessonId } = await api.planLesson();
  await until('the lesson can be opened', () => api.changeState(lessonId, 'open'));
  const presenter = await WhipPresenter.connect(api, lessonId);
  await api.changeState(lessonId, 'live');
  return { lessonId, presenter };
}

async function player(browser: TestBrowser, platform: Platform): Promise<Page> {
  const page = await browser.page(await Api.signIn(platform.origin, DEMO.teacher), '/');
  await installPlayer(page);
  return page;
}

async function ended(page: Page, lessonId: string, say: Say): Promise<EndedLesson> {
  const lesson = await endAndPlayLastSecond(page, lessonId);
  const { playableMs, durationMs, playedToMs } = lesson;
  if (Math.abs(playedToMs - durationMs) > 150)
    throw new Error(`a replay of ${durationMs} ms ended at ${playedToMs} ms`);
  say(`${Math.round(durationMs / 1000)} s of lesson: playable after ${Math.round(playableMs)} ms`);
  return lesson;
}

const many = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);
const rounded = (lesson: EndedLesson) =>
  Object.fromEntries(Object.entries(lesson).map(([key, value]) => [key, Math.round(value)]));
