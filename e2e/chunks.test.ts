import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { FIRST_TOPICS } from '../web-client/src/i18n/first-topics.ts';
import { zhCN } from '../web-client/src/i18n/zh-CN.ts';
import { chunksOf, compressedBytes, readChunks } from '../web-client/testing/chunks.ts';

/* What a village's line carries before a lesson: never the office's pages, and no more than it must. */

const source = (path: string) => `web-client/src/${path}`;
/** A room from its own screen into a lesson, the check before the bell included. */
const CLASSROOM = [
  'room/RoomPage.tsx',
  'classroom/LessonPage.tsx',
  'remote/RemotePage.tsx',
  'check/WaitingCheck.tsx',
]
  .map(source)
  .concat('virtual:words/zh-CN/first');
const OFFICE =
  /web-client\/src\/(admin|directory|devices|pairing|timetable|attendance|audit|roster|office)\//;
/** Words of every page are read by every page; what lies there is text, not code. */
const LIBRARIES = /node_modules\/(antd|@ant-design|rc-[\w-]+|@rc-component|@dnd-kit|hls\.js|papaparse)\//;
const LIMIT_KB = 250;

test('a classroom loads none of the administration, none of its libraries, and at most 250 kB', () => {
  const chunks = chunksOf(readChunks(), CLASSROOM);
  const modules = chunks.flatMap((chunk) => chunk.modules);
  // The menu's list alone: which pages there are, not the pages.
  expect(modules.filter((module) => OFFICE.test(module) && !module.endsWith('/admin/routes.ts'))).toEqual([]);
  expect(modules.filter((module) => LIBRARIES.test(module))).toEqual([]);
  const bytes = chunks.reduce((sum, chunk) => sum + compressedBytes(chunk), 0);
  expect(bytes / 1000).toBeLessThan(LIMIT_KB);
});

test('what a classroom says is among the words that come with the first page', () => {
  const topics = Object.keys(zhCN).filter((topic) => !FIRST_TOPICS.includes(topic));
  const asked = new RegExp(`['"\`](${topics.join('|')})\\.\\w`);
  const own = chunksOf(readChunks(), CLASSROOM)
    .flatMap((chunk) => chunk.modules)
    // A permission's name reads like a word's: `replay.watch`.
    .filter((module) => /^web-client\/src\/.*\.tsx?$/.test(module));
  expect(own.length).toBeGreaterThan(50);
  expect(
    own.filter((module) => asked.test(readFileSync(module, 'utf8').replace(/mayIn\([^)]*\)/g, ''))),
  ).toEqual([]);
});
