import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { findFfmpeg } from '#platform/ffmpeg.ts';
import { firstSyncSample, fragment } from '#platform/mp4/fragment.ts';
import { audioInit, readAvcC, videoInit } from '#platform/mp4/init-segment.ts';
import { silenceSamples, splitHole, stillSamples } from './stand-in-samples.ts';
import { BLACK } from './stand-ins.ts';

const run = promisify(execFile);
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fragment-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** What ffmpeg finds in a file: each packet's time in ticks, and its complaints when it decodes them. */
async function read(name: string, ...pieces: Buffer[]) {
  const file = join(folder, name);
  await writeFile(file, Buffer.concat(pieces));
  const input = ['-v', 'error', '-copyts', '-f', 'mp4', '-i', file];
  const { stdout } = await run(findFfmpeg()!, [...input, '-c', 'copy', '-f', 'framecrc', '-']);
  const decode = await run(findFfmpeg()!, [...input, '-f', 'null', '-']);
  const lines = stdout.split('\n');
  const times = lines.filter((line) => /^\d/.test(line)).map((line) => Number(line.split(',')[2]));
  return { header: lines.filter((line) => line.startsWith('#')), times, complaints: decode.stderr };
}

test('ffmpeg reads and decodes the black picture with the times that were given', async () => {
  const pieces = [0, 1].flatMap((number) =>
    fragment(number, 900_000 + number * 180_000, stillSamples(BLACK.data, 180_000)),
  );
  const { header, times, complaints } = await read('still.mp4', videoInit(BLACK.parameters), ...pieces);
  expect(complaints).toBe('');
  expect(header).toEqual(
    expect.arrayContaining(['#tb 0: 1/90000', '#codec_id 0: h264', '#dimensions 0: 320x180']),
  );
  expect(times).toEqual([900_000, 1_080_000]);
});

test('ffmpeg reads and decodes the silence', async () => {
  const samples = silenceSamples(96_005);
  expect(samples.length).toBe(100);
  const { header, times, complaints } = await read('silence.mp4', audioInit(2), ...fragment(0, 48, samples));
  expect(complaints).toBe('');
  expect(header).toEqual(
    expect.arrayContaining(['#tb 0: 1/48000', '#codec_id 0: opus', '#sample_rate 0: 48000']),
  );
  expect(times.length).toBe(100);
  expect(times[0]).toBe(48);
});

test('what a restarted recorder needs can be read back', () => {
  const data = Buffer.concat(fragment(7, 5, stillSamples(BLACK.data, 90)));
  const still = firstSyncSample(data)!;
  expect(still.includes(BLACK.data)).toBe(true);
  expect(stillSamples(still, 90)[0]!.data).toEqual(still);
  const sets = readAvcC(videoInit(BLACK.parameters))!;
  expect(sets.sps).toEqual(BLACK.parameters.sps);
  expect(sets.pps).toEqual(BLACK.parameters.pps);
});

test('holes are split into segment lengths without crumbs', () => {
  const lengths = (end: number) => splitHole(0, end, 1_000).map((part) => part.end - part.start);
  expect(lengths(0)).toEqual([]);
  expect(lengths(500)).toEqual([500]);
  expect(lengths(4_050)).toEqual([2_000, 2_050]);
  expect(lengths(5_000)).toEqual([2_000, 2_000, 1_000]);
});
