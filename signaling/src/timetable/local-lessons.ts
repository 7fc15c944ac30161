import { newId } from '#platform/ids.ts';
import { AppError, type FieldError } from '#protocol/errors.ts';
import type { Id } from '#protocol/ids.ts';
import type {
  ImportedLocalLessons,
  ImportLocalLessons,
  LocalLesson,
  SaveLocalLesson,
} from '#protocol/local-lessons.ts';
import { bellsOf } from '../bells/bells-of.ts';
import type { Db } from '../database/database.ts';
import { organizationsAbove } from '../pairing/check-draft.ts';

const rowsOf = (db: Db) =>
  db
    .selectFrom('local_lesson as l')
    .innerJoin('class_group', 'class_group.id', 'l.class_group_id')
    .leftJoin('account as teacher', 'teacher.id', 'l.teacher_id')
    .leftJoin('classroom', 'classroom.id', 'l.classroom_id')
    .select([
      ...([
        'l.id',
        'l.term_id',
        'l.weekday',
        'l.period',
        'l.weeks',
        'l.subject',
        'l.class_group_id',
      ] as const),
      ...(['l.teacher_id', 'l.classroom_id', 'class_group.name as class_group_name'] as const),
      ...(['teacher.name as teacher_name', 'classroom.name as classroom_name'] as const),
    ])
    .orderBy('class_group.name')
    .orderBy('l.weekday')
    .orderBy('l.period');

type Row = Awaited<ReturnType<ReturnType<typeof rowsOf>['execute']>>[number];

const lessonOf = (row: Row): LocalLesson => ({
  ...{ localLessonId: row.id, termId: row.term_id, weekday: row.weekday, period: row.period },
  ...{ weeks: row.weeks, subject: row.subject },
  classGroup: { id: row.class_group_id, name: row.class_group_name },
  teacher: row.teacher_id === null ? null : { id: row.teacher_id, name: row.teacher_name ?? '' },
  classroom: row.classroom_id === null ? null : { id: row.classroom_id, name: row.classroom_name ?? '' },
});

/** A school's own weekly lessons of a term. */
export async function localLessonsOf(
  db: Db,
  { organizationId, termId }: { organizationId: Id; termId: Id },
): Promise<LocalLesson[]> {
  const rows = await rowsOf(db)
    .where('l.organization_id', '=', organizationId)
    .where('l.term_id', '=', termId)
    .execute();
  return rows.map(lessonOf);
}

/** Where a local lesson belongs; null: there is none of that id. */
export async function organizationOfLocal(db: Db, id: Id): Promise<Id | null> {
  const row = await db
    .selectFrom('local_lesson')
    .select('organization_id')
    .where('id', '=', id)
    .executeTakeFirst();
  return row?.organization_id ?? null;
}

/** @throws AppError FIELDS when what it names is not the school's, or a term of none above it. */
export async function saveLocalLesson(db: Db, id: Id | null, lesson: SaveLocalLesson): Promise<LocalLesson> {
  await checkNames(db, lesson);
  const { organizationId, termId, classGroupId, weekday, period, weeks, subject, teacherId, classroomId } =
    lesson;
  const values = {
    ...{ organization_id: organizationId, term_id: termId, class_group_id: classGroupId, weekday, period },
    ...{ weeks, subject, teacher_id: teacherId, classroom_id: classroomId },
  };
  const localId = id ?? newId();
  if (id) await db.updateTable('local_lesson').set(values).where('id', '=', id).execute();
  else
    await db
      .insertInto('local_lesson')
      .values({ id: localId, ...values })
      .execute();
  return lessonOf(await rowsOf(db).where('l.id', '=', localId).executeTakeFirstOrThrow());
}

async function checkNames(db: Db, lesson: SaveLocalLesson): Promise<void> {
  const { organizationId, termId, classGroupId, teacherId, classroomId } = lesson;
  const own = async (table: 'class_group' | 'account' | 'classroom', id: Id | null) =>
    id === null ||
    (await db
      .selectFrom(table)
      .select('id')
      .where('id', '=', id)
      .where('organization_id', '=', organizationId)
      .executeTakeFirst()) !== undefined;
  const fields: FieldError[] = [];
  if (!(await own('class_group', classGroupId))) fields.push({ path: 'classGroupId', issue: 'unknown' });
  if (!(await own('account', teacherId))) fields.push({ path: 'teacherId', issue: 'unknown' });
  if (!(await own('classroom', classroomId))) fields.push({ path: 'classroomId', issue: 'unknown' });
  const term = await db
    .selectFrom('term')
    .select('id')
    .where('id', '=', termId)
    .where('organization_id', 'in', await organizationsAbove(db, organizationId))
    .executeTakeFirst();
  if (!term) fields.push({ path: 'termId', issue: 'unknown' });
  if (fields.length > 0)
    throw new AppError('FIELDS', 'a local lesson of things that are not there', { fields });
}

/** A class's whole own timetable of a term, as it was pasted, in place of what it had. */
export async function importLocalLessons(
  db: Db,
  { organizationId, termId, classGroupId, dryRun, cells }: ImportLocalLessons,
): Promise<ImportedLocalLessons> {
  await checkNames(db, {
    ...{ organizationId, termId, classGroupId, weekday: 1, period: 1, weeks: 'all', subject: '' },
    ...{ teacherId: null, classroomId: null },
  });
  const teachers = await db
    .selectFrom('account')
    .innerJoin('account_role', 'account_role.account_id', 'account.id')
    .select(['account.id', 'account.name'])
    .distinct()
    .where('account_role.organization_id', '=', organizationId)
    .where('account_role.role', 'in', ['teacher', 'assistant', 'administrator'])
    .where('account.archived_at', 'is', null)
    .execute();
  const byName = Map.groupBy(teachers, ({ name }) => name);
  // A name that two have says nothing.
  const idOf = (name: string) => (byName.get(name)?.length === 1 ? byName.get(name)![0]!.id : null);
  const today = new Date().toISOString().slice(0, 10);
  const known = new Set((await bellsOf(db, organizationId, today))?.periods.map(({ period }) => period));
  const isOfClass = {
    organization_id: organizationId,
    term_id: termId,
    class_group_id: classGroupId,
  };
  const before = await db
    .selectFrom('local_lesson')
    .select('id')
    .where('term_id', '=', termId)
    .where('class_group_id', '=', classGroupId)
    .execute();
  if (!dryRun)
    await db.transaction().execute(async (trx) => {
      await trx
        .deleteFrom('local_lesson')
        .where('term_id', '=', termId)
        .where('class_group_id', '=', classGroupId)
        .execute();
      const rows = cells.map(({ weekday, period, weeks, subject, teacherName }) => ({
        ...{ id: newId(), ...isOfClass, weekday, period, weeks, subject, teacher_id: idOf(teacherName) },
        classroom_id: null,
      }));
      if (rows.length > 0) await trx.insertInto('local_lesson').values(rows).execute();
    });
  const names = cells.map(({ teacherName }) => teacherName).filter((name) => name !== '');
  return {
    ...{ removed: before.length, added: cells.length },
    unknownTeachers: [...new Set(names.filter((name) => idOf(name) === null))],
    unknownPeriods: [...new Set(cells.map(({ period }) => period).filter((period) => !known.has(period)))],
  };
}
