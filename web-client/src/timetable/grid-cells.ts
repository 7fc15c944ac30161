import type { LocalLesson } from '#protocol/local-lessons.ts';
import type { SchoolWeek, WeekDay, WeekLesson, WeekRoom } from '#protocol/timetable.ts';

/** By what the week of a whole school is narrowed: one of its classes, teachers or rooms. */
export type GridFilter = { kind: 'classGroup' | 'teacher' | 'classroom'; id: string } | null;

export interface Cell {
  day: WeekDay;
  /** Null: the row of what fits no period. */
  period: number | null;
  lessons: WeekLesson[];
  locals: LocalLesson[];
}

export interface GridRow {
  period: number | null;
  startsMinute: number | null;
  endsMinute: number | null;
  cells: Cell[];
}

const roomsOf = ({ master, remotes }: WeekLesson): WeekRoom[] => [master, ...remotes];

export function lessonFits(lesson: WeekLesson, filter: GridFilter): boolean {
  if (!filter) return true;
  switch (filter.kind) {
    case 'teacher':
      return (
        lesson.teacher.id === filter.id || lesson.remotes.some(({ assistant }) => assistant?.id === filter.id)
      );
    case 'classroom':
      return roomsOf(lesson).some(({ classroom }) => classroom.id === filter.id);
    case 'classGroup':
      return roomsOf(lesson).some(({ classGroup }) => classGroup?.id === filter.id);
  }
}

const localFits = (local: LocalLesson, filter: GridFilter): boolean =>
  !filter || local[filter.kind]?.id === filter.id;

/** Weekdays always; Saturday and Sunday where lessons are held on them or stand there. */
export const shownDays = ({ days, lessons }: SchoolWeek): WeekDay[] =>
  days.filter(
    ({ day, weekday, follows }) =>
      weekday <= 5 || follows !== null || lessons.some((each) => each.day === day),
  );

/** The week as rows of periods; what is outside of every period has a row of its own at the end. */
export function gridRows(week: SchoolWeek, filter: GridFilter): GridRow[] {
  const days = shownDays(week);
  const lessons = week.lessons.filter((lesson) => lessonFits(lesson, filter));
  const locals = week.locals.filter((local) => localFits(local, filter));
  const known = new Set(week.periods.map(({ period }) => period));
  const rowOf = (period: number | null, startsMinute: number | null, endsMinute: number | null): GridRow => ({
    ...{ period, startsMinute, endsMinute },
    cells: days.map((day) => ({
      ...{ day, period },
      lessons: lessons.filter(
        (lesson) =>
          lesson.day === day.day &&
          (period === null ? lesson.period === null || !known.has(lesson.period) : lesson.period === period),
      ),
      locals:
        period === null
          ? []
          : locals.filter((local) => local.weekday === day.follows && local.period === period),
    })),
  });
  const rows = week.periods.map(({ period, startsMinute, endsMinute }) =>
    rowOf(period, startsMinute, endsMinute),
  );
  const other = rowOf(null, null, null);
  return other.cells.some((cell) => cell.lessons.length > 0) ? [...rows, other] : rows;
}

/** All that a school's week can be narrowed by, as it stands in it. */
export function filterChoices(
  week: SchoolWeek,
): Record<'classGroup' | 'teacher' | 'classroom', Map<string, string>> {
  const found = {
    classGroup: new Map<string, string>(),
    teacher: new Map<string, string>(),
    classroom: new Map<string, string>(),
  };
  const add = (kind: keyof typeof found, named: { id: string; name: string } | null) => {
    if (named) found[kind].set(named.id, named.name);
  };
  for (const { classGroup, teacher, classroom } of week.locals) {
    add('classGroup', classGroup);
    add('teacher', teacher);
    add('classroom', classroom);
  }
  for (const lesson of week.lessons) {
    if (lesson.organizationId === week.organizationId) add('teacher', lesson.teacher);
    for (const room of roomsOf(lesson).filter((each) => each.organizationId === week.organizationId)) {
      add('classGroup', room.classGroup);
      add('classroom', room.classroom);
      add('teacher', room.assistant);
    }
  }
  return found;
}

/** Who and what a lesson needs, for asking about clashes. */
export const partiesOf = ({ teacher, master, remotes }: WeekLesson) => ({
  teacherId: teacher.id,
  masterClassroomId: master.classroom.id,
  masterClassGroupId: master.classGroup?.id ?? null,
  remotes: remotes.map(({ classroom, classGroup, assistant }) => ({
    ...{
      classroomId: classroom.id,
      classGroupId: classGroup?.id ?? null,
      assistantId: assistant?.id ?? null,
    },
  })),
});

/**
 * Where a lesson goes that is put into a period of this week. Another school's bells ring at other times: its lesson goes by
 * the minutes that stand in this grid.
 */
export function placeIn(
  week: SchoolWeek,
  lesson: Pick<WeekLesson, 'organizationId'>,
  day: string,
  period: number | null,
): { day: string; period?: number | null; startsMinute?: number; endsMinute?: number } {
  const bell = week.periods.find((each) => each.period === period);
  return lesson.organizationId === week.organizationId || !bell
    ? { day, period }
    : { day, startsMinute: bell.startsMinute, endsMinute: bell.endsMinute };
}

/** Whether it may be dragged: it is planned, stands, and lies ahead. */
export const mayMove = (lesson: WeekLesson, now: number): boolean =>
  lesson.mayEdit && lesson.state === 'scheduled' && lesson.cancelled === null && lesson.plannedStart > now;

/** Where nothing can be dropped: days without lessons, and what is over. */
export const isOpen = ({ day, period }: Cell, today: string): boolean =>
  period !== null && day.day >= today && !(day.follows === null && day.name !== null);
