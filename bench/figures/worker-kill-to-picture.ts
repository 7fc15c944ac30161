import type { Measured, Say } from '../figure.ts';
import { recoveryRounds } from '../harness/recovery-rounds.ts';
import type { RunningLesson } from '../harness/running-lesson.ts';
import { currentTrack, firstFrame } from '../page/frame-log.ts';

/** The media worker is killed with -9: from then to the next picture of the teacher in the remote classroom. */
export const measure = (say: Say): Promise<Measured> => recoveryRounds({ rounds: 5, once }, say);

async function once({ platform, remote }: RunningLesson): Promise<number> {
  const before = await currentTrack(remote.page);
  const at = Date.now();
  process.kill(platform.workerPid, 'SIGKILL');
  return (await firstFrame(remote.page, at, ({ track }) => track !== before)) - at;
}
