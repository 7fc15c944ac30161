import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { contentsOf, type RecordingContents, readIndex } from '#platform/recording-index.ts';
import { AppError } from '#protocol/errors.ts';
import type { Perform, Tools } from '../jobs/work.ts';
import { composeVideo } from './composed.ts';
import { runFfmpeg } from './ffmpeg-run.ts';
import {
  commonFormat,
  copiedVideo,
  filesOf,
  lanesOf,
  lengthOf,
  type Recordings,
  soundLane,
} from './placed.ts';
import { ExportTask } from './plan.ts';
import { readMp4 } from './read-mp4.ts';

/** A result whose streams are off by more than this is thrown away. */
const MOST_OFF_MS = 200;
/** Share of the work that is done when the pictures are encoded. */
const ENCODED = 0.9;
/** Bits a second that encoded pictures take at most, for the guess whether there is room. */
const ENCODED_BITRATE = 3_000_000;
const SOUND_BITRATE = 128_000;
/** Its parts, the result, and the result once more while ffmpeg moves its index to the front. */
const COPIES_ON_DISK = 2.1;

/** Makes one MP4: H.264 copied where the pieces have one format and encoded where not; voices mixed to AAC. */
export const perform: Perform = async (raw, tools) => {
  const task = ExportTask.parse(raw);
  const { pieces, sounds, blobKey } = task;
  const recordings = await readRecordings(tools, task);
  const lengthMs = lengthOf(sounds);
  const format = commonFormat(tools.blobs, recordings, pieces);
  const room = () => freeBytes(tools.folder);
  const needed = bytesNeeded(tools, recordings, task, format !== null);
  if ((await room()) - task.keepFreeBytes < needed)
    throw new AppError('STORAGE_FULL', `about ${needed} bytes are needed`);
  const result = join(tools.folder, 'result.mp4');
  try {
    const voices = await writeVoices(tools, recordings, task);
    const video = pieces.length === 0 ? null : format ? 'copy' : 'compose';
    const list =
      video === 'compose'
        ? await composeVideo(tools, recordings, pieces, (share) => tools.progress(share * ENCODED))
        : '';
    const before = video === 'compose' ? ENCODED : 0;
    const complaint = await runFfmpeg(tools, {
      args: [
        ...(video === 'copy' ? ['-i', 'pipe:0'] : []),
        ...(video === 'compose' ? ['-f', 'concat', '-safe', '0', '-i', list] : []),
        ...voices.flatMap((path) => ['-threads', String(tools.threads), '-i', path]),
        ...(video ? ['-map', '0:v', '-c:v', 'copy', '-video_track_timescale', '90000'] : []),
        ...soundArguments(video ? 1 : 0, voices.length, lengthMs),
        ...['-t', String(lengthMs / 1000), '-movflags', '+faststart', '-f', 'mp4', result],
      ],
      ...(video === 'copy' && format && { input: copiedVideo(tools.blobs, recordings, pieces, format) }),
      made: (ms) => tools.progress(before + (1 - before) * Math.min(0.99, ms / lengthMs)),
    });
    await mustBeWhole(result, { video: video !== null, audio: voices.length > 0, lengthMs }, complaint);
    const made = { key: blobKey, bytes: (await stat(result)).size, sha256: await hashOf(result) };
    await tools.blobs.putFile(blobKey, result);
    return made;
  } catch (error) {
    if (await isFull(error, room)) throw new AppError('STORAGE_FULL', 'no space left', { cause: error });
    throw error;
  }
};

async function readRecordings({ blobs }: Tools, { sounds }: ExportTask): Promise<Recordings> {
  const recordings = new Map<string, RecordingContents>();
  for (const { recordingId } of sounds) {
    if (recordings.has(recordingId)) continue;
    const index = await blobs.get(`recordings/${recordingId}/index.ndjson`);
    recordings.set(recordingId, contentsOf(readIndex(index).records));
  }
  return recordings;
}

async function writeVoices(tools: Tools, recordings: Recordings, { sounds }: ExportTask): Promise<string[]> {
  const paths: string[] = [];
  for (let lane = 0; lane < lanesOf(sounds); lane++) {
    const path = join(tools.folder, `voice-${lane}.mp4`);
    await pipeline(Readable.from(soundLane(tools.blobs, recordings, sounds, lane)), createWriteStream(path));
    paths.push(path);
  }
  return paths;
}

/** Each voice in its place on the export's time, silence where it is not; nobody is made quieter by another. */
function soundArguments(first: number, voices: number, lengthMs: number): string[] {
  if (voices === 0) return [];
  const lanes = Array.from(
    { length: voices },
    (_, lane) => `[${first + lane}:a]aresample=48000:async=1:min_hard_comp=0.03:first_pts=0[v${lane}]`,
  );
  const all = Array.from({ length: voices }, (_, lane) => `[v${lane}]`).join('');
  const mix =
    voices > 1 ? `${all}amix=inputs=${voices}:normalize=0:duration=longest,alimiter=level=0` : `${all}anull`;
  const filter = `${lanes.join(';')};${mix},apad=whole_dur=${lengthMs / 1000}[sound]`;
  return [
    '-filter_complex',
    filter,
    '-map',
    '[sound]',
    '-c:a',
    'aac',
    '-b:a',
    String(SOUND_BITRATE),
    '-ac',
    '2',
  ];
}

async function mustBeWhole(
  path: string,
  wanted: { video: boolean; audio: boolean; lengthMs: number },
  complaint: string,
): Promise<void> {
  const tracks = await readMp4(path);
  const right = (kind: 'video' | 'audio') =>
    tracks?.some(
      (track) => track.kind === kind && Math.abs(track.durationMs - wanted.lengthMs) <= MOST_OFF_MS,
    );
  if ((wanted.video && !right('video')) || (wanted.audio && !right('audio')))
    throw new AppError(
      'EXPORT_FAILED',
      `wanted ${wanted.lengthMs} ms, made ${JSON.stringify(tracks)}: ${complaint}`,
    );
}

function bytesNeeded({ blobs }: Tools, recordings: Recordings, task: ExportTask, copied: boolean): number {
  const seconds = lengthOf(task.sounds) / 1000;
  const pictures = copied
    ? task.pieces
        .flatMap(({ recordingId, fromMs, toMs, trackIds }) =>
          filesOf(blobs, recordings, recordingId, trackIds[0]!).segments(fromMs, toMs),
        )
        .reduce((sum, { bytes }) => sum + bytes, 0)
    : task.pieces.length > 0
      ? (seconds * ENCODED_BITRATE) / 8
      : 0;
  return Math.ceil((pictures + (seconds * SOUND_BITRATE) / 8) * COPIES_ON_DISK);
}

async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

/** ffmpeg does not tell a full disk from other trouble: the disk itself is asked. */
async function isFull(error: unknown, room: () => Promise<number>): Promise<boolean> {
  const { code } = error as { code?: string };
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'RECORDING_DISK_FULL') return true;
  return code === 'EXPORT_FAILED' && (await room()) < 1_000_000;
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
