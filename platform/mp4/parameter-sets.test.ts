import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { findFfmpeg } from '#platform/ffmpeg.ts';
import { readSps } from './parameter-sets.ts';

const run = promisify(execFile);

/** The first SPS of what x264 makes of a black picture. */
async function spsOf(size: string, ...options: string[]): Promise<Buffer> {
  const args = ['-v', 'error', '-f', 'lavfi', '-i', `color=s=${size}:d=0.1`, '-c:v', 'libx264', ...options];
  const { stdout } = await run(findFfmpeg()!, [...args, '-f', 'h264', '-'], { encoding: 'buffer' });
  const start = stdout.indexOf(Buffer.from([0, 0, 1, 0x67])) + 3;
  return stdout.subarray(start, stdout.indexOf(Buffer.from([0, 0, 1]), start));
}

test.each([
  ['320x180', ['-profile:v', 'baseline'], 320, 180],
  ['1280x720', ['-profile:v', 'main'], 1280, 720],
  ['1920x1080', ['-profile:v', 'high'], 1920, 1080],
  ['642x362', ['-profile:v', 'high444', '-pix_fmt', 'yuv444p'], 642, 362],
  ['640x480', ['-flags', '+ilme+ildct', '-pix_fmt', 'yuv420p'], 640, 480],
])('reads the size of %s %j', async (size, options, width, height) => {
  expect(readSps(await spsOf(size, ...options))).toMatchObject({ width, height });
});

test('a torn SPS throws RangeError', async () => {
  const sps = await spsOf('320x180');
  expect(() => readSps(sps.subarray(0, 5))).toThrow(RangeError);
});
