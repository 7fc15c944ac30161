import { newId } from '#platform/ids.ts';
import { AppError } from '#protocol/errors.ts';
import type { Db } from '../database/database.ts';
import type { SeedFile, SeedLesson } from './seed-file.ts';

/** Puts the demo's organizations, people and rooms into an empty database; a filled one is left alone. */
export async function seedWorld(db: Db, seed: SeedFile): Promise<void> {
  if (await db.selectFrom('organization').select('id').limit(1).executeTakeFirst()) return;
  await db.transaction().execute(async (trx) => {
    const ids = new Map<string, string>();
    const make = (kind: string, name: string) => {
      const id = newId();
      ids.set(`${kind} ${name}`, id);
      return id;
    };
    const find = (kind: string, name: string) => {
      const id = ids.get(`${kind} ${name}`);
      if (!id) throw new Error(`seed: no ${kind} named ${name}`);
      return id;
    };
    for (const { name, kind, parent } of seed.organizations) {
      const parent_id = parent ? find('organization', parent) : null;
      await trx
        .insertInto('organization')
        .values({ id: make('organization', name), parent_id, kind, name })
        .execute();
    }
    for (const { name, organization, role } of seed.people) {
      const organization_id = find('organization', organization);
      const id = make('person', name);
      await trx.insertInto('account').values({ id, organization_id, kind: 'person', name }).execute();
      await trx.insertInto('account_role').values({ account_id: id, organization_id, role }).execute();
    }
    for (const { name, organization } of seed.classrooms) {
      const organization_id = find('organization', organization);
      const id = make('classroom', name);
      await trx.insertInto('account').values({ id, organization_id, kind: 'classroom', name }).execute();
      await trx
        .insertInto('account_role')
        .values({ account_id: id, organization_id, role: 'classroom' })
        .execute();
      await trx.insertInto('classroom').values({ id, organization_id, name }).execute();
    }
    for (const { name, organization, grade, students = [], pupils = [] } of seed.classGroups) {
      const id = make('classGroup', name);
      const organization_id = find('organization', organization);
      await trx.insertInto('class_group').values({ id, organization_id, name, grade }).execute();
      for (const student of students) {
        const account_id = find('person', student);
        await trx.insertInto('class_group_member').values({ class_group_id: id, account_id }).execute();
      }
      for (const pupil of pupils) {
        const account_id = newId();
        await trx
          .insertInto('account')
          .values({ id: account_id, organization_id, kind: 'person', name: pupil })
          .execute();
        await trx.insertInto('class_group_member').values({ class_group_id: id, account_id }).execute();
      }
    }
    for (const { title, organization, subject, grade } of seed.courses) {
      const organization_id = find('organization', organization);
      await trx
        .insertInto('course')
        .values({ id: make('course', title), organization_id, title, subject, grade })
        .execute();
    }
  });
}

/**
 * Plans today's demo lessons that are not in the timetable yet; `start: now` whenever none is still to be held. A
 * database with people of its own gets none.
 */
export async function seedToday(db: Db, seed: SeedFile, now = new Date()): Promise<void> {
  const { teacher } = seed.lessons[0]!;
  if (!(await db.selectFrom('account').select('id').where('name', '=', teacher).executeTakeFirst())) return;
  const midnight = new Date(now.getFullYear(), now.getMonth(), now.getDate());
  for (const lesson of seed.lessons) {
    const planned = await db
      .selectFrom('lesson')
      .select('state')
      .where('title', '=', lesson.title)
      .where('planned_start', '>=', midnight)
      .execute();
    const held = (state: string) => state === 'ended' || state === 'ready';
    if (lesson.start === 'now' ? planned.every(({ state }) => held(state)) : planned.length === 0) {
      await planLesson(db, lesson, startOf(lesson, now));
    }
  }
}

/** Plans one more of the seed's first lesson, beginning now. Returns its id. */
export async function planDemoLesson(db: Db, seed: SeedFile, now = new Date()): Promise<string> {
  return await planLesson(db, seed.lessons[0]!, startOf({ ...seed.lessons[0]!, start: 'now' }, now));
}

function startOf({ start }: SeedLesson, now: Date): Date {
  if (start === 'now') return new Date(Math.floor(now.getTime() / 60_000) * 60_000);
  const [hours, minutes] = start.split(':').map(Number);
  return new Date(now.getFullYear(), now.getMonth(), now.getDate(), hours, minutes);
}

/** A database that was filled with a county's own people has none of the demo's. */
const noDemo = () => new AppError('NOT_FOUND', "the demo's people are not in this database");

/** @throws AppError NOT_FOUND where the people, classes or courses of the seed are missing. */
async function planLesson(db: Db, lesson: SeedLesson, start: Date): Promise<string> {
  const id = newId();
  await db.transaction().execute(async (trx) => {
    const account = async (name: string) =>
      (await trx.selectFrom('account').select('id').where('name', '=', name).executeTakeFirstOrThrow(noDemo))
        .id;
    // Other schools have classes and courses of the same name.
    const group = async (name: string | undefined, classroom: string) =>
      name
        ? (
            await trx
              .selectFrom('class_group')
              .innerJoin('classroom', 'classroom.organization_id', 'class_group.organization_id')
              .select('class_group.id')
              .where('class_group.name', '=', name)
              .where('classroom.name', '=', classroom)
              .executeTakeFirstOrThrow(noDemo)
          ).id
        : null;
    const course = await trx
      .selectFrom('course')
      .innerJoin('account', 'account.organization_id', 'course.organization_id')
      .selectAll('course')
      .where('course.title', '=', lesson.course)
      .where('account.name', '=', lesson.teacher)
      .executeTakeFirstOrThrow(noDemo);
    await trx
      .insertInto('lesson')
      .values({
        id,
        organization_id: course.organization_id,
        course_id: course.id,
        mode: lesson.mode,
        state: 'scheduled',
        title: lesson.title,
        period: lesson.period ?? null,
        planned_start: start,
        planned_end: new Date(start.getTime() + lesson.minutes * 60_000),
        actual_start: null,
        actual_end: null,
        teacher_id: await account(lesson.teacher),
        master_classroom_id: await account(lesson.masterClassroom),
        master_class_group_id: await group(lesson.masterClassGroup, lesson.masterClassroom),
      })
      .execute();
    for (const [position, remote] of lesson.remote.entries()) {
      await trx
        .insertInto('lesson_remote')
        .values({
          lesson_id: id,
          classroom_id: await account(remote.classroom),
          class_group_id: await group(remote.classGroup, remote.classroom),
          assistant_id: remote.assistant ? await account(remote.assistant) : null,
          position,
        })
        .execute();
    }
  });
  return id;
}
