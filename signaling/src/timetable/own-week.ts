import { sql } from 'kysely';
import { addDays, type Day, instantOf, isInWeeks, mondayOf, weekOfTerm } from '#protocol/calendar.ts';
import type { Account } from '#protocol/domain.ts';
import { AppError } from '#protocol/errors.ts';
import type { Id } from '#protocol/ids.ts';
import { scopeOf } from '#protocol/office.ts';
import type { OwnLocal, OwnView, OwnWeek } from '#protocol/own-week.ts';
import type { Db } from '../database/database.ts';
import type { LessonRepository } from '../lesson/lesson-repository.ts';
import { takesPart } from '../lesson/lesson-rows.ts';
import type { OfficeAccess } from '../office/office-access.ts';
import { BellBook } from './bell-book.ts';
import { termOfWeek, todayIn, weekDaysOf, weekTermOf } from './school-week.ts';

export interface OwnParts {
  db: Db;
  office: OfficeAccess;
  lessons: LessonRepository;
  timeZone: string;
}

/** Whose week it is. */
interface Subject {
  view: OwnView;
  id: Id;
  name: string;
  organizationId: Id;
}

/** The week of a person, a room or a class, as `account` sees its lessons. @throws AppError NOT_FOUND */
export async function ownWeek(
  parts: OwnParts,
  account: Account,
  { view, id, day: asked }: { view: OwnView; id?: Id | undefined; day?: Day | undefined },
): Promise<OwnWeek> {
  const { db, lessons, timeZone } = parts;
  const subject = await subjectOf(parts, account, view, id);
  const today = todayIn(timeZone);
  const monday = mondayOf(asked ?? today);
  const term = await termOfWeek(db, subject.organizationId, monday);
  const days = weekDaysOf(term, monday);
  const locals = term ? await localsOf(db, subject, term.termId) : [];
  const bells = await BellBook.load(db, [...new Set(locals.map(({ organization_id }) => organization_id))]);
  const week = term ? weekOfTerm(term, monday) : 1;
  return {
    ...{ view, id: subject.id, name: subject.name, monday, today, days },
    term: weekTermOf(term, monday),
    lessons: await lessons.between(
      new Date(instantOf(monday, 0, timeZone)),
      new Date(instantOf(addDays(monday, 7), 0, timeZone)),
      account,
      sitsIn(subject, account),
    ),
    locals: days.flatMap(({ day, follows }) =>
      locals
        .filter(({ weekday, weeks }) => weekday === follows && isInWeeks(weeks, week))
        .flatMap(({ organization_id, weekday: _, weeks: __, ...local }): OwnLocal[] => {
          const bell = bells.find(organization_id, day, local.period);
          return bell ? [{ ...local, ...bell, day }] : [];
        }),
    ),
    views: await viewsOf(db, account),
  };
}

/** The condition that a lesson is the subject's own. */
export function sitsIn({ view, id }: Pick<Subject, 'view' | 'id'>, account: Account) {
  if (view === 'classGroup') return ofClasses(sql`(${id}::text)`);
  if (view === 'me' && account.role === 'student')
    return ofClasses(sql`(select class_group_id from class_group_member where account_id = ${id})`);
  return sql<boolean>`(${takesPart(id)} or exists (select 1 from invitation i
    where i.lesson_id = lesson.id and i.account_id = ${id} and i.state <> 'declined'))`;
}

const ofClasses = (classes: unknown) => sql<boolean>`(lesson.master_class_group_id in ${classes}
  or exists (select 1 from lesson_remote r where r.lesson_id = lesson.id and r.class_group_id in ${classes}))`;

async function subjectOf(
  { db, office }: OwnParts,
  account: Account,
  view: OwnView,
  id: Id | undefined,
): Promise<Subject> {
  const { accountId, name, organizationId } = account;
  if (view === 'me' || id === undefined || id === accountId)
    return { view: 'me', id: accountId, name, organizationId };
  const row = await db
    .selectFrom(view === 'classroom' ? 'classroom' : 'class_group')
    .select(['name', 'organization_id'])
    .where('id', '=', id)
    .executeTakeFirst();
  const mine = (await viewsOf(db, account)).some((own) => own.view === view && own.id === id);
  if (!row || !(mine || (await office.may(account, 'timetable.see', row.organization_id))))
    throw new AppError('NOT_FOUND', 'no such timetable');
  return { view, id, name: row.name, organizationId: row.organization_id };
}

/** The classes that somebody belongs to or leads, and the rooms of a school whose timetable they may see. */
async function viewsOf(db: Db, account: Account): Promise<OwnWeek['views']> {
  const { accountId, organizationId, role } = account;
  const classes = await sql<{ id: Id; name: string }>`
    select g.id, g.name from class_group g
    where g.archived_at is null and (g.head_teacher_id = ${accountId} or g.classroom_id = ${accountId}
      or exists (select 1 from class_group_member m where m.class_group_id = g.id and m.account_id = ${accountId}))
    order by g.name`.execute(db);
  const isOwnSchool = scopeOf(role, 'timetable.see') === 'own' && role !== 'classroom';
  const rooms = isOwnSchool
    ? await db
        .selectFrom('classroom')
        .select(['id', 'name'])
        .where('organization_id', '=', organizationId)
        .where('archived_at', 'is', null)
        .orderBy('name')
        .execute()
    : [];
  return [
    ...classes.rows.map((group) => ({ view: 'classGroup' as const, ...group })),
    ...rooms.map((room) => ({ view: 'classroom' as const, ...room })),
  ];
}

/** Weekly lessons of the school itself: a person's, a room's, a class's. */
async function localsOf(db: Db, { view, id }: Subject, termId: Id) {
  const own =
    view === 'classGroup'
      ? sql<boolean>`l.class_group_id = ${id}`
      : sql<boolean>`(l.teacher_id = ${id} or l.classroom_id = ${id}
          or l.class_group_id in (select class_group_id from class_group_member where account_id = ${id}))`;
  return await db
    .selectFrom('local_lesson as l')
    .innerJoin('class_group', 'class_group.id', 'l.class_group_id')
    .leftJoin('account as teacher', 'teacher.id', 'l.teacher_id')
    .leftJoin('classroom', 'classroom.id', 'l.classroom_id')
    .select([
      ...(['l.organization_id', 'l.weekday', 'l.weeks', 'l.period', 'l.subject'] as const),
      ...(['class_group.name as classGroupName', 'teacher.name as teacherName'] as const),
      'classroom.name as classroomName',
    ])
    .where('l.term_id', '=', termId)
    .where(own)
    .execute();
}
