import { appendFile, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { SegmentRecord } from '#protocol/recording-index.ts';
import { SegmentIndex } from './segment-index.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'index-'));
  path = join(folder, 'lesson', 'index.ndjson');
});
afterEach(() => rm(folder, { recursive: true }));

const record = (number: number): SegmentRecord => ({
  type: 'segment',
  trackId: 'A'.repeat(22),
  rungId: 'l0',
  number,
  salt: 'AbCdEfGhI_-',
  init: 0,
  start: number * 180_000,
  duration: 180_000,
  bytes: 1,
  sha256: '',
  wallMs: 1,
  key: true,
});

async function write(...numbers: number[]): Promise<void> {
  const { index } = await SegmentIndex.open(path);
  await Promise.all(numbers.map((number) => index.append(record(number))));
  await index.close();
}

const numbers = async () =>
  (await SegmentIndex.open(path)).records.map((each) => (each.type === 'segment' ? each.number : -1));

describe('SegmentIndex', () => {
  test('reads back what was appended, over several openings', async () => {
    await write(0, 1);
    await write(2);
    expect(await numbers()).toEqual([0, 1, 2]);
  });

  test.each([1, 20, 150])(
    'a last line torn %i bytes before its end is ignored and written over',
    async (bytes) => {
      await write(0, 1, 2);
      const { length } = await readFile(path);
      await truncate(path, length - bytes);
      expect(await numbers()).toEqual([0, 1]);
      await write(9);
      expect(await numbers()).toEqual([0, 1, 9]);
      expect((await readFile(path, 'utf8')).split('\n').length).toBe(4);
    },
  );

  test('a line whose bytes changed ends the truth', async () => {
    await write(0, 1, 2);
    const text = await readFile(path, 'utf8');
    await writeFile(path, text.replace('"number":1', '"number":7'));
    expect(await numbers()).toEqual([0]);
  });

  test('rubbish behind the last line does not hide the lines before it', async () => {
    await write(0);
    await appendFile(path, '\0\0\0\n{"crc":');
    expect(await numbers()).toEqual([0]);
  });

  test('owed records come before those that rest on them', async () => {
    const { index } = await SegmentIndex.open(path);
    const appended = index.append(record(0));
    index.owe({
      type: 'recording',
      version: 1,
      recordingId: 'B'.repeat(22),
      lessonId: 'C'.repeat(22),
      epochMs: 5,
    });
    await appended;
    await index.close();
    const { records } = await SegmentIndex.open(path);
    expect(records.map((each) => each.type)).toEqual(['recording', 'segment']);
  });
});
