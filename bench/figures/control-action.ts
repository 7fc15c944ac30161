import { setTimeout as sleep } from 'node:timers/promises';
import { BareRelay } from '../baseline/bare-relay.ts';
import type { Measured, Say } from '../figure.ts';
import { RunningLesson } from '../harness/running-lesson.ts';
import { changedAt, installSeenAt, touch } from '../page/seen-at.ts';
import { median, percentile, summary } from '../statistics.ts';

const ACTIONS = 40;
/** As fast as a hurried teacher touches. */
const PAUSE_MS = 250;

/**
 * From the touch on 听课 or 讨论 in the teacher's page until the remote classroom's big screen says so, through
 * request, decision, database and page. Against an event that bare socket.io passes from one client to another.
 */
export async function measure(say: Say): Promise<Measured> {
  const baseline = await BareRelay.measure(ACTIONS);
  say(`bare socket.io: p95 ${percentile(baseline, 0.95).toFixed(1)} ms`);
  const lesson = await RunningLesson.start();
  try {
    const { teacher, remote } = lesson;
    await lesson.settle();
    await installSeenAt(remote.page, 'footer [role=status]');
    const samples: number[] = [];
    for (let action = 0; action < ACTIONS; action++) {
      const at = await touch(teacher.page, action % 2 === 0 ? 'stage-listen' : 'stage-discuss');
      samples.push((await changedAt(remote.page, at)) - at);
      await sleep(PAUSE_MS);
    }
    say(`p50 ${median(samples).toFixed(0)} ms, p95 ${percentile(samples, 0.95).toFixed(0)} ms`);
    const p95 = percentile(samples, 0.95);
    return {
      value: p95,
      baseline: percentile(baseline, 0.95),
      p50: median(samples),
      p95,
      detail: { ours: summary(samples), bare: summary(baseline) },
    };
  } finally {
    await lesson.close();
  }
}
