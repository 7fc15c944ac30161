import type { Measured, Say } from '../figure.ts';
import { median, percentile, summary } from '../statistics.ts';
import { RunningLesson } from './running-lesson.ts';

/** Breaks one running lesson again and again; `once` gives the ms until it was whole. */
export async function recoveryRounds(
  { rounds, line, once }: { rounds: number; line?: boolean; once(lesson: RunningLesson): Promise<number> },
  say: Say,
): Promise<Measured> {
  const lesson = await RunningLesson.start({ line: line ?? false });
  try {
    const samples: number[] = [];
    for (let round = 0; round < rounds; round++) {
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
