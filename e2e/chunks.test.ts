import { expect, test } from '@jest/globals';
import { chunksOf, compressedBytes, readChunks } from '../web-client/testing/chunks.ts';

/* What a village's line carries before a lesson: never the office's pages, and no more than it must. */

const source = (path: string) => `web-client/src/${path}`;
/** A room from its own screen into a lesson, the check before the bell included. */
const CLASSROOM = [
  'room/RoomPage.tsx',
  'classroom/LessonPage.tsx',
  'remote/RemotePage.tsx',
  'check/WaitingCheck.tsx',
].map(source);
const OFFICE =
  /web-client\/src\/(admin|directory|devices|pairing|timetable|attendance|audit|roster|office)\//;
/** Words of every page are read by every page; what lies there is text, not code. */
const LIBRARIES = /node_modules\/(antd|@ant-design|rc-[\w-]+|@rc-component|@dnd-kit|hls\.js|papaparse)\//;
const LIMIT_KIB = 250;

test('a classroom loads none of the administration, none of its libraries, and at most 250 KiB', () => {
  const chunks = chunksOf(readChunks(), CLASSROOM);
  const modules = chunks.flatMap((chunk) => chunk.modules);
  // The menu's list alone: which pages there are, not the pages.
  expect(modules.filter((module) => OFFICE.test(module) && !module.endsWith('/admin/routes.ts'))).toEqual([]);
  expect(modules.filter((module) => LIBRARIES.test(module))).toEqual([]);
  const bytes = chunks.reduce((sum, chunk) => sum + compressedBytes(chunk), 0);
  expect(bytes / 1024).toBeLessThan(LIMIT_KIB);
});
