import type { Insertable } from 'kysely';
import { addDays, dayAndMinuteOf } from '#protocol/calendar.ts';
import type { Db } from '../../database/database.ts';
import type { Database } from '../../database/schema.ts';
import { LessonMaker } from '../../timetable/make-lessons.ts';
import { readSeedFile } from '../seed-file.ts';
import { type CountyTerm, countyTermOf, makeBells, makeTerm, type Period } from './calendar.ts';
import { Chance } from './chance.ts';
import { Draft, TABLES } from './draft.ts';
import { makeLocalLessons } from './local-lessons.ts';
import { Names } from './names.ts';
import { Occupied } from './occupied.ts';
import { makePairings } from './pairings.ts';
import { holdPastLessons } from './past-lessons.ts';
import { makeSchool, type School } from './school.ts';
import { SMALL, WHOLE, type WorldPlan } from './schools.ts';

export interface CountyOptions {
  /** The same seed makes the same county. */
  seed?: number;
  /** `small`: two schools and a teaching point, for tests. */
  size?: 'whole' | 'small';
  /** Its term is the county's; what was before it was held, or not; later lessons are still to come. */
  today?: Date;
  /** The school's time zone, by which its bells ring. */
  timeZone?: string;
}

export interface MadeCounty {
  /** The city's bureau, above all of it. */
  rootId: string;
  termId: string;
  /** Rows by table. */
  counts: Record<(typeof TABLES)[number] | 'lesson', number>;
  /** Lessons before today that were held. */
  held: number;
}

/** When all of it was entered and approved: twelve days before the term. */
const sinceOf = ({ startsOn }: CountyTerm): Date => new Date(`${addDays(startsOn, -12)}T02:00:00Z`);
/** A statement's worth; PostgreSQL takes 65,535 parameters. */
const ROWS_AT_ONCE = 2_000;

/**
 * A whole county, made up and the same for the same seed: bureaus, schools, people, rooms, classes, courses, bells, one
 * term, its pairings and timetables, and what was held of them before today. Nobody in it has a password. The lessons
 * are made as any are: their ids are new each time.
 */
export async function makeCounty(
  db: Db,
  { seed = 1, size = 'whole', today = new Date(), timeZone = 'Asia/Shanghai' }: CountyOptions = {},
): Promise<MadeCounty> {
  const term = countyTermOf(dayAndMinuteOf(today.getTime(), timeZone).day);
  const { draft, rootId, termId } = draftCounty(seed, size === 'small' ? SMALL : WHOLE, term);
  await db.transaction().execute(async (trx) => {
    for (const table of TABLES) {
      const rows = draft.rows[table] as Insertable<Database[typeof table]>[];
      for (let from = 0; from < rows.length; from += ROWS_AT_ONCE)
        await trx
          .insertInto(table)
          .values(rows.slice(from, from + ROWS_AT_ONCE) as never)
          .execute();
    }
  });
  const lesson = await makeLessons(db, draft, { timeZone, since: sinceOf(term) });
  const held = await holdPastLessons(db, termId, seed, today);
  const counts = Object.fromEntries(TABLES.map((table) => [table, draft.rows[table].length]));
  return { rootId, termId, held, counts: { ...counts, lesson } as MadeCounty['counts'] };
}

/** The whole term's, as if its pairings had been approved before it began. */
async function makeLessons(
  db: Db,
  draft: Draft,
  { timeZone, since }: { timeZone: string; since: Date },
): Promise<number> {
  const maker = new LessonMaker(timeZone, () => since.getTime());
  let count = 0;
  for (const { id } of draft.rows.pairing)
    count += await db.transaction().execute(async (trx) => (await maker.make(id, trx)).made);
  return count;
}

function draftCounty(seed: number, plan: WorldPlan, term: CountyTerm) {
  const since = sinceOf(term);
  const draft = new Draft(seed, since);
  const chance = new Chance(seed);
  // The demo's own people are found by their names.
  const names = new Names(
    chance,
    readSeedFile().people.map(({ name }) => name),
  );
  const rootId = makeBureau(draft, names, { name: plan.city, code: '530400', parentId: null, ordinal: 1 });
  draft.person(rootId, names.grown(), 'security', 'S530400001');
  draft.person(rootId, names.grown(), 'auditor', 'J530400001');
  const schools = makeSchools({ draft, chance, names, term }, rootId, plan);
  const termId = makeTerm(draft, rootId, term);
  const own = schools.filter(({ bellsOf }) => bellsOf === null);
  const bells = new Map<School, Period[]>(
    own.map((school, at) => [school, makeBells(draft, school, term, at)]),
  );
  for (const school of schools) if (school.bellsOf) bells.set(school, bells.get(school.bellsOf)!);
  const occupied = new Occupied();
  makePairings({ draft, chance, schools, bells, occupied, termId, approvedAt: since }, plan.pairings);
  for (const school of schools)
    makeLocalLessons(draft, { school, periods: bells.get(school)!, occupied, termId });
  return { draft, rootId, termId };
}

function makeBureau(
  draft: Draft,
  names: Names,
  { name, code, parentId, ordinal }: { name: string; code: string; parentId: string | null; ordinal: number },
): string {
  const id = draft.organization({ parent_id: parentId, kind: 'bureau', name, code, ordinal });
  draft.person(id, names.grown(), 'administrator', `A${code}001`);
  for (let at = 1; at <= 3; at += 1) draft.person(id, names.grown(), 'researcher', `Y${code}00${at}`);
  return id;
}

function makeSchools(
  making: { draft: Draft; chance: Chance; names: Names; term: CountyTerm },
  rootId: string,
  { counties, teachers }: WorldPlan,
): School[] {
  const all = counties.flatMap(({ schools }) => schools);
  const points = all.reduce((sum, { points }) => sum + points.length, 0);
  // As many as its classes need, and all together exactly as many as the plan says.
  const weight = ({ sort, parallel }: (typeof all)[number]) =>
    parallel *
    { town: 6, village: 6, nineYear: 9, middle: 3, point: 0 }[sort] *
    (sort === 'middle' ? 1.6 : 1);
  const sum = all.reduce((total, one) => total + weight(one), 0);
  let [given, upTo] = [0, 0];
  const staffOf = (plan: (typeof all)[number]) => {
    upTo += weight(plan);
    const staff = Math.round(((teachers - points) * upTo) / sum) - given;
    given += staff;
    return staff;
  };
  return counties.flatMap((county, countyIndex) => {
    const bureauId = makeBureau(making.draft, making.names, {
      ...{ name: county.bureau, code: county.code, parentId: rootId, ordinal: countyIndex + 1 },
    });
    return county.schools.flatMap((plan, at) =>
      makeSchool(making, { plan, county, countyIndex, bureauId, ordinal: at + 1, staff: staffOf(plan) }),
    );
  });
}
