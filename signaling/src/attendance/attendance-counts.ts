import { type Attendance, hadBy, type Verdict } from '#protocol/attendance.ts';
import {
  type AttendanceCount,
  type AttendanceReport,
  countsAs,
  type SchoolCount,
} from '#protocol/attendance-report.ts';
import type { LessonMode } from '#protocol/domain.ts';
import type { Id } from '#protocol/ids.ts';
import type { Held } from './attendance-service.ts';
import type { LessonFacts } from './lesson-facts.ts';

const none = (): AttendanceCount => ({ due: 0, held: 0, cancelled: 0, ahead: 0 });

/** The numbers of a report; schools are those that the asking account answers for. */
export function countsOf(
  all: readonly Held[],
  mine: ReadonlyMap<Id, string>,
): Omit<AttendanceReport, 'from' | 'to'> {
  const total = none();
  const schools = new Map<Id, SchoolCount>();
  const subjects = new Map<string, AttendanceCount>();
  const weeks = new Map<string, AttendanceCount>();
  const modes = new Map<LessonMode, AttendanceCount>();
  const school = (organizationId: Id): SchoolCount | null => {
    const name = mine.get(organizationId);
    return name === undefined
      ? null
      : kept(schools, organizationId, () => ({ organizationId, name, master: none(), remote: none() }));
  };
  for (const { facts, attendance, line } of all) {
    const { verdict } = attendance;
    for (const count of [
      total,
      kept(subjects, line.subject, none),
      kept(weeks, line.monday, none),
      kept(modes, line.mode, none),
      school(facts.organizationId)?.master,
    ])
      if (count) add(count, verdict, verdict === 'held');
    const receivers = new Set(facts.remotes.map(({ organizationId }) => organizationId));
    receivers.delete(facts.organizationId);
    for (const receiver of receivers) {
      const count = school(receiver)?.remote;
      if (count) add(count, verdict, hadAt(receiver, facts, attendance));
    }
  }
  return {
    total,
    schools: [...schools.values()].sort(byName),
    subjects: [...subjects].map(([subject, count]) => ({ subject, ...count })).sort((a, b) => b.due - a.due),
    weeks: [...weeks]
      .map(([monday, count]) => ({ monday, ...count }))
      .sort((a, b) => (a.monday < b.monday ? -1 : 1)),
    modes: [...modes].map(([mode, count]) => ({ mode, ...count })),
  };
}

function add(count: AttendanceCount, verdict: Verdict, had: boolean): void {
  for (const outcome of ['due', 'held', 'cancelled', 'ahead'] as const)
    if (countsAs(outcome, verdict, had)) count[outcome] += 1;
}

/** Whether a school had a lesson: with any of its rooms in it. */
export const hadAt = (organizationId: Id, facts: LessonFacts, attendance: Attendance): boolean =>
  attendance.rooms.some(
    (room, at) => facts.remotes[at]!.organizationId === organizationId && hadBy(attendance, room, facts.plan),
  );

function kept<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key) ?? make();
  map.set(key, known);
  return known;
}

const collator = new Intl.Collator('zh');
const byName = (one: SchoolCount, other: SchoolCount): number => collator.compare(one.name, other.name);
