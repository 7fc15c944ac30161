import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { FolderBlobStore } from '#platform/blob-store/folder-blob-store.ts';
import { newId } from '#platform/ids.ts';
import { type MadeRecording, makeRecording } from '../../testing/made-recording.ts';
import type { Tools } from '../jobs/work.ts';
import { perform } from './perform.ts';
import type { ExportTask, Piece } from './plan.ts';
import { readMp4 } from './read-mp4.ts';

const ffmpeg = process.env.FFMPEG_BIN ?? 'ffmpeg';
const folder = mkdtempSync(join(tmpdir(), 'exports-'));
const blobs = new FolderBlobStore(join(folder, 'blobs'));
const person = newId();
let made: MadeRecording;
/** Red until second 2, then green, then blue, two seconds each, over and over: what is seen tells the time. */
const COLOURS =
  "format=gbrp,geq=r='255*eq(mod(floor(T/2),3),0)':g='255*eq(mod(floor(T/2),3),1)':b='255*eq(mod(floor(T/2),3),2)'";

beforeAll(async () => {
  made = await makeRecording(blobs, {
    seconds: 6,
    repeatToMs: 18_000,
    fps: 10,
    feeds: [
      {
        role: 'teacher',
        participantId: person,
        size: [320, 180],
        picture: 'color',
        filter: COLOURS,
        lateMs: 400,
      },
      { role: 'mic', participantId: person, tone: 440 },
      { role: 'pupils', size: [160, 120], picture: 'smptebars' },
      { role: 'mic', tone: 880, lateMs: 3_000 },
    ],
  });
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true }));

function tools(store = blobs, below = folder): Tools & { shares: number[] } {
  const work = join(below, newId());
  mkdirSync(work, { recursive: true });
  const shares: number[] = [];
  const progress = (share: number) => void shares.push(share);
  return { blobs: store, folder: work, ffmpeg, threads: 1, progress, started: () => () => {}, shares };
}

function task(stretches: [number, number][], layout: Piece['layout'], pictures: number[]): ExportTask {
  const parts = stretches.map(([fromMs, toMs]) => ({ recordingId: made.recordingId, fromMs, toMs }));
  const trackIds = pictures.map((index) => made.tracks[index]!.trackId);
  const voices = [made.tracks[1]!.trackId, made.tracks[3]!.trackId];
  return {
    blobKey: `exports/${newId()}/x.mp4`,
    keepFreeBytes: 0,
    pieces: parts.map((part) => ({ ...part, layout, trackIds })),
    sounds: parts.map((part) => ({ ...part, trackIds: voices })),
  };
}

/** The colour in the middle of the frame at a moment of the file. */
function colourAt(key: string, seconds: number): string {
  const raw = execFileSync(ffmpeg, [
    ...['-v', 'error', '-ss', String(seconds), '-i', blobs.pathOf(key), '-frames:v', '1'],
    ...['-vf', 'crop=8:8,scale=1:1', '-f', 'rawvideo', '-pix_fmt', 'rgb24', '-'],
  ]);
  const [r, g, b] = raw;
  return r! > 128 ? 'red' : g! > 128 ? 'green' : b! > 128 ? 'blue' : 'black';
}

test('one format is copied: exact at a joint inside a group of pictures, both streams whole, voices mixed', async () => {
  // The feed begins at 0.4 s with red; its colours change at 2.4, 4.4, 6.4 … of the lesson.
  const asked = task(
    [
      [0, 3_000],
      [7_000, 12_500],
    ],
    'single',
    [0],
  );
  const { key, bytes, sha256 } = await perform(asked, tools());
  expect(key).toBe(asked.blobKey);
  expect(sha256).toMatch(/^[0-9a-f]{64}$/);
  expect((await blobs.info(key)).bytes).toBe(bytes);
  const tracks = (await readMp4(blobs.pathOf(key)))!;
  expect(tracks.map(({ kind }) => kind)).toEqual(['video', 'audio']);
  for (const { durationMs } of tracks) expect(Math.abs(durationMs - 8_500)).toBeLessThan(200);
  // Lesson 0.1 (black there, the first picture held), 2.9, then behind the joint 7.1, 8.6, 12.3.
  const colours = [0.1, 2.9, 3.1, 4.6, 8.3].map((seconds) => colourAt(key, seconds));
  expect(colours).toEqual(['red', 'green', 'red', 'green', 'blue']);
});

test('pictures side by side, and of several sizes, are composed', async () => {
  const asked = task([[300, 2_900]], 'pip', [0, 2]);
  asked.pieces.push({ ...asked.pieces[0]!, fromMs: 4_000, toMs: 5_000, layout: 'grid' });
  asked.sounds.push({ ...asked.sounds[0]!, fromMs: 4_000, toMs: 5_000 });
  const own = tools();
  const { key } = await perform(asked, own);
  for (const { durationMs } of (await readMp4(blobs.pathOf(key)))!)
    expect(Math.abs(durationMs - 3_600)).toBeLessThan(200);
  expect(colourAt(key, 0)).toBe('black');
  expect(colourAt(key, 1)).toBe('red');
  expect(own.shares.at(-1)).toBeGreaterThan(0.9);
}, 60_000);

test('a lost segment is said, and nothing is left behind', async () => {
  const asked = task([[0, 3_000]], 'single', [2]);
  const [first] = await blobs.list(`recordings/${made.recordingId}/${made.tracks[2]!.trackId}/l0`);
  const data = await blobs.get(first!);
  await blobs.delete(first!);
  await expect(perform(asked, tools())).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await blobs.put(first!, data);
  await expect(blobs.info(asked.blobKey)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('a file that is cut off is not taken for a whole one', async () => {
  const { key, bytes } = await perform(task([[0, 2_000]], 'single', [2]), tools());
  truncateSync(blobs.pathOf(key), bytes - 100);
  expect(await readMp4(blobs.pathOf(key))).toBeNull();
  truncateSync(blobs.pathOf(key), 0);
  expect(await readMp4(blobs.pathOf(key))).toBeNull();
});

test('lessons are left their part of the disk', async () => {
  const asked = { ...task([[0, 2_000]], 'single', [2]), keepFreeBytes: Number.MAX_SAFE_INTEGER };
  await expect(perform(asked, tools())).rejects.toMatchObject({ code: 'STORAGE_FULL' });
});

/* A real small disk: mounting one takes root on Linux. */
const disk = mkdtempSync(join(tmpdir(), 'small-disk-'));
let mounted = false;
try {
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', disk], { stdio: 'ignore' });
  mounted = true;
} catch {
  process.stderr.write('a test of exports is skipped: mounting a tmpfs needs root on Linux\n');
}
afterAll(() => {
  if (mounted) execFileSync('umount', ['-l', disk]);
  rmSync(disk, { recursive: true, force: true });
});
(mounted ? test : test.skip)('a disk that becomes full in the middle is said as that', async () => {
  const asked = task([[0, 6_000]], 'single', [2]);
  const full: Tools = {
    ...tools(blobs, disk),
    started() {
      // There was room when it began; now the kernel stops the write at the last free page.
      spawnSync('dd', ['if=/dev/zero', `of=${join(disk, 'ballast')}`, 'bs=4k'], { stdio: 'ignore' });
      return () => {};
    },
  };
  await expect(perform(asked, full)).rejects.toMatchObject({ code: 'STORAGE_FULL' });
});
