import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { FIRST_TOPICS } from '../web-client/src/i18n/first-topics.ts';
import { zhCN } from '../web-client/src/i18n/zh-CN.ts';
import { chunksOf, compressedBytes, readChunks } from '../web-client/testing/chunks.ts';

/* What a village's line carries before a lesson: never the office's pages, and no more than it must. */

const source = (path: string) => `web-client/src/${path}`;
const WORDS = 'virtual:words/zh-CN/first';
/** Where a room stands all day. */
const SCREEN = [source('room/RoomPage.tsx'), WORDS];
/** From there into a lesson, the check before the bell included. */
const LESSON = [
  ...SCREEN,
  ...['classroom/LessonPage.tsx', 'remote/RemotePage.tsx', 'check/WaitingCheck.tsx'].map(source),
];
const ALONE = ['check/CheckPage.tsx', 'pair/PairPage.tsx'].map(source);
const OFFICE =
  /web-client\/src\/(admin|directory|devices|pairing|timetable|attendance|audit|roster|office)\//;
const LIBRARIES = /node_modules\/(antd|@ant-design|rc-[\w-]+|@rc-component|@dnd-kit|hls\.js|papaparse)\//;
const SCREEN_KB = 195;
/** With all that sends and receives media. */
const LESSON_KB = 260;

const kilobytes = (pages: readonly string[]) =>
  chunksOf(readChunks(), pages).reduce((sum, chunk) => sum + compressedBytes(chunk), 0) / 1000;

test('a classroom loads none of the administration, none of its libraries, and little else', () => {
  const modules = chunksOf(readChunks(), LESSON).flatMap((chunk) => chunk.modules);
  // The menu's list alone: which pages there are, not the pages.
  expect(modules.filter((module) => OFFICE.test(module) && !module.endsWith('/admin/routes.ts'))).toEqual([]);
  expect(modules.filter((module) => LIBRARIES.test(module))).toEqual([]);
  expect(kilobytes(SCREEN)).toBeLessThan(SCREEN_KB);
  expect(kilobytes(LESSON)).toBeLessThan(LESSON_KB);
});

test('what a classroom says is among the words that come with the first page', () => {
  const topics = Object.keys(zhCN).filter((topic) => !FIRST_TOPICS.includes(topic));
  const asked = new RegExp(`['"\`](${topics.join('|')})\\.\\w`);
  const own = chunksOf(readChunks(), [...LESSON, ...ALONE])
    .flatMap((chunk) => chunk.modules)
    // A permission's name reads like a word's: `replay.watch`.
    .filter((module) => /^web-client\/src\/.*\.tsx?$/.test(module));
  expect(own.length).toBeGreaterThan(50);
  expect(
    own.filter((module) => asked.test(readFileSync(module, 'utf8').replace(/mayIn\([^)]*\)/g, ''))),
  ).toEqual([]);
});
