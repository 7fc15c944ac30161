import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../../e2e/harness/until.ts';
import type { Measured, Say } from '../figure.ts';
import { RunningLesson } from '../harness/running-lesson.ts';
import { framesSince, type LoggedFrame } from '../page/frame-log.ts';
import { median } from '../statistics.ts';

const ROUNDS = 3;
const WINDOW_MS = 8_000;

/**
 * Signaling is killed with -9 and comes back: for how long the picture in the remote classroom froze meanwhile. What
 * a freeze is, is taken from W3C webrtc-stats (`freezeCount`): a pause of 150 ms more than usual, or of three
 * usual ones. The baseline is the same window just before, with everything alive.
 */
export async function measure(say: Say): Promise<Measured> {
  const lesson = await RunningLesson.start();
  try {
    const frozen: number[] = [];
    const usual: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      await lesson.settle();
      usual.push(await frozenMs(lesson, () => {}));
      frozen.push(await frozenMs(lesson, () => lesson.platform.kill('signaling')));
      await until('signaling is back', () => lesson.platform.isWhole());
      say(`round ${round + 1}: ${frozen.at(-1)?.toFixed(0)} ms, alive ${usual.at(-1)?.toFixed(0)} ms`);
    }
    return { value: median(frozen), baseline: median(usual), detail: { frozen, usual } };
  } finally {
    await lesson.close();
  }
}

async function frozenMs({ remote }: RunningLesson, act: () => void): Promise<number> {
  const at = Date.now();
  act();
  await sleep(WINDOW_MS);
  return freezes(await framesSince(remote.page, at));
}

function freezes(frames: readonly LoggedFrame[]): number {
  const pauses = frames.slice(1).map(({ at }, index) => at - frames[index]!.at);
  const usual = median(pauses);
  const longest = Math.max(3 * usual, usual + 150);
  return pauses.filter((pause) => pause > longest).reduce((sum, pause) => sum + pause - usual, 0);
}
