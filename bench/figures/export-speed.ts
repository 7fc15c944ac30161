import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { FolderBlobStore } from '#platform/blob-store/folder-blob-store.ts';
import { newId } from '#platform/ids.ts';
import { contentsOf, readIndex } from '#platform/recording-index.ts';
import { runFfmpeg } from '../../signaling/src/exports/ffmpeg-run.ts';
import { perform } from '../../signaling/src/exports/perform.ts';
import { commonFormat, copiedVideo, soundLane } from '../../signaling/src/exports/placed.ts';
import type { ExportTask, Piece } from '../../signaling/src/exports/plan.ts';
import type { Tools } from '../../signaling/src/jobs/work.ts';
import { makeRecording } from '../../signaling/testing/made-recording.ts';
import type { Measured, Say } from '../figure.ts';

const LESSON_MS = 45 * 60_000;
/** Of the pictures that have to be encoded this much is measured. */
const COMPOSED_MS = 60_000;
const PERSON = newId();

/**
 * An MP4 of a 45-minute lesson, two voices mixed: copied, as a share of the lesson's length, beside plain ffmpeg doing
 * the same to files that lie ready; and in the detail the same for a cut of two pictures, which is encoded.
 */
export async function measure(say: Say): Promise<Measured> {
  const root = mkdtempSync(join(tmpdir(), 'three-classrooms-bench-'));
  try {
    say('making a lesson of 45 minutes');
    const blobs = new FolderBlobStore(join(root, 'blobs'));
    const made = await makeRecording(blobs, {
      ...{ seconds: 10, repeatToMs: LESSON_MS, bitrate: 1_500_000 },
      feeds: [
        { role: 'teacher', participantId: PERSON, size: [1280, 720] },
        { role: 'mic', participantId: PERSON, tone: 220 },
        { role: 'pupils', size: [640, 360], picture: 'smptebars' },
        { role: 'mic', tone: 330 },
      ],
    });
    const [face, mic, pupils, roomMic] = made.tracks.map(({ trackId }) => trackId) as [
      string,
      string,
      string,
      string,
    ];
    const task = (toMs: number, layout: Piece['layout'], trackIds: string[]): ExportTask => {
      const part = { recordingId: made.recordingId, fromMs: 0, toMs };
      return {
        ...{ blobKey: `exports/${newId()}/x.mp4`, keepFreeBytes: 0 },
        pieces: [{ ...part, layout, trackIds }],
        sounds: [{ ...part, trackIds: [mic, roomMic] }],
      };
    };
    say('copied');
    const whole = task(LESSON_MS, 'single', [face]);
    const copiedMs = await timed(async () => perform(whole, await tools(blobs, root)));
    await blobs.delete(whole.blobKey);
    say('by plain ffmpeg');
    const plainMs = await plain(whole, await tools(blobs, root), made.recordingId);
    say('composed of two pictures');
    const composed = task(COMPOSED_MS, 'pip', [face, pupils]);
    const composedMs = await timed(async () => perform(composed, await tools(blobs, root)));
    const times = (lengthMs: number, ms: number) => Math.round((lengthMs / ms) * 10) / 10;
    return {
      value: copiedMs / LESSON_MS,
      baseline: plainMs / LESSON_MS,
      detail: {
        copiedTimesRealTime: times(LESSON_MS, copiedMs),
        plainFfmpegTimesRealTime: times(LESSON_MS, plainMs),
        composedTimesRealTime: times(COMPOSED_MS, composedMs),
        copiedSeconds: Math.round(copiedMs / 1000),
      },
    };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

async function tools(blobs: FolderBlobStore, root: string): Promise<Tools> {
  const folder = join(root, newId());
  await mkdir(folder);
  const ffmpeg = process.env.FFMPEG_BIN ?? 'ffmpeg';
  return { blobs, folder, ffmpeg, threads: 1, progress() {}, started: () => () => {} };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const since = performance.now();
  await work();
  return performance.now() - since;
}

/** Files that lie ready, one for each stream; what is timed is ffmpeg alone. */
async function plain({ pieces, sounds }: ExportTask, own: Tools, recordingId: string): Promise<number> {
  const { blobs, folder } = own;
  const index = await blobs.get(`recordings/${recordingId}/index.ndjson`);
  const recordings = new Map([[recordingId, contentsOf(readIndex(index).records)]]);
  const write = async (name: string, content: AsyncIterable<Buffer>) => {
    await pipeline(Readable.from(content), createWriteStream(join(folder, name)));
    return ['-i', join(folder, name)];
  };
  const format = commonFormat(blobs, recordings, pieces)!;
  const inputs = [
    ...(await write('video.mp4', copiedVideo(blobs, recordings, pieces, format))),
    ...(await write('a.mp4', soundLane(blobs, recordings, sounds, 0))),
    ...(await write('b.mp4', soundLane(blobs, recordings, sounds, 1))),
  ];
  const args = [
    ...inputs,
    ...['-filter_complex', '[1:a][2:a]amix=inputs=2:normalize=0[a]', '-map', '0:v', '-map', '[a]'],
    ...['-c:v', 'copy', '-c:a', 'aac', '-b:a', '128k', '-movflags', '+faststart', join(folder, 'plain.mp4')],
  ];
  return await timed(() => runFfmpeg(own, { args }));
}
