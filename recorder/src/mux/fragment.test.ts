import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { silenceSamples, splitHole, stillSamples } from '../write/stand-in-samples.ts';
import { firstSyncSample, fragment } from './fragment.ts';
import { audioInit, readAvcC, videoInit } from './init-segment.ts';
import { BLACK } from './stand-ins.ts';

const run = promisify(execFile);
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fragment-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function probe(name: string, ...pieces: Buffer[]) {
  const file = join(folder, name);
  await writeFile(file, Buffer.concat(pieces));
  const entries = 'stream=codec_name,width,height,sample_rate,channels:packet=pts,flags';
  const { stdout } = await run('ffprobe', ['-v', 'error', '-of', 'json', '-show_entries', entries, file]);
  const decode = await run('ffmpeg', ['-v', 'error', '-i', file, '-f', 'null', '-']);
  return { ...JSON.parse(stdout), complaints: decode.stderr };
}

test('ffmpeg reads and decodes the black picture with the times that were given', async () => {
  const pieces = [0, 1].flatMap((number) =>
    fragment(number, 900_000 + number * 180_000, stillSamples(BLACK.data, 180_000)),
  );
  const { streams, packets, complaints } = await probe('still.mp4', videoInit(BLACK.parameters), ...pieces);
  expect(complaints).toBe('');
  expect(streams).toEqual([{ codec_name: 'h264', width: 320, height: 180 }]);
  expect(packets).toEqual([
    { pts: 900_000, flags: expect.stringMatching(/^K/) },
    { pts: 1_080_000, flags: expect.stringMatching(/^K/) },
  ]);
});

test('ffmpeg reads and decodes the silence', async () => {
  const samples = silenceSamples(96_005);
  expect(samples.length).toBe(100);
  const { streams, packets, complaints } = await probe(
    'silence.mp4',
    audioInit(2),
    ...fragment(0, 48, samples),
  );
  expect(complaints).toBe('');
  expect(streams).toEqual([{ codec_name: 'opus', sample_rate: '48000', channels: 2 }]);
  expect(packets.length).toBe(100);
  expect(packets[0].pts).toBe(48);
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
