import { readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { PlainFfmpeg } from '../baseline/plain-ffmpeg.ts';
import type { Measured, Say } from '../figure.ts';
import { CpuWindow } from '../harness/cpu.ts';
import { MediaNode } from '../harness/media-node.ts';
import { NodeDoor } from '../harness/node-door.ts';
import { makeElementaryStreams } from '../load/elementary-streams.ts';
import { RecordedLesson } from '../load/recorded-lesson.ts';
import { RtpSource } from '../load/rtp-source.ts';
import { median, summary } from '../statistics.ts';

/** What Node compiles only after a while is compiled once a lesson, and a lesson lasts 40 minutes. */
const WARM_UP_MS = 20_000;
/** ffmpeg tells nobody when its ports are open. */
const FFMPEG_START_MS = 1_000;
const ROUNDS = 5;
/** A whole number of segments, so that every window holds the same amount of writing. */
const WINDOW_MS = 8_000;

/**
 * CPU of the recorder (its whole process: Node, fsync, heartbeats) for one lesson of three H.264 layers and
 * one Opus stream, and of one `ffmpeg -c copy` that gets every packet a second time, at the same moment.
 */
export async function measure(say: Say): Promise<Measured> {
  say('encoding the streams');
  const source = new RtpSource(await makeElementaryStreams());
  const door = await NodeDoor.open();
  const recorder = await MediaNode.start('recorder', door);
  const ffmpeg = await PlainFfmpeg.start(source.streams);
  try {
    const lesson = await RecordedLesson.start(await door.recorder(), source.streams);
    await sleep(FFMPEG_START_MS);
    source.start(lesson.sink, ffmpeg.sink);
    say('both record');
    await sleep(WARM_UP_MS);
    const rounds: { recorder: number; ffmpeg: number }[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const windows = [new CpuWindow([recorder.pid]), new CpuWindow([ffmpeg.pid])] as const;
      await sleep(WINDOW_MS);
      const pair = { recorder: windows[0].read(), ffmpeg: windows[1].read() };
      rounds.push(pair);
      say(`round ${round + 1}: ${pair.recorder.toFixed(1)} and ${pair.ffmpeg.toFixed(1)} ms/s`);
    }
    source.stop();
    const { tracks } = await lesson.finalize();
    const recordedMs = Math.min(
      ...tracks.map(({ spans }) => spans.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0)),
    );
    const ffmpegSegments = readdirSync(ffmpeg.folder).filter((name) => name.endsWith('.m4s')).length;
    const expectedMs = WARM_UP_MS + ROUNDS * WINDOW_MS;
    if (recordedMs < expectedMs * 0.9 || ffmpegSegments < (expectedMs / 2000) * 4 * 0.8)
      throw new Error(
        `one of the two did not record: ${recordedMs} ms, ${ffmpegSegments} segments of ffmpeg`,
      );
    const baseline = median(rounds.map((pair) => pair.ffmpeg));
    const ratio = median(rounds.map((pair) => pair.recorder / pair.ffmpeg));
    return {
      value: baseline * ratio,
      baseline,
      detail: {
        recorder: summary(rounds.map((pair) => pair.recorder)),
        ffmpeg: summary(rounds.map((pair) => pair.ffmpeg)),
        recordedMs,
        ffmpegSegments,
      },
    };
  } finally {
    await Promise.all([recorder.close(), ffmpeg.close()]);
    await door.close();
  }
}
