import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Platform } from '../../e2e/harness/platform.ts';
import { stormBare } from '../baseline/bare-storm.ts';
import type { Measured, Say } from '../figure.ts';
import { joinAsClassroom, openAsTeacher } from '../load/light-classroom.ts';
import { type ManyLessons, planManyLessons } from '../load/many-lessons.ts';
import { median, percentile, summary } from '../statistics.ts';

const LESSONS = 300;
const CLASSROOMS = 1_000;
const WITHIN_MS = 60_000;

/**
 * The first minute of a county's morning: 1,000 classrooms join 300 lessons within 60 s, each master classroom
 * opening its lesson first. A join counts from dialling to the answer that seats the classroom, with the lesson's
 * router made. Against bare socket.io, where as many clients at the same pace dial and enter a room.
 */
export async function measure(say: Say): Promise<Measured> {
  let planned: ManyLessons | null = null;
  const platform = await Platform.start({ TC_DEMO_ENABLED: 'false' }, async (dataDir) => {
    planned = await planManyLessons(join(dataDir, 'database'), LESSONS, CLASSROOMS);
  });
  try {
    const { lessons } = planned as unknown as ManyLessons;
    const arrivals = lessons.flatMap(({ lessonId, cookies: [master, ...remotes] }) => [
      { lessonId, cookie: master!, opens: true },
      ...remotes.map((cookie) => ({ lessonId, cookie, opens: false })),
    ]);
    const failures: string[] = [];
    const opened = new Map<string, Promise<unknown>>();
    const close: (() => void)[] = [];
    let done = 0;
    const samples = await storm(arrivals, async ({ lessonId, cookie, opens }) => {
      try {
        if (opens) opened.set(lessonId, openAsTeacher(platform.origin, lessonId, cookie));
        await opened.get(lessonId);
        const joined = await joinAsClassroom(platform.origin, lessonId, cookie);
        close.push(joined.close);
        return joined.ms;
      } catch (error) {
        failures.push((error as Error).message);
        return Number.NaN;
      } finally {
        done += 1;
        if (done % 200 === 0) say(`${done} of ${arrivals.length} joined, ${failures.length} failed`);
      }
    });
    for (const end of close) end();
    const good = samples.filter((ms) => !Number.isNaN(ms));
    const bare = await stormBare(CLASSROOMS, WITHIN_MS / 3, say);
    const p95 = percentile(good, 0.95);
    return {
      value: p95,
      baseline: percentile(bare, 0.95),
      p50: median(good),
      p95,
      detail: {
        failures: failures.length,
        firstFailures: failures.slice(0, 3),
        ours: summary(good),
        bare: summary(bare),
      },
    };
  } finally {
    await platform.close();
  }
}

/** Lets them arrive evenly; resolves with what each gave. */
async function storm<T>(arrivals: readonly T[], arrive: (one: T) => Promise<number>): Promise<number[]> {
  const begun = performance.now();
  const running: Promise<number>[] = [];
  for (const [index, one] of arrivals.entries()) {
    const due = begun + (index * WITHIN_MS) / arrivals.length;
    await sleep(Math.max(0, due - performance.now()));
    running.push(arrive(one));
  }
  return await Promise.all(running);
}
