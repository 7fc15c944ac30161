import { setTimeout as sleep } from 'node:timers/promises';
import { BrowserCapture } from '../baseline/browser-capture.ts';
import type { Measured, Say } from '../figure.ts';
import { CpuWindow } from '../harness/cpu.ts';
import { MediaNode } from '../harness/media-node.ts';
import { NodeDoor } from '../harness/node-door.ts';
import { makeElementaryStreams } from '../load/elementary-streams.ts';
import { RecordedLesson } from '../load/recorded-lesson.ts';
import { RtpSource } from '../load/rtp-source.ts';
import { median } from '../statistics.ts';

const WARM_UP_MS = 15_000;
const ROUNDS = 3;
const WINDOW_MS = 8_000;
/** Less than this means that nothing was filmed. */
const LEAST_BYTES = 500_000;

/**
 * CPU of the recorder for two feeds of three layers each and two microphones, and of Chromium, a virtual screen and
 * ffmpeg that film the same two pictures side by side at 720p. One after the other: the capture alone fills the machine.
 */
export async function measure(say: Say): Promise<Measured> {
  say('encoding the streams');
  const source = new RtpSource(await makeElementaryStreams());
  const door = await NodeDoor.open();
  const recorder = await MediaNode.start('recorder', door);
  let value: number;
  try {
    const connection = await door.recorder();
    const lessons = [
      await RecordedLesson.start(connection, source.streams),
      await RecordedLesson.start(connection, source.streams),
    ];
    source.start(...lessons.map(({ sink }) => sink));
    await sleep(WARM_UP_MS);
    value = await rounds(() => new CpuWindow([recorder.pid]));
    source.stop();
    for (const lesson of lessons) await lesson.finalize();
    say(`the recorder: ${value.toFixed(1)} ms/s`);
  } finally {
    await recorder.close();
    await door.close();
  }
  const capture = await BrowserCapture.start();
  try {
    await sleep(WARM_UP_MS / 3);
    const baseline = await rounds(() => new CpuWindow(capture.pids()));
    const bytes = await capture.recordedBytes();
    if (bytes < LEAST_BYTES) throw new Error(`the capture filmed only ${bytes} bytes`);
    say(`the capture: ${baseline.toFixed(0)} ms/s`);
    return { value, baseline, detail: { timesLess: baseline / value, capturedBytes: bytes } };
  } finally {
    await capture.close();
  }
}

async function rounds(open: () => CpuWindow): Promise<number> {
  const found: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const window = open();
    await sleep(WINDOW_MS);
    found.push(window.read());
  }
  return median(found);
}
