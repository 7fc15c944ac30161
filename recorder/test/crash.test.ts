import { appendFile, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { LONGEST_MS } from '../src/cut/segment.ts';
import type { Finalized } from '../src/recording.ts';
import { ChildRecorder } from '../testing/child-recorder.ts';
import { HlsPage } from '../testing/hls-page.ts';
import { CAMERA, MICROPHONE, sleep, TestLesson } from '../testing/lesson.ts';
import { complaints, endOf, firstHole, segmentsOf } from '../testing/replay.ts';
import { h264Clip, opusClip, type RtpClip, RtpPlayer } from '../testing/rtp-clip.ts';

let folder: string;
let small: RtpClip;
let sound: RtpClip;
let page: HlsPage;
const children: ChildRecorder[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crash-'));
  [small, sound] = await Promise.all([h264Clip('s', 8), opusClip(8)]);
  page = await HlsPage.open(folder);
}, 30_000);

afterAll(async () => {
  await page?.close();
  await Promise.all(children.map((child) => child.kill()));
  await rm(folder, { recursive: true, force: true });
});

async function startChild(): Promise<ChildRecorder> {
  const child = await ChildRecorder.start(folder);
  children.push(child);
  return child;
}

async function killChild(child: ChildRecorder): Promise<void> {
  children.splice(children.indexOf(child), 1);
  await child.kill();
}

const play = (player: RtpPlayer, lesson: TestLesson, seconds: number) =>
  Promise.all([
    player.play(small, { ssrc: CAMERA, port: lesson.port, seconds }),
    player.play(sound, { ssrc: MICROPHONE, port: lesson.port, seconds }),
  ]);

async function check(lesson: TestLesson, result: Finalized) {
  const video = await segmentsOf(folder, lesson.recordingId, lesson.camera, 'l0');
  const audio = await segmentsOf(folder, lesson.recordingId, lesson.microphone, 'a');
  expect(firstHole(video)).toBeUndefined();
  expect(firstHole(audio)).toBeUndefined();
  expect(endOf(video)).toBe(Math.round(result.durationMs * 90));
  expect(endOf(audio)).toBe(Math.round(result.durationMs * 48));
  const root = join(folder, 'recordings', lesson.recordingId);
  expect(await complaints(join(root, lesson.camera, 'l0', 'index.m3u8'))).toBe('');
  const seen = await page.play(`recordings/${lesson.recordingId}/${lesson.camera}/master.m3u8`);
  expect(seen).toMatchObject({ ended: true, fatal: [] });
  expect(seen.currentTime).toBeCloseTo(result.durationMs / 1_000, 1);
  return { video, audio, root };
}

test('kill -9 in the middle: the next process goes on, on the same timeline', async () => {
  const player = await RtpPlayer.create();
  const first = await startChild();
  const lesson = await TestLesson.start(first);
  await lesson.setCamera();
  await lesson.setMicrophone();
  const rest = play(player, lesson, 4.6);
  await sleep(4_400);
  const killedMs = Date.now() - lesson.epochMs;
  await killChild(first);
  await rest;

  const root = join(folder, 'recordings', lesson.recordingId);
  const rung = join(root, lesson.camera, 'l0');
  // What a kill at a worse moment leaves: a temporary file, an unlisted segment, half a line.
  await writeFile(join(rung, '.0123456789ab.tmp'), 'torn');
  await writeFile(join(rung, '000777.m4s'), 'not listed');
  await appendFile(join(root, 'index.ndjson'), '{"crc":"12345678","record":{"type":"segm');

  const second = await startChild();
  lesson.target = second;
  await lesson.open();
  expect(await readFile(join(rung, 'index.m3u8'), 'utf8')).not.toContain('ENDLIST');
  await lesson.setCamera();
  await lesson.setMicrophone();
  await play(player, lesson, 3);
  const result = await lesson.finalize();
  player.close();

  const { video } = await check(lesson, result);
  const down = video.filter((segment) => segment.filler === 'recorder-down');
  expect(down.length).toBeGreaterThan(0);
  // At most the open segment is lost: two seconds, or as long as one may become on a busy machine.
  expect(killedMs - down[0]!.start / 90).toBeLessThan(LONGEST_MS + 600);
  expect(video.at(-1)!.filler).toBeUndefined();
  expect(result.tracks.find((track) => track.trackId === lesson.camera)!.spans.length).toBe(2);
  expect(second.events).toContainEqual(expect.objectContaining({ type: 'gap', cause: 'recorder-down' }));
  expect((await readdir(rung)).filter((name) => name.endsWith('.tmp') || name === '000777.m4s')).toEqual([]);
}, 60_000);

test('dead at the bell: told again, it finalizes from the disk, and mends a torn file', async () => {
  const player = await RtpPlayer.create();
  const first = await startChild();
  const lesson = await TestLesson.start(first);
  await lesson.setCamera();
  await lesson.setMicrophone();
  await play(player, lesson, 4.6);
  await killChild(first);
  player.close();
  const rung = join(folder, 'recordings', lesson.recordingId, lesson.camera, 'l0');
  const torn = (await readdir(rung)).find((name) => name.startsWith('000001-'))!;
  await truncate(join(rung, torn), 100);

  const second = await startChild();
  lesson.target = second;
  const result = await lesson.finalize(9_000);
  expect(result.durationMs).toBe(9_000);
  const { video, root } = await check(lesson, result);
  expect(video[1]!.filler).toBe('file-lost');
  expect(video.at(-1)!.filler).toBe('recorder-down');
  const before = await readFile(join(root, lesson.camera, 'l0', 'index.m3u8'), 'utf8');
  expect(before.endsWith('#EXT-X-ENDLIST\n')).toBe(true);

  await killChild(second);
  lesson.target = await startChild();
  expect(await lesson.finalize(9_000)).toEqual(result);
  expect(await readFile(join(root, lesson.camera, 'l0', 'index.m3u8'), 'utf8')).toBe(before);
  await expect(lesson.open()).rejects.toThrow('WRONG_STATE');
}, 60_000);

test('an end told late takes back the stand-ins after the bell', async () => {
  const player = await RtpPlayer.create();
  const child = await startChild();
  const lesson = await TestLesson.start(child);
  await lesson.setCamera();
  await lesson.setMicrophone();
  await play(player, lesson, 2.5);
  player.close();
  await sleep(6_500);
  const result = await lesson.finalize(3_000);
  expect(result.durationMs).toBeLessThan(5_100);
  await check(lesson, result);
}, 60_000);

test('commands for what is not there are refused with a code', async () => {
  const lesson = await TestLesson.start(await startChild());
  await expect(lesson.pauseCamera()).rejects.toThrow('NOT_FOUND');
  const stranger = await TestLesson.start(lesson.target);
  await stranger.finalize(0);
  await expect(stranger.setCamera()).rejects.toThrow('NOT_FOUND');
});
