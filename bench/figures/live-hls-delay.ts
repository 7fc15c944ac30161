import { type FSWatcher, readFileSync, watch } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../../e2e/harness/until.ts';
import type { Measured, Say } from '../figure.ts';
import { MediaNode } from '../harness/media-node.ts';
import { NodeDoor } from '../harness/node-door.ts';
import { makeElementaryStreams } from '../load/elementary-streams.ts';
import { RecordedLesson } from '../load/recorded-lesson.ts';
import { RtpSource, stampsIn } from '../load/rtp-source.ts';
import { median, percentile, summary } from '../statistics.ts';

const RECORDED_MS = 40_000;
/** The stretch before the first frame, and the first cut, which is in no step yet. */
const SKIPPED_SEGMENTS = 3;
const PLAYLIST = 'index.m3u8';

/**
 * Time from sending a segment's last frame to the recorder until the segment stands in the playlist that
 * players read. Each frame carries its number, so the segment's file tells which was its last one.
 */
export async function measure(say: Say): Promise<Measured> {
  say('encoding the streams');
  const source = new RtpSource(await makeElementaryStreams(), { stamped: true });
  const door = await NodeDoor.open();
  const recorder = await MediaNode.start('recorder', door);
  const watches: PlaylistWatch[] = [];
  try {
    const lesson = await RecordedLesson.start(await door.recorder(), source.streams);
    source.start(lesson.sink);
    const video = source.streams.filter(({ kind }) => kind === 'video');
    const track = join(recorder.dataDir, 'blobs/recordings', lesson.recordingId, lesson.cameraId);
    for (const { rung } of video)
      watches.push(await PlaylistWatch.open(join(track, rung.rungId), rung.rungId));
    say(`recording for ${RECORDED_MS / 1000} s`);
    await sleep(RECORDED_MS);
    source.stop();
    const delays = watches.map((one, index) => one.delays(source.sentAt[index]!));
    const all = delays.flat();
    if (all.length < ((RECORDED_MS / 2000) * video.length) / 2)
      throw new Error(`only ${all.length} segments were listed`);
    const p95 = percentile(all, 0.95);
    return {
      value: p95,
      p50: median(all),
      p95,
      detail: Object.fromEntries(watches.map(({ rungId }, index) => [rungId, summary(delays[index]!)])),
    };
  } finally {
    for (const one of watches) one.close();
    await recorder.close();
    await door.close();
  }
}

/** When each segment of one playlist was first listed, as a reader of the file sees it. */
class PlaylistWatch {
  readonly rungId: string;
  readonly #folder: string;
  readonly #watcher: FSWatcher;
  readonly #listedAt = new Map<string, number>();

  static async open(folder: string, rungId: string): Promise<PlaylistWatch> {
    return await until('the first segment is listed', () => new PlaylistWatch(folder, rungId), {
      everyMs: 20,
    });
  }

  private constructor(folder: string, rungId: string) {
    this.#folder = folder;
    this.rungId = rungId;
    // The playlist is replaced by a rename.
    this.#watcher = watch(folder, (_, name) => name === PLAYLIST && this.#read());
  }

  /** ms from the sending of each listed segment's last frame. @param sentAt wall ms by frame number. */
  delays(sentAt: readonly number[]): number[] {
    return [...this.#listedAt].slice(SKIPPED_SEGMENTS).map(([name, listedAt]) => {
      const last = stampsIn(readFileSync(join(this.#folder, name))).at(-1);
      if (last === undefined) throw new Error(`${this.rungId}/${name} holds no frame of the source`);
      return listedAt - sentAt[last]!;
    });
  }

  close(): void {
    this.#watcher.close();
  }

  #read(): void {
    const text = readFileSync(join(this.#folder, PLAYLIST), 'utf8');
    const now = performance.timeOrigin + performance.now();
    for (const name of text.match(/^\d+\.m4s$/gm) ?? [])
      if (!this.#listedAt.has(name)) this.#listedAt.set(name, now);
  }
}
