import { newId } from '#platform/ids.ts';
import type { Weeks } from '#protocol/calendar.ts';
import type { Db } from '../src/database/database.ts';

/** The demo's town school, its remote school and teaching point, with bells of their own and a term over a leap day. */
export interface TimetableWorld {
  school: string;
  remoteSchool: string;
  point: string;
  bureau: string;
  termId: string;
  pairingId: string;
  slotIds: string[];
  /** Of accounts, classes and courses, by name. */
  id(name: string): string;
}

export const TERM = { startsOn: '2027-09-01', endsOn: '2028-03-10' };
/** Of the town school; the others ring ten minutes later. */
export const BELLS: readonly [number, number][] = [
  [480, 520],
  [530, 570],
  [590, 630],
];

/** @param slots weekday, period and weeks of the pairing of English; none: two on Tuesdays and Fridays. */
export async function timetableWorld(
  db: Db,
  slots: readonly [weekday: number, period: number, weeks: Weeks][] = [
    [2, 1, 'all'],
    [5, 2, 'odd'],
  ],
): Promise<TimetableWorld> {
  const ids = new Map<string, string>();
  for (const table of ['organization', 'account', 'class_group'] as const)
    for (const { id, name } of await db.selectFrom(table).select(['id', 'name']).execute()) ids.set(name, id);
  for (const { id, title } of await db.selectFrom('course').select(['id', 'title']).execute())
    ids.set(title, id);
  const id = (name: string) => {
    const found = ids.get(name);
    if (!found) throw new Error(`the demo has no ${name}`);
    return found;
  };
  const [school, remoteSchool, point] = ['清河县实验小学', '河口中心小学', '石门教学点'].map(id);
  const world = { school: school!, remoteSchool: remoteSchool!, point: point!, bureau: id('清河县教育局') };
  await bells(db, world.school, 0);
  await bells(db, world.remoteSchool, 10);
  const termId = newId();
  await db
    .insertInto('term')
    .values({
      ...{ id: termId, organization_id: world.bureau, name: '2027学年' },
      ...{ starts_on: TERM.startsOn, ends_on: TERM.endsOn },
    })
    .execute();
  await db
    .insertInto('term_day')
    .values([
      { term_id: termId, day: '2027-10-01', kind: 'holiday', follows_weekday: null, name: '国庆节' },
      { term_id: termId, day: '2027-10-05', kind: 'holiday', follows_weekday: null, name: '国庆节' },
      { term_id: termId, day: '2027-10-09', kind: 'workday', follows_weekday: 2, name: '国庆节调休' },
    ])
    .execute();
  const pairingId = newId();
  const by = { approved_by: id('马建国'), approved_at: new Date() };
  await db
    .insertInto('pairing')
    .values({
      ...{
        id: pairingId,
        organization_id: world.school,
        term_id: termId,
        state: 'active',
        created_by: id('马建国'),
      },
      ...{ master_class_group_id: id('五年级(2)班'), master_classroom_id: id('实验小学录播教室') },
      ...{ created_at: new Date(), ...by },
    })
    .execute();
  const courseId = id('英语 五年级上册');
  await db
    .insertInto('pairing_course')
    .values({ pairing_id: pairingId, course_id: courseId, teacher_id: id('陈静') })
    .execute();
  await db
    .insertInto('pairing_remote')
    .values([
      {
        ...{ pairing_id: pairingId, organization_id: world.point, class_group_id: id('五年级复式班') },
        ...{ classroom_id: id('石门教学点教室'), assistant_id: id('李秀兰'), position: 0, ...by },
      },
      {
        ...{ pairing_id: pairingId, organization_id: world.remoteSchool, class_group_id: id('五年级(1)班') },
        ...{ classroom_id: id('河口小学多媒体教室'), assistant_id: id('王海燕'), position: 1, ...by },
      },
    ])
    .execute();
  const slotIds = slots.map(() => newId());
  await db
    .insertInto('pairing_slot')
    .values(
      slots.map(([weekday, period, weeks], at) => ({
        ...{ id: slotIds[at]!, pairing_id: pairingId, course_id: courseId, weekday, period, weeks },
      })),
    )
    .execute();
  return { ...world, termId, pairingId, slotIds, id };
}

async function bells(db: Db, organizationId: string, later: number): Promise<void> {
  const scheduleId = newId();
  await db
    .insertInto('bell_schedule')
    .values({ id: scheduleId, organization_id: organizationId, name: '作息', starts_on: '2027-09-01' })
    .execute();
  await db
    .insertInto('bell_period')
    .values(
      BELLS.map(([starts, ends], at) => ({
        ...{ schedule_id: scheduleId, period: at + 1 },
        ...{ starts_minute: starts + later, ends_minute: ends + later },
      })),
    )
    .execute();
}
