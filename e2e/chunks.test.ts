import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { isFirstWord } from '../web-client/src/i18n/first-words.ts';
import { zhCN } from '../web-client/src/i18n/zh-CN.ts';
import { chunksOf, compressedBytes, readChunks } from '../web-client/testing/chunks.ts';

/* What a village's line carries before a lesson: never the office's pages, and no more than it must. */

const source = (path: string) => `web-client/src/${path}`;
const WORDS = 'virtual:words/zh-CN/first';
/** Where a room stands all day. */
const SCREEN = [source('room/RoomPage.tsx'), WORDS];
/** From there into a lesson with its board. */
const LESSON = [...SCREEN, ...['classroom/LessonPage.tsx', 'board/MainBoard.tsx'].map(source)];
/** What a lesson brings later, when it is asked for. */
const LATER = ['board/steering-parts.ts', 'asking/QuestionOnStage.tsx', 'check/measure/measuring.ts'].map(
  source,
);
const ALONE = ['check/CheckPage.tsx', 'pair/PairPage.tsx'].map(source);
const OFFICE =
  /web-client\/src\/(admin|directory|devices|pairing|timetable|attendance|audit|roster|office)\//;
const LIBRARIES = /node_modules\/(antd|@ant-design|rc-[\w-]+|@rc-component|@dnd-kit|hls\.js|papaparse)\//;
const SCREEN_KB = 180;
/** With all that sends and receives media, styles included, without headers and answers. */
const LESSON_KB = 246;

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

interface Words {
  readonly [name: string]: string | Words;
}

const keysOf = (words: Words, prefix = ''): string[] =>
  Object.entries(words).flatMap(([name, word]) =>
    typeof word === 'string' ? [prefix + name] : keysOf(word, `${prefix}${name}.`),
  );

test('what a classroom says is among the words that come with the first page', () => {
  const later = keysOf(zhCN).filter((key) => !isFirstWord(key));
  // As `t` is asked: a word, or with a template the beginning of several.
  const words = new Set(later.map((key) => `'${key.replace(/_(one|other)$/, '')}'`));
  const beginnings = new Set(
    later.flatMap((key) => [...key.matchAll(/\./g)].map(({ index }) => `\`${key.slice(0, index + 1)}\${`)),
  );
  const own = chunksOf(readChunks(), [...LESSON, ...LATER, ...ALONE])
    .flatMap((chunk) => chunk.modules)
    // A permission's name reads like a word's: `replay.watch`.
    .filter((module) => /^web-client\/src\/.*\.tsx?$/.test(module));
  expect(own.length).toBeGreaterThan(50);
  const missing = own.flatMap((module) => {
    const text = readFileSync(module, 'utf8').replace(/mayIn\([^)]*\)/g, '');
    const asked = text.match(/'[\w.]+'|`[\w.]+\.\$\{/g) ?? [];
    return asked.filter((one) => words.has(one) || beginnings.has(one)).map((one) => `${module} ${one}`);
  });
  expect(missing).toEqual([]);
});
