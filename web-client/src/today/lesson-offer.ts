import type { Lesson } from '#protocol/domain.ts';
import { mayIn } from '../api/may.ts';

export type Offer = 'enter' | 'desk' | 'watchLive' | 'replay' | 'nothing';

/** The one thing that somebody does with a lesson now. */
export function offerOf(lesson: Lesson): Offer {
  const watch = mayIn(lesson, 'replay.watch');
  switch (lesson.state) {
    case 'scheduled':
    case 'open':
      return mayIn(lesson, 'room.join') ? entrance(lesson) : 'nothing';
    case 'live':
      if (mayIn(lesson, 'room.join')) return entrance(lesson);
      return watch ? 'watchLive' : 'nothing';
    case 'ended':
      return watch ? 'replay' : 'nothing';
    case 'ready':
      return watch && lesson.replayMs !== null ? 'replay' : 'nothing';
  }
}

/** Who is there for the recording goes to its desk. */
const entrance = ({ role }: Lesson): Offer => (role === 'operator' ? 'desk' : 'enter');

/** Beside entering: who watches over a lesson may direct its recording; who presents it does so from the console. */
export const mayOpenDesk = (lesson: Lesson): boolean =>
  offerOf(lesson) === 'enter' && lesson.role !== 'presenter' && mayIn(lesson, 'record.direct');

const ORDER: Record<Lesson['state'], number> = { live: 0, open: 0, scheduled: 0, ended: 1, ready: 1 };

/** Lessons still to be held by time, and then the ones that are over, by time. */
export const inOrder = (lessons: readonly Lesson[]): Lesson[] =>
  [...lessons].sort((a, b) => ORDER[a.state] - ORDER[b.state] || a.plannedStart - b.plannedStart);

/** The lesson that wants attention: running, else the next to begin. */
export function nextLesson(lessons: readonly Lesson[]): Lesson | null {
  const sorted = inOrder(lessons).filter(({ state, cancelled }) => ORDER[state] === 0 && !cancelled);
  return (
    sorted.find(({ state }) => state === 'live') ??
    sorted.find(({ state }) => state === 'open') ??
    sorted[0] ??
    null
  );
}

/** The lesson that the demo film may be played into: the first that nobody holds yet. */
export const demoLesson = (lessons: readonly Lesson[]): Lesson | null =>
  inOrder(lessons).find(
    (lesson) => (lesson.state === 'scheduled' || lesson.state === 'open') && mayIn(lesson, 'lesson.demo'),
  ) ?? null;
