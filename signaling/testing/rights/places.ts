import { newId } from '#platform/ids.ts';
import type { Account, Role } from '#protocol/domain.ts';
import type { Db } from '../../src/database/database.ts';
import { ResourceRepository } from '../../src/resource/resource-repository.ts';
import { RecordingRepository } from '../../src/room/recording-repository.ts';

/** What routes are about: one of each stands at every place. */
export const KINDS = [
  'organization',
  'person',
  'classroom',
  'classGroup',
  'course',
  'lesson',
  'recordedLesson',
  'activity',
  'seriesLesson',
  'localLesson',
  'recording',
  'resource',
  'term',
  'bells',
  'pairing',
  'series',
  'rubric',
  'device',
  'intake',
  'playlist',
] as const;
export type Kind = (typeof KINDS)[number];
export type Ids = Record<Kind, string>;

/** The walkers' own school, one beside it below the same bureau, and one of another county. */
export interface World {
  own: Ids;
  sibling: Ids;
  foreign: Ids;
  /** Well formed, of nothing that there is. */
  nowhere: Ids;
  /** Of each role one at the own school, and of those that bureaus have one at the bureau above it. */
  walkers: Walker[];
  /** The bureau above the own school. */
  county: string;
}

export interface Walker {
  account: Account;
  at: 'school' | 'bureau';
}

const SCHOOL_ROLES: readonly Role[] = [
  'administrator',
  'security',
  'auditor',
  'researcher',
  'teacher',
  'assistant',
  'operator',
  'student',
  'classroom',
];
const BUREAU_ROLES: readonly Role[] = ['administrator', 'security', 'auditor', 'researcher', 'operator'];

/** Makes it in an empty, migrated database. */
export async function makeWorld(db: Db): Promise<World> {
  const county = await organization(db, '东山县教育局', null, 'bureau', FIRST);
  const farCounty = await organization(db, '西岭县教育局', null, 'bureau');
  const own = await makeSchool(db, '东山一小', county);
  const above: Walker[] = [];
  for (const role of BUREAU_ROLES)
    above.push({ account: await accountAt(db, county, '东山县教育局', role), at: 'bureau' });
  return {
    own: own.ids,
    sibling: (await makeSchool(db, '东山二小', county)).ids,
    foreign: (await makeSchool(db, '西岭一小', farCounty)).ids,
    nowhere: Object.fromEntries(KINDS.map((kind) => [kind, newId()])) as Ids,
    walkers: [...own.walkers, ...above],
    county,
  };
}

/** One more school, with somebody of each role and one of everything. */
export async function makeSchool(
  db: Db,
  name: string,
  county: string,
): Promise<{ ids: Ids; walkers: Walker[] }> {
  const school = await organization(db, name, county, 'school');
  const people = new Map<Role, Account>();
  for (const role of SCHOOL_ROLES) people.set(role, await accountAt(db, school, name, role));
  const of = (role: Role) => people.get(role)!.accountId;
  const ids = await fillPlace(db, school, name, {
    teacher: of('teacher'),
    assistant: of('assistant'),
    classroom: of('classroom'),
    student: of('student'),
  });
  return { ids, walkers: [...people.values()].map((account) => ({ account, at: 'school' })) };
}

/** Of two tops of trees the platform's own settings belong to the one with the smaller id. */
const FIRST = '-'.repeat(22);

async function organization(
  db: Db,
  name: string,
  parent_id: string | null,
  kind: 'bureau' | 'school',
  id = newId(),
) {
  await db.insertInto('organization').values({ id, name, parent_id, kind }).execute();
  return id;
}

async function accountAt(db: Db, organizationId: string, organizationName: string, role: Role) {
  const accountId = newId();
  const kind = role === 'classroom' ? 'classroom' : 'person';
  const name = `${organizationName} ${role}`;
  await db
    .insertInto('account')
    .values({ id: accountId, organization_id: organizationId, kind, name })
    .execute();
  await db
    .insertInto('account_role')
    .values({ account_id: accountId, organization_id: organizationId, role })
    .execute();
  return { accountId, kind, name, role, organizationId, organizationName } satisfies Account;
}

interface People {
  teacher: string;
  assistant: string;
  classroom: string;
  student: string;
}

/** Everything bears its school's name: where it shows up among others' things, it is found. */
async function fillPlace(db: Db, organizationId: string, at: string, people: People): Promise<Ids> {
  const own = { organization_id: organizationId };
  const ids = Object.fromEntries(KINDS.map((kind) => [kind, newId()])) as Ids;
  Object.assign(ids, { organization: organizationId, person: people.teacher, classroom: people.classroom });
  const insert = async (table: keyof Parameters<Db['insertInto']>[0] | string, values: object) =>
    void (await db
      .insertInto(table as 'organization')
      .values(values as never)
      .execute());
  await insert('classroom', { ...own, id: ids.classroom, name: `${at} 录播教室` });
  await insert('class_group', { ...own, id: ids.classGroup, name: `${at} 五年级(1)班`, grade: '五年级' });
  await insert('class_group_member', { class_group_id: ids.classGroup, account_id: people.student });
  await insert('course', {
    ...own,
    id: ids.course,
    title: `${at} 五年级数学`,
    subject: '数学',
    grade: '五年级',
  });
  const start = Date.now() - 600_000;
  const lesson = {
    ...own,
    ...{ course_id: ids.course, mode: 'delivery', title: `${at} 平行与相交`, teacher_id: people.teacher },
    ...{ master_classroom_id: people.classroom, master_class_group_id: ids.classGroup },
    ...{ planned_start: new Date(start), planned_end: new Date(start + 2_400_000) },
  };
  await insert('lesson', { ...lesson, id: ids.lesson, state: 'scheduled' });
  await insert('lesson', { ...lesson, id: ids.recordedLesson, state: 'ready' });
  const later = { planned_start: new Date(start + 86_400_000), planned_end: new Date(start + 89_000_000) };
  const further = { ...lesson, ...later, state: 'scheduled', master_class_group_id: null };
  await insert('lesson', { ...further, id: ids.activity, mode: 'master' });
  await insert('lesson', { ...further, id: ids.seriesLesson, mode: 'open' });
  // The assistant helps a room of the same school.
  const room = await accountAt(db, organizationId, `${at} 远端`, 'classroom');
  await insert('classroom', { ...own, id: room.accountId, name: `${at} 远端教室` });
  for (const lesson_id of [ids.lesson, ids.recordedLesson])
    await insert('lesson_remote', {
      ...{ lesson_id, classroom_id: room.accountId, position: 0, assistant_id: people.assistant },
      class_group_id: null,
    });
  const recordings = new RecordingRepository(db);
  await recordings.createOnce(ids.recording, ids.recordedLesson, start - 3_600_000);
  await recordings.finalize(ids.recording, 60_000, []);
  const resources = new ResourceRepository(db);
  await resources.draftReplays();
  ids.resource = (await resources.ofLesson(ids.recordedLesson))!.resourceId;
  const days = { starts_on: '2026-09-01', ends_on: '2027-01-20' };
  await insert('term', { ...own, id: ids.term, name: `${at} 秋季学期`, ...days });
  await insert('bell_schedule', { ...own, id: ids.bells, name: `${at} 作息`, starts_on: '2026-09-01' });
  await insert('bell_period', { schedule_id: ids.bells, period: 1, starts_minute: 480, ends_minute: 520 });
  await insert('pairing', {
    ...own,
    ...{ id: ids.pairing, term_id: ids.term, master_class_group_id: ids.classGroup, state: 'draft' },
    ...{ master_classroom_id: ids.classroom, created_by: people.teacher, created_at: new Date() },
  });
  await insert('series', {
    ...own,
    ...{ id: ids.series, title: `${at} 公开课`, state: 'draft', created_by: people.teacher },
  });
  await insert('series_lesson', { series_id: ids.series, lesson_id: ids.seriesLesson, position: 0 });
  await insert('local_lesson', {
    ...own,
    ...{ id: ids.localLesson, term_id: ids.term, class_group_id: ids.classGroup, weekday: 1, period: 1 },
    ...{ weeks: 'all', subject: '语文', teacher_id: null, classroom_id: null },
  });
  await insert('rubric', { ...own, id: ids.rubric, title: `${at} 评分表`, items: '[]' });
  await insert('device', {
    ...{ id: ids.device, classroom_id: ids.classroom, name: `${at} 一体机`, paired_at: new Date() },
  });
  const since = new Date();
  await insert('intake', {
    ...own,
    ...{ id: ids.intake, account_id: room.accountId, name: `${at} x.pdf`, bytes: 9, state: 'receiving' },
    ...{ created_at: since, touched_at: since },
  });
  await insert('playlist', {
    ...own,
    ...{
      id: ids.playlist,
      owner_id: room.accountId,
      title: `${at} 我的`,
      created_at: since,
      updated_at: since,
    },
  });
  return ids;
}
