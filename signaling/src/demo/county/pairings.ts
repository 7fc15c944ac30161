import type { Period } from './calendar.ts';
import type { Chance } from './chance.ts';
import type { Draft } from './draft.ts';
import type { Occupied } from './occupied.ts';
import type { ClassPlan, School } from './school.ts';
import { SHARED } from './subjects.ts';

export interface PairingParts {
  draft: Draft;
  chance: Chance;
  schools: readonly School[];
  bells: ReadonlyMap<School, Period[]>;
  occupied: Occupied;
  termId: string;
  approvedAt: Date;
}

/** Both sides have approved all but the last few, so that lists show every state. */
const UNFINISHED = ['pending', 'pending', 'draft'] as const;
const WEEKDAYS = [1, 2, 3, 4, 5];

/** Town classes that village classes follow: `count` active pairings and a few that wait. */
export function makePairings(parts: PairingParts, count: number): void {
  const masters = parts.schools.filter(({ sort }) => sort === 'town' || sort === 'middle');
  const made = { active: 0, unfinished: 0 };
  const wanted = count >= 10 ? UNFINISHED.length : 1;
  for (let tries = 0; made.active + made.unfinished < count + wanted && tries < count * 20; tries += 1) {
    const active = made.active < count;
    const state = active ? 'active' : UNFINISHED[made.unfinished]!;
    if (makePairing(parts, masters[tries % masters.length]!, state))
      made[active ? 'active' : 'unfinished'] += 1;
  }
}

interface Side {
  school: School;
  group: ClassPlan;
  room: string;
  assistant: string;
}

function makePairing(
  { draft, chance, schools, bells, occupied, termId, approvedAt }: PairingParts,
  master: School,
  state: 'active' | 'pending' | 'draft',
): boolean {
  const group = chance.of(master.classes.filter(({ grade }) => grade >= 2));
  const [subject = '英语'] = chance.shuffled(
    SHARED.filter((name) => master.courses.has(`${group.grade} ${name}`)),
  );
  const teacher = chance.of(master.teachers.filter((one) => one.subject === subject));
  const courseId = master.courses.get(`${group.grade} ${subject}`);
  const remotes = remotesOf(chance, schools, master, group);
  if (!courseId || !teacher || remotes.length === 0) return false;
  const room = chance.of(master.rooms);
  const all = [
    group.id,
    teacher.id,
    room,
    ...remotes.flatMap((one) => [one.group.id, one.room, one.assistant]),
  ];
  const slots = findSlots(chance, occupied, bells.get(master)!, all);
  if (slots.length < 2) return false;
  const id = draft.id();
  const approved = { approved_by: master.administratorId, approved_at: approvedAt };
  draft.rows.pairing.push({
    ...{ id, organization_id: master.id, term_id: termId, master_class_group_id: group.id, state },
    ...{ master_classroom_id: room, created_by: master.administratorId, created_at: approvedAt },
    ...(state !== 'draft' && approved),
  });
  draft.rows.pairing_course.push({ pairing_id: id, course_id: courseId, teacher_id: teacher.id });
  for (const [position, one] of remotes.entries())
    draft.rows.pairing_remote.push({
      ...{ pairing_id: id, organization_id: one.school.id, class_group_id: one.group.id },
      ...{ classroom_id: one.room, assistant_id: one.assistant, position },
      ...(state === 'active' && { approved_by: one.school.administratorId, approved_at: approvedAt }),
    });
  for (const { weekday, period } of slots) {
    occupied.take(all, weekday, period);
    draft.rows.pairing_slot.push({
      ...{ id: draft.id(), pairing_id: id, course_id: courseId, weekday, period: period.period },
    });
  }
  return true;
}

/** One to three classes of the same grade out of town, of the same county. */
function remotesOf(chance: Chance, schools: readonly School[], master: School, group: ClassPlan): Side[] {
  const far = schools.filter(
    ({ sort, county, classes }) =>
      county === master.county &&
      (sort === 'village' || sort === 'nineYear' || sort === 'point') &&
      classes.some(({ grade }) => grade === group.grade),
  );
  return chance
    .shuffled(far)
    .slice(0, chance.between(1, 3))
    .map((school) => ({
      school,
      group: school.classes.find(({ grade }) => grade === group.grade)!,
      room: chance.of(school.rooms),
      assistant: chance.of(school.assistants),
    }));
}

/** Two weekly periods of the master school's bells in which all of them are free. */
function findSlots(chance: Chance, occupied: Occupied, periods: readonly Period[], all: readonly string[]) {
  const slots: { weekday: number; period: Period }[] = [];
  for (const weekday of chance.shuffled(WEEKDAYS)) {
    const period = chance
      .shuffled(periods.slice(1, 7))
      .find((one) => all.every((who) => occupied.isFree(who, weekday, one)));
    if (period) slots.push({ weekday, period });
    if (slots.length === 2) break;
  }
  return slots;
}
