import { type Day, mondayOf } from '#protocol/calendar.ts';
import type { LessonState } from '#protocol/domain.ts';
import type { Id } from '#protocol/ids.ts';
import type { Db } from '../database/database.ts';
import type { PlannedRemote, WantedLesson } from './pairing-plan.ts';

/** A lesson that a pairing made earlier. */
export interface MadeLesson {
  id: Id;
  slot_id: Id | null;
  slot_day: Day;
  course_id: Id;
  title: string;
  teacher_id: Id;
  period: number | null;
  planned_start: Date;
  planned_end: Date;
  state: LessonState;
  master_classroom_id: Id;
  master_class_group_id: Id | null;
  auto_open: boolean;
  changed_by_hand: boolean;
  cancelled_at: Date | null;
  version: number;
  remotes: PlannedRemote[];
}

/** All that a pairing made, changed by hand since or not; lessons that somebody added are not among them. */
export async function madeLessons(db: Db, pairingId: Id): Promise<MadeLesson[]> {
  const lessons = await db
    .selectFrom('lesson')
    .select([
      ...([
        'id',
        'slot_id',
        'slot_day',
        'course_id',
        'title',
        'teacher_id',
        'period',
        'planned_start',
      ] as const),
      ...(['planned_end', 'state', 'master_classroom_id', 'master_class_group_id', 'auto_open'] as const),
      ...(['changed_by_hand', 'cancelled_at', 'version'] as const),
    ])
    .where('pairing_id', '=', pairingId)
    .where('slot_day', 'is not', null)
    .orderBy('planned_start')
    .execute();
  const remotes = await db
    .selectFrom('lesson_remote')
    .innerJoin('lesson', 'lesson.id', 'lesson_remote.lesson_id')
    .selectAll('lesson_remote')
    .where('lesson.pairing_id', '=', pairingId)
    .orderBy('lesson_remote.position')
    .execute();
  const byLesson = Map.groupBy(remotes, ({ lesson_id }) => lesson_id);
  return lessons.map((lesson) => ({
    ...lesson,
    slot_day: lesson.slot_day!,
    remotes: (byLesson.get(lesson.id) ?? []).map(({ lesson_id: _, ...remote }) => remote),
  }));
}

/**
 * Which made lesson is which wanted one: of the same slot and day; else of the same slot in the same week (the slot was
 * moved); else, where the slot is gone, of the same course on the same day or in the same week.
 */
export function matched(
  wanted: readonly WantedLesson[],
  made: readonly MadeLesson[],
): { pairs: [WantedLesson, MadeLesson | null][]; left: MadeLesson[] } {
  const left = new Set(made);
  const found = new Map<WantedLesson, MadeLesson>();
  const rules: [(lesson: WantedLesson) => string, (lesson: MadeLesson) => string | null][] = [
    [(w) => `${w.slotId} ${w.slotDay}`, (m) => m.slot_id && `${m.slot_id} ${m.slot_day}`],
    [(w) => `${w.slotId} ${mondayOf(w.slotDay)}`, (m) => m.slot_id && `${m.slot_id} ${mondayOf(m.slot_day)}`],
    [(w) => `${w.courseId} ${w.slotDay}`, (m) => (m.slot_id ? null : `${m.course_id} ${m.slot_day}`)],
    [
      (w) => `${w.courseId} ${mondayOf(w.slotDay)}`,
      (m) => (m.slot_id ? null : `${m.course_id} ${mondayOf(m.slot_day)}`),
    ],
  ];
  for (const [keyOfWanted, keyOfMade] of rules) {
    const free = Map.groupBy(left, keyOfMade);
    for (const lesson of wanted) {
      if (found.has(lesson)) continue;
      const match = free.get(keyOfWanted(lesson))?.shift();
      if (!match) continue;
      found.set(lesson, match);
      left.delete(match);
    }
  }
  return { pairs: wanted.map((lesson) => [lesson, found.get(lesson) ?? null]), left: [...left] };
}
