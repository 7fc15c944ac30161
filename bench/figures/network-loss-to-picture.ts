import { setTimeout as sleep } from 'node:timers/promises';
import type { Measured, Say } from '../figure.ts';
import { recoveryRounds } from '../harness/recovery-rounds.ts';
import type { RunningLesson } from '../harness/running-lesson.ts';
import { firstFrame, framesSince } from '../page/frame-log.ts';

/** The remote classroom's line is cut for ten seconds: from the moment it is mended to the next picture. */
export const measure = (say: Say): Promise<Measured> => recoveryRounds({ rounds: 4, line: true, once }, say);

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
