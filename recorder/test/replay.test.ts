import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { SegmentRecord } from '#protocol/recording-index.ts';
import type { Finalized } from '../src/recording.ts';
import { HlsPage, type Playthrough } from '../testing/hls-page.ts';
import {
  CAMERA,
  MICROPHONE,
  sleep,
  startRecorder,
  TestLesson,
  type TestRecorder,
} from '../testing/lesson.ts';
import { childrenNamed } from '../testing/processes.ts';
import { complaints, endOf, firstHole, segmentsOf } from '../testing/replay.ts';
import {
  h264Clip,
  opusClip,
  type PlayOptions,
  type RtpClip,
  RtpPlayer,
  vp8Clip,
} from '../testing/rtp-clip.ts';

/*
 * Each scenario is a short lesson with real RTP. They run side by side in one recorder, because they must
 * run in real time; the tests then look at what came of them.
 */

interface Outcome {
  lesson: TestLesson;
  player: RtpPlayer;
  result: Finalized;
  video: SegmentRecord[];
  audio: SegmentRecord[];
}

interface Clips {
  small: RtpClip;
  medium: RtpClip;
  sound: RtpClip;
  vp8: RtpClip;
}

type Scenario = (lesson: TestLesson, player: RtpPlayer, clips: Clips) => Promise<unknown>;

async function both(
  lesson: TestLesson,
  player: RtpPlayer,
  clips: Clips,
  picture: RtpClip,
  options: Partial<PlayOptions>,
) {
  await lesson.setCamera();
  await lesson.setMicrophone();
  await Promise.all([
    player.play(picture, { ssrc: CAMERA, port: lesson.port, ...options }),
    player.play(clips.sound, { ssrc: MICROPHONE, port: lesson.port, ...options }),
  ]);
}

const scenarios = {
  plain: (lesson, player, clips) => both(lesson, player, clips, clips.small, { seconds: 9 }),
  'repaired loss': (lesson, player, clips) =>
    both(lesson, player, clips, clips.small, { seconds: 9, loss: 0.05, repairs: true }),
  'unrepaired loss': (lesson, player, clips) =>
    both(lesson, player, clips, clips.small, { seconds: 9, loss: 0.05 }),
  'changed resolution': async (lesson, player, { small, medium, sound }) => {
    await lesson.setCamera();
    await lesson.setMicrophone();
    const camera = { ssrc: CAMERA, port: lesson.port, seconds: 3.5 };
    const speech = player.play(sound, { ssrc: MICROPHONE, port: lesson.port, seconds: 10.5 });
    await player.play(small, camera);
    await player.play(medium, camera);
    await player.play(small, camera);
    await speech;
  },
  'late start, early stop': async (lesson, player, { small, sound }) => {
    await lesson.setMicrophone();
    const speech = player.play(sound, { ssrc: MICROPHONE, port: lesson.port, seconds: 11.5 });
    await sleep(4_000);
    await lesson.setCamera();
    await player.play(small, { ssrc: CAMERA, port: lesson.port, seconds: 3 });
    await lesson.pauseCamera();
    stoppedMs = Date.now() - lesson.epochMs;
    await speech;
  },
  reload: async (lesson, player, clips) => {
    await both(lesson, player, clips, clips.small, { seconds: 3 });
    await sleep(4_500);
    await lesson.setCamera([1_111]);
    await lesson.setMicrophone(2_222);
    await Promise.all([
      player.play(clips.medium, { ssrc: 1_111, port: lesson.port, seconds: 3 }),
      player.play(clips.sound, { ssrc: 2_222, port: lesson.port, seconds: 3 }),
    ]);
  },
  'three layers, then one': async (lesson, player, { small, medium, sound }) => {
    await lesson.setCamera([CAMERA, CAMERA + 1, CAMERA + 2]);
    await lesson.setMicrophone();
    const speech = player.play(sound, { ssrc: MICROPHONE, port: lesson.port, seconds: 9 });
    const layers = [small, small, medium].map((clip, layer) =>
      player.play(clip, { ssrc: CAMERA + layer, port: lesson.port, seconds: 4.4 }),
    );
    await Promise.all(layers);
    await lesson.setCamera([1_111]);
    await player.play(small, { ssrc: 1_111, port: lesson.port, seconds: 4 });
    await speech;
  },
  'VP8, its ffmpeg killed': async (lesson, player, { vp8, sound }) => {
    await lesson.setCamera([CAMERA], 'vp8');
    await lesson.setMicrophone();
    const speech = player.play(sound, { ssrc: MICROPHONE, port: lesson.port, seconds: 9 });
    const camera = player.play(vp8, { ssrc: CAMERA, port: lesson.port, seconds: 9 });
    await sleep(4_300);
    killed = await childrenNamed(process.pid, 'ivf');
    for (const pid of killed) process.kill(pid, 'SIGKILL');
    await Promise.all([speech, camera]);
  },
} satisfies Record<string, Scenario>;

type Name = keyof typeof scenarios;
const names = Object.keys(scenarios) as Name[];
const outcomes = new Map<Name, Outcome>();
const plays = new Map<Name, Playthrough>();
let killed: number[] = [];
let stoppedMs = 0;
let service: TestRecorder;
let page: HlsPage;

async function play(name: Name, clips: Clips): Promise<void> {
  const player = await RtpPlayer.create();
  const lesson = await TestLesson.start(service.recorder);
  await scenarios[name](lesson, player, clips);
  const result = await lesson.finalize();
  const video = await segmentsOf(service.folder, lesson.recordingId, lesson.camera, 'l0');
  const audio = await segmentsOf(service.folder, lesson.recordingId, lesson.microphone, 'a');
  player.close();
  outcomes.set(name, { lesson, player, result, video, audio });
}

beforeAll(async () => {
  const [small, medium, sound, vp8] = await Promise.all([
    h264Clip('s', 10),
    h264Clip('m', 5),
    opusClip(12),
    vp8Clip(10),
  ]);
  service = await startRecorder();
  await Promise.all(names.map((name) => play(name, { small, medium, sound, vp8 })));
  page = await HlsPage.open(service.folder);
  await Promise.all(
    names.map(async (name) => plays.set(name, await page.play(path(outcome(name), 'master.m3u8')))),
  );
}, 120_000);

afterAll(async () => {
  await page?.close();
  await service?.close();
});

const outcome = (name: Name): Outcome => outcomes.get(name)!;
const path = ({ lesson }: Outcome, rest: string) =>
  `recordings/${lesson.recordingId}/${lesson.camera}/${rest}`;
const fillers = (segments: SegmentRecord[]) => new Set(segments.flatMap(({ filler }) => filler ?? []));
/** On a busy machine the first picture comes so late, or is lost, that a stand-in goes before it. */
const withoutLateStart = (segments: SegmentRecord[]) =>
  new Set(segments.flatMap(({ filler }) => (filler && filler !== 'late-start' ? filler : [])));
const spanOf = ({ lesson, result }: Outcome) =>
  result.tracks
    .find((track) => track.trackId === lesson.camera)!
    .spans.map(({ fromMs, toMs }) => [fromMs, toMs]);

describe.each(names)('%s', (name) => {
  test('every playlist covers the lesson exactly, without a hole', () => {
    const { result, video, audio } = outcome(name);
    expect(firstHole(video)).toBeUndefined();
    expect(firstHole(audio)).toBeUndefined();
    expect(endOf(video)).toBe(Math.round(result.durationMs * 90));
    expect(endOf(audio)).toBe(Math.round(result.durationMs * 48));
    for (const { duration } of video) expect(duration).toBeLessThanOrEqual(3.45 * 90_000);
  });

  test('ffmpeg decodes all of it without complaint', async () => {
    const { lesson } = outcome(name);
    const at = (track: string, rung: string) =>
      join(service.folder, 'recordings', lesson.recordingId, track, rung, 'index.m3u8');
    expect(await complaints(at(lesson.camera, 'l0'))).toBe('');
    expect(await complaints(at(lesson.microphone, 'a'))).toBe('');
  });

  test('hls.js plays it to its last second in Chromium', () => {
    const { result } = outcome(name);
    const seen = plays.get(name)!;
    expect(seen).toMatchObject({ ended: true, fatal: [] });
    expect(seen.duration).toBeCloseTo(result.durationMs / 1_000, 1);
    expect(seen.currentTime).toBeCloseTo(result.durationMs / 1_000, 1);
    expect(seen.decodedFrames).toBeGreaterThan(30);
    if (name === 'changed resolution') expect(seen.sizes).toEqual(['320x180', '640x360', '320x180']);
    if (name === 'late start, early stop') expect(seen.decodedFrames).toBeGreaterThan(45);
  });
});

test('key frames, NACKs and receiver reports are sent', () => {
  const { player } = outcome('plain');
  expect(player.pictureLosses).toBeGreaterThanOrEqual(4);
  expect(player.receiverReports).toBeGreaterThanOrEqual(3);
  expect(player.nacks).toBe(0);
  expect(outcome('repaired loss').player.nacks).toBeGreaterThan(5);
});

test('repaired loss costs nothing, unrepaired loss never stops the recording', () => {
  expect(withoutLateStart(outcome('repaired loss').video)).toEqual(new Set());
  const { player, video } = outcome('unrepaired loss');
  expect(player.dropped).toBeGreaterThan(10);
  expect(video.filter((segment) => !segment.filler).length).toBeGreaterThanOrEqual(3);
});

test('a late start, an early stop and a reload are marked as such, and only there', () => {
  const late = outcome('late start, early stop');
  expect(fillers(late.video)).toEqual(new Set(['late-start', 'stopped']));
  const [[from, to]] = spanOf(late) as [[number, number]];
  expect(from).toBeGreaterThan(4_000);
  expect(Math.abs(to - stoppedMs)).toBeLessThan(600);
  const reload = outcome('reload');
  expect(withoutLateStart(reload.video)).toEqual(new Set(['no-media']));
  expect(spanOf(reload).length).toBe(2);
  expect(service.events).toContainEqual(
    expect.objectContaining({ type: 'gap', trackId: reload.lesson.camera, cause: 'no-media' }),
  );
});

test('layers are cut together, and a layer that is gone goes on with the one that is left', async () => {
  const { lesson, result } = outcome('three layers, then one');
  const rungs = await Promise.all(
    ['l0', 'l1', 'l2'].map((rungId) => segmentsOf(service.folder, lesson.recordingId, lesson.camera, rungId)),
  );
  for (const rung of rungs) {
    expect(firstHole(rung)).toBeUndefined();
    expect(endOf(rung)).toBe(Math.round(result.durationMs * 90));
    expect(rung.at(-1)!.filler).toBeUndefined();
    // Where one layer begins a segment, so does another, but for the moments at which only one did.
    const starts = rungs[0]!.map(({ start }) => start / 90);
    const together = rung.filter(({ start }) => starts.some((other) => Math.abs(start / 90 - other) < 60));
    expect(together.length).toBeGreaterThanOrEqual(rung.length - 2);
  }
  const master = await readFile(
    join(service.folder, path(outcome('three layers, then one'), 'master.m3u8')),
    'utf8',
  );
  expect(master.match(/^l\d\/index\.m3u8$/gm)).toEqual(['l0/index.m3u8', 'l1/index.m3u8', 'l2/index.m3u8']);
});

test('a killed transcoder is replaced', () => {
  expect(killed.length).toBe(1);
  const { video, result } = outcome('VP8, its ffmpeg killed');
  const media = video.filter((segment) => !segment.filler);
  expect(media.at(-1)!.start / 90).toBeGreaterThan(6_000);
  const still = video
    .filter((segment) => segment.filler)
    .reduce((sum, segment) => sum + segment.duration / 90, 0);
  expect(still).toBeLessThan(0.5 * result.durationMs);
});

test('a master playlist names the measured bandwidth, the size and the microphone', async () => {
  const text = await readFile(join(service.folder, path(outcome('plain'), 'master.m3u8')), 'utf8');
  expect(text).toMatch(
    /BANDWIDTH=\d{6},AVERAGE-BANDWIDTH=\d{6},CODECS="avc1\.42c0..,opus",RESOLUTION=320x180/,
  );
  expect(text).toContain(`URI="../${outcome('plain').lesson.microphone}/a/index.m3u8"`);
});

test('finalize is idempotent, also for a recording that only the disk remembers', async () => {
  const { lesson, result } = outcome('plain');
  expect(await lesson.finalize(5)).toEqual(result);
});
