import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { HlsPage } from '../testing/hls-page.ts';
import { CAMERA, MICROPHONE, sleep, startRecorder, TestLesson } from '../testing/lesson.ts';
import { complaints, endOf, firstHole, segmentsOf } from '../testing/replay.ts';
import { h264Clip, opusClip, RtpPlayer } from '../testing/rtp-clip.ts';

/* A real small disk: mounting one takes root on Linux. */
const folder = mkdtempSync(join(tmpdir(), 'small-disk-'));
let mounted = false;
try {
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', folder], { stdio: 'ignore' });
  mounted = true;
} catch {
  process.stderr.write('full-disk.test.ts is skipped: mounting a tmpfs needs root on Linux\n');
}
const onSmallDisk = mounted ? test : test.skip;

let page: HlsPage | undefined;
beforeAll(async () => {
  if (mounted) page = await HlsPage.open(folder);
});
afterAll(async () => {
  await page?.close();
  if (mounted) execFileSync('umount', ['-l', folder]);
  rmSync(folder, { recursive: true, force: true });
});

onSmallDisk(
  'a full disk costs the recording a marked gap and nothing else',
  async () => {
    const [small, sound] = await Promise.all([h264Clip('s', 16), opusClip(16)]);
    const { recorder, events, close } = await startRecorder(folder);
    const player = await RtpPlayer.create();
    const lesson = await TestLesson.start(recorder);
    await lesson.setCamera();
    await lesson.setMicrophone();
    const media = Promise.all([
      player.play(small, { ssrc: CAMERA, port: lesson.port, seconds: 14 }),
      player.play(sound, { ssrc: MICROPHONE, port: lesson.port, seconds: 14 }),
    ]);
    await sleep(4_500);
    // Fills what is left; the kernel stops the write at the last free page.
    await writeFile(join(folder, 'ballast'), Buffer.alloc(8 * 1024 * 1024)).catch(() => undefined);
    await sleep(4_500);
    const playlist = join(folder, 'recordings', lesson.recordingId, lesson.camera, 'l0', 'index.m3u8');
    expect((await readFile(playlist, 'utf8')).startsWith('#EXTM3U')).toBe(true);
    expect(events).toContainEqual(expect.objectContaining({ type: 'trouble', code: 'RECORDING_DISK_FULL' }));
    await rm(join(folder, 'ballast'));
    await media;
    const result = await lesson.finalize();
    player.close();

    expect(events.findLast((event) => event.type === 'trouble')).toMatchObject({ code: null });
    const video = await segmentsOf(folder, lesson.recordingId, lesson.camera, 'l0');
    const audio = await segmentsOf(folder, lesson.recordingId, lesson.microphone, 'a');
    expect(firstHole(video)).toBeUndefined();
    expect(firstHole(audio)).toBeUndefined();
    expect(endOf(video)).toBe(Math.round(result.durationMs * 90));
    expect(video.some((segment) => segment.filler === 'disk-full')).toBe(true);
    // What comes after the media's end, until a busy machine rings the bell, has none.
    const after = video.slice(video.findLastIndex(({ filler }) => filler === 'disk-full') + 1);
    expect(after.some(({ filler }) => filler === undefined)).toBe(true);
    expect(await complaints(playlist)).toBe('');
    const seen = await page!.play(`recordings/${lesson.recordingId}/${lesson.camera}/master.m3u8`);
    expect(seen).toMatchObject({ ended: true, fatal: [] });
    await close();
  },
  60_000,
);

onSmallDisk(
  'the bell on a full disk is answered with a code, and again when there is room',
  async () => {
    const small = await h264Clip('s', 4);
    const { recorder, close } = await startRecorder(folder);
    const player = await RtpPlayer.create();
    const lesson = await TestLesson.start(recorder);
    await lesson.setCamera();
    await player.play(small, { ssrc: CAMERA, port: lesson.port, seconds: 3 });
    player.close();
    await writeFile(join(folder, 'ballast'), Buffer.alloc(8 * 1024 * 1024)).catch(() => undefined);
    await expect(lesson.finalize(6_000)).rejects.toMatchObject({ code: 'RECORDING_DISK_FULL' });
    await rm(join(folder, 'ballast'));
    expect(await lesson.finalize(6_000)).toMatchObject({ durationMs: 6_000 });
    const video = await segmentsOf(folder, lesson.recordingId, lesson.camera, 'l0');
    expect(endOf(video)).toBe(6_000 * 90);
    await close();
  },
  60_000,
);
