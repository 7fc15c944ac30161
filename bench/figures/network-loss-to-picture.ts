import { setTimeout as sleep } from 'node:timers/promises';
import type { Measured, Say } from '../figure.ts';
import { RunningLesson } from '../harness/running-lesson.ts';
import { firstFrame, framesSince } from '../page/frame-log.ts';
import { median, percentile, summary } from '../statistics.ts';

const ROUNDS = 4;

/** The remote classroom's line is cut for ten seconds: from the moment it is mended to the next picture. */
export async function measure(say: Say): Promise<Measured> {
  const lesson = await RunningLesson.start({ line: true });
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

/** How long the line is cut. */
const CUT_MS = 10_000;
/** What was on its way when the line was cut still arrives. */
const ON_ITS_WAY_MS = 3_000;

async function once({ line, remote }: RunningLesson): Promise<number> {
  const cutAt = Date.now();
  line!.cut();
  await sleep(CUT_MS);
  const leaked = (await framesSince(remote.page, cutAt + ON_ITS_WAY_MS)).length;
  if (leaked > 0) throw new Error(`${leaked} frames came through a line that was cut`);
  const mendedAt = Date.now();
  line!.mend();
  return (await firstFrame(remote.page, mendedAt, () => true)) - mendedAt;
}
