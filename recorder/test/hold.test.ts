import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { SegmentRecord } from '#protocol/recording-index.ts';
import type { Finalized } from '../src/recording.ts';
import { CAMERA, MICROPHONE, sleep, startRecorder, TestLesson } from '../testing/lesson.ts';
import { brightness, complaints, endOf, firstHole, segmentsOf } from '../testing/replay.ts';
import { h264Clip, opusClip, type RtpClip, RtpPlayer } from '../testing/rtp-clip.ts';

/* While a recording is held the camera sees a bright picture that it does not see otherwise. */
let folder: string;
let dark: RtpClip;
let bright: RtpClip;
let sound: RtpClip;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hold-'));
  [dark, bright, sound] = await Promise.all([
    h264Clip('s', 3, 'color'),
    h264Clip('s', 3, 'testsrc2'),
    opusClip(9),
  ]);
}, 30_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

const see = (player: RtpPlayer, lesson: TestLesson, clip: RtpClip, seconds: number) =>
  player.play(clip, { ssrc: CAMERA, port: lesson.port, seconds });
const hear = (player: RtpPlayer, lesson: TestLesson, seconds: number) =>
  player.play(sound, { ssrc: MICROPHONE, port: lesson.port, seconds });

async function read(lesson: TestLesson, { durationMs, tracks }: Finalized) {
  const video = await segmentsOf(folder, lesson.recordingId, lesson.camera, 'l0');
  const audio = await segmentsOf(folder, lesson.recordingId, lesson.microphone, 'a');
  for (const rung of [video, audio]) expect(firstHole(rung)).toBeUndefined();
  expect(endOf(video)).toBe(Math.round(durationMs * 90));
  expect(endOf(audio)).toBe(Math.round(durationMs * 48));
  const playlist = (track: string, rung: string) =>
    join(folder, 'recordings', lesson.recordingId, track, rung, 'index.m3u8');
  expect(await complaints(playlist(lesson.camera, 'l0'))).toBe('');
  expect(await complaints(playlist(lesson.microphone, 'a'))).toBe('');
  const pictures = await brightness(playlist(lesson.camera, 'l0'));
  const spans = (trackId: string) => tracks.find((track) => track.trackId === trackId)!.spans;
  return { video, audio, pictures, spans };
}

/** The stretches of a rung that were held, in ms. */
const heldIn = (segments: SegmentRecord[], ticksPerMs: number) =>
  segments
    .filter(({ filler }) => filler === 'held')
    .map(({ start, duration }) => [start / ticksPerMs, (start + duration) / ticksPerMs] as const);

/** Media that lies in `[fromMs, toMs)`. */
const keptWithin = (segments: SegmentRecord[], ticksPerMs: number, fromMs: number, toMs: number) =>
  segments.filter(
    ({ start, duration, filler }) =>
      !filler && start / ticksPerMs < toMs && (start + duration) / ticksPerMs > fromMs,
  );

test('nothing of a pause is kept, it stays one recording, and the tracks stay in step', async () => {
  const { recorder, events, close } = await startRecorder(folder);
  const player = await RtpPlayer.create();
  const lesson = await TestLesson.start(recorder);
  await lesson.setCamera();
  await lesson.setMicrophone();
  const speech = hear(player, lesson, 7.5);
  await see(player, lesson, dark, 2.6);
  const from = await lesson.hold(true);
  await lesson.hold(true);
  await see(player, lesson, bright, 2);
  const to = await lesson.hold(false);
  await see(player, lesson, dark, 2.6);
  await speech;
  const { video, audio, pictures, spans } = await read(lesson, await lesson.finalize());
  player.close();
  await close();

  expect(pictures.length).toBeGreaterThan(40);
  expect(Math.max(...pictures)).toBeLessThan(40);
  expect(keptWithin(audio, 48, from + 1, to - 1)).toEqual([]);
  expect(keptWithin(video, 90, from + 1, to - 1)).toEqual([]);
  // Both stand still over the very same stretch; the picture then waits for a key frame.
  expect(heldIn(audio, 48)[0]![0]).toBe(from);
  expect(heldIn(video, 90)[0]![0]).toBe(from);
  for (const trackId of [lesson.camera, lesson.microphone]) {
    expect(spans(trackId).some(({ toMs }) => toMs <= from + 1)).toBe(true);
    expect(spans(trackId).some(({ fromMs }) => fromMs >= to - 1)).toBe(true);
    expect(events).toContainEqual(expect.objectContaining({ type: 'gap', trackId, cause: 'held' }));
  }
}, 60_000);

test('a recorder that dies during a pause still keeps nothing of it, nor does a track that begins in it', async () => {
  const first = await startRecorder(folder);
  const player = await RtpPlayer.create();
  const lesson = await TestLesson.start(first.recorder);
  await lesson.setCamera();
  await see(player, lesson, dark, 1.2);
  const from = await lesson.hold(true);
  await first.close();

  const second = await startRecorder(folder);
  lesson.target = second.recorder;
  await lesson.open();
  const again = { type: 'recording.hold', recordingId: lesson.recordingId, held: true, atMs: from } as const;
  await second.recorder.handle(again);
  await lesson.setCamera();
  await lesson.setMicrophone();
  await Promise.all([see(player, lesson, bright, 1.2), hear(player, lesson, 1.2)]);
  const to = await lesson.hold(false);
  await Promise.all([see(player, lesson, dark, 1.6), hear(player, lesson, 1.6)]);
  await sleep(100);
  const { audio, pictures } = await read(lesson, await lesson.finalize());
  player.close();
  await second.close();

  expect(Math.max(...pictures)).toBeLessThan(40);
  expect(keptWithin(audio, 48, 0, to - 1)).toEqual([]);
  const causes = audio.filter(({ start }) => start / 48 < to - 1).map(({ filler }) => filler);
  expect(new Set(causes)).toEqual(new Set(['late-start', 'held']));
  expect(heldIn(audio, 48)[0]![0]).toBe(from);
}, 60_000);
