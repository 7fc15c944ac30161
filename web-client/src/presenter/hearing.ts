import type { RoomSlot } from '../classroom/lesson-view.ts';
import type { LessonSnapshot } from '../lesson/session.ts';

export type Hearing =
  | {
      word:
        | 'presenter.heardPaused'
        | 'presenter.heardMicOff'
        | 'presenter.heardMicFailed'
        | 'presenter.heardByNobody';
    }
  | { word: 'presenter.heardBy'; count: number };

/** Who hears the teacher now: the first question of every lesson. */
export function hearing(
  { local, live }: Pick<LessonSnapshot, 'local' | 'live'>,
  rooms: readonly RoomSlot[],
): Hearing {
  const mic = local.find(({ role }) => role === 'mic');
  if (!mic || mic.state === 'failed') return { word: 'presenter.heardMicFailed' };
  if (live.steering.paused) return { word: 'presenter.heardPaused' };
  if (mic.paused) return { word: 'presenter.heardMicOff' };
  const count = rooms.filter(({ presence }) => presence === 'here').length;
  return count === 0 ? { word: 'presenter.heardByNobody' } : { word: 'presenter.heardBy', count };
}
