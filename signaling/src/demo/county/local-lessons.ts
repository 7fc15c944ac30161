import type { Period } from './calendar.ts';
import type { Draft } from './draft.ts';
import type { Occupied } from './occupied.ts';
import type { ClassPlan, School, Teacher } from './school.ts';
import { weekOf } from './subjects.ts';

interface Wish {
  subject: string;
  teacher: Teacher;
  left: number;
}

/** A school's own timetable around its shared lessons: what no teacher is free for stays open. */
export function makeLocalLessons(
  draft: Draft,
  {
    school,
    periods,
    occupied,
    termId,
  }: { school: School; periods: readonly Period[]; occupied: Occupied; termId: string },
): void {
  const wishes = new Map(school.classes.map((group, at) => [group, wishesOf(school, group, at)]));
  for (const period of periods)
    for (let weekday = 1; weekday <= 5; weekday += 1)
      for (const group of school.classes) {
        if (!occupied.isFree(group.id, weekday, period)) continue;
        const wish = wishes
          .get(group)!
          .filter(({ left, teacher }) => left > 0 && occupied.isFree(teacher.id, weekday, period))
          .sort((one, other) => other.left - one.left)[0];
        if (!wish) continue;
        wish.left -= 1;
        occupied.take([group.id, wish.teacher.id], weekday, period);
        draft.rows.local_lesson.push({
          ...{ id: draft.id(), organization_id: school.id, term_id: termId, class_group_id: group.id },
          ...{ weekday, period: period.period, subject: wish.subject, teacher_id: wish.teacher.id },
          classroom_id: null,
        });
      }
}

/** Each subject with one teacher of it; where there is none, whoever teaches 语文 takes it. */
function wishesOf(school: School, group: ClassPlan, at: number): Wish[] {
  const of = (subject: string) => school.teachers.filter((one) => one.subject === subject);
  return Object.entries(weekOf(group.grade)).flatMap(([subject, left]) => {
    const able =
      of(subject).length > 0 ? of(subject) : school.sort === 'point' ? school.teachers : of('语文');
    const teacher = able[at % able.length];
    return teacher ? [{ subject, teacher, left }] : [];
  });
}
