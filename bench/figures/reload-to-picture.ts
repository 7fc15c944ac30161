import type { Measured, Say } from '../figure.ts';
import { recoveryRounds } from '../harness/recovery-rounds.ts';
import type { RunningLesson } from '../harness/running-lesson.ts';
import { currentTrack, firstFrame } from '../page/frame-log.ts';

/** From the reload of the teacher's page to her first new picture in the remote classroom. */
export const measure = (say: Say): Promise<Measured> => recoveryRounds({ rounds: 5, once }, say);

async function once({ teacher, remote }: RunningLesson): Promise<number> {
  const before = await currentTrack(remote.page);
  const at = Date.now();
  void teacher.page.reload();
  return (await firstFrame(remote.page, at, ({ track }) => track !== before)) - at;
}
