import type { Measured, Say } from '../figure.ts';
import { RunningLesson } from '../harness/running-lesson.ts';
import { currentTrack, firstFrame } from '../page/frame-log.ts';
import { median, percentile, summary } from '../statistics.ts';

const ROUNDS = 5;

/** From the reload of the teacher's page to her first new picture in the remote classroom. */
export async function measure(say: Say): Promise<Measured> {
  const lesson = await RunningLesson.start();
  try {
    const samples: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      await lesson.settle();
      samples.push(await once(lesson));
      say(`round ${round + 1}: ${samples.at(-1)?.toFixed(0)} ms`);
    }
    const p95 = percentile(samples, 0.95);
    return { value: p95, p50: median(samples), p95, detail: summary(samples) };
  } finally {
    await lesson.close();
  }
}

async function once({ teacher, remote }: RunningLesson): Promise<number> {
  const before = await currentTrack(remote.page);
  const at = Date.now();
  void teacher.page.reload();
  return (await firstFrame(remote.page, at, ({ track }) => track !== before)) - at;
}
