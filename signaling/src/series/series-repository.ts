import { type SqlBool, sql } from 'kysely';
import { newId } from '#platform/ids.ts';
import { dayAndMinuteOf } from '#protocol/calendar.ts';
import type { Account } from '#protocol/domain.ts';
import { AppError, type FieldError } from '#protocol/errors.ts';
import type { Id, WallMs } from '#protocol/ids.ts';
import {
  SERIES_MOVES,
  type Series,
  type SeriesChange,
  type SeriesDraft,
  type SeriesLessonDraft,
  type SeriesState,
} from '#protocol/series.ts';
import type { Db } from '../database/database.ts';
import { invitable, roomsWithin } from '../invitation/county.ts';
import { courseFor } from '../invitation/course-for.ts';
import { timesOf } from '../invitation/lesson-times.ts';
import { tellingOfLesson, tellOfLesson } from '../notice/lesson-news.ts';
import { type OfficeAccess, organizationsBelow } from '../office/office-access.ts';
import { overtaken } from '../office/overtaken.ts';
import { mustKnowClashes } from '../timetable/clash-guard.ts';
import { openLessonOf, openLessonRows } from './open-lessons.ts';

/** Open lessons that a school publishes as one programme, as who keeps them sees them. Every change counts its version. */
export class SeriesRepository {
  readonly #db: Db;
  readonly #office: OfficeAccess;
  readonly #timeZone: string;
  readonly #clock: () => WallMs;

  constructor(db: Db, office: OfficeAccess, timeZone: string, clock: () => WallMs) {
    this.#db = db;
    this.#office = office;
    this.#timeZone = timeZone;
    this.#clock = clock;
  }

  async ofMine(account: Account): Promise<Series[]> {
    return await this.#read(sql`${this.#office.where(account, 'series.edit', 'series.organization_id')}`);
  }

  /** @throws AppError NOT_FOUND when it is none of the account's schools' */
  async find(account: Account, seriesId: Id): Promise<Series> {
    const [series] = await this.#read(sql`series.id = ${seriesId}`);
    await this.#office.mustMay(account, 'series.edit', series?.organizationId ?? null);
    return series!;
  }

  async make(account: Account, { organizationId, title, summary }: SeriesDraft): Promise<Series> {
    await this.#office.mustMay(account, 'series.edit', organizationId);
    const id = newId();
    await this.#db
      .insertInto('series')
      .values({
        ...{ id, organization_id: organizationId, title, summary, state: 'draft' },
        created_by: account.accountId,
      })
      .execute();
    return await this.find(account, id);
  }

  async change(account: Account, seriesId: Id, { title, summary, version }: SeriesChange): Promise<Series> {
    await this.find(account, seriesId);
    await this.#changed(seriesId, version, async (trx) => {
      await trx.updateTable('series').set({ title, summary }).where('id', '=', seriesId).execute();
    });
    return await this.find(account, seriesId);
  }

  /** @throws AppError WRONG_STATE for a move that there is not, FIELDS for a series without lessons that is published */
  async move(account: Account, seriesId: Id, to: SeriesState, version: number): Promise<Series> {
    const { state, lessons } = await this.find(account, seriesId);
    if (!SERIES_MOVES[state].includes(to))
      throw new AppError('WRONG_STATE', `a series that is ${state} cannot become ${to}`);
    if (to === 'published' && lessons.length === 0)
      throw new AppError('FIELDS', 'nothing to publish', {
        fields: [{ path: 'lessons', issue: 'required' }],
      });
    await this.#changed(seriesId, version, async (trx) => {
      await trx
        .updateTable('series')
        .set({ state: to, ...(to === 'published' && { published_at: new Date(this.#clock()) }) })
        .where('id', '=', seriesId)
        .execute();
    });
    return await this.find(account, seriesId);
  }

  async remove(account: Account, seriesId: Id): Promise<Series> {
    const series = await this.find(account, seriesId);
    if (series.publishedAt !== null || series.lessons.length > 0)
      throw new AppError('WRONG_STATE', 'only an empty draft is deleted');
    await this.#db.deleteFrom('series').where('id', '=', seriesId).execute();
    return series;
  }

  async addLesson(account: Account, seriesId: Id, draft: SeriesLessonDraft): Promise<Series> {
    const { organizationId, lessons } = await this.find(account, seriesId);
    const { start, end } = timesOf(draft, this.#timeZone, this.#clock());
    await this.#check(organizationId, draft);
    await this.#mustKnowClashes(account, organizationId, null, draft);
    const { subject, grade } = draft;
    await this.#changed(seriesId, draft.version, async (trx) => {
      const id = newId();
      await trx
        .insertInto('lesson')
        .values({
          ...{ id, organization_id: organizationId, mode: 'open', state: 'scheduled', title: draft.title },
          course_id: await courseFor(trx, { organizationId, subject, grade }),
          ...{ period: null, planned_start: start, planned_end: end, actual_start: null, actual_end: null },
          teacher_id: draft.teacherId,
          master_classroom_id: draft.masterClassroomId,
          master_class_group_id: null,
        })
        .execute();
      await tellOfLesson(trx, id, account.accountId, null);
      await trx
        .insertInto('series_lesson')
        .values({ series_id: seriesId, lesson_id: id, position: lessons.length })
        .execute();
    });
    return await this.find(account, seriesId);
  }

  async changeLesson(
    account: Account,
    seriesId: Id,
    lessonId: Id,
    draft: SeriesLessonDraft,
  ): Promise<Series> {
    const series = await this.find(account, seriesId);
    const before = upcoming(series, lessonId);
    const { organizationId } = series;
    const { start, end } = timesOf(draft, this.#timeZone, this.#clock());
    await this.#check(organizationId, draft);
    await this.#mustKnowClashes(account, organizationId, lessonId, draft);
    const { subject, grade } = draft;
    const moved = start.getTime() !== before.plannedStart;
    const original = before.movedFrom ?? before.plannedStart;
    await this.#changed(seriesId, draft.version, async (trx) => {
      const course_id = await courseFor(trx, { organizationId, subject, grade });
      const changing = () =>
        trx
          .updateTable('lesson')
          .set(({ eb }) => ({
            ...{ course_id, title: draft.title, planned_start: start, planned_end: end },
            // Only who was told of a time has to hear that it is another one.
            ...(moved &&
              series.publishedAt !== null && {
                moved_from: original === start.getTime() ? null : new Date(original),
              }),
            teacher_id: draft.teacherId,
            master_classroom_id: draft.masterClassroomId,
            version: eb('version', '+', 1),
          }))
          .where('id', '=', lessonId)
          .where('state', '=', 'scheduled')
          .executeTakeFirstOrThrow();
      const { numUpdatedRows } = await tellingOfLesson(trx, lessonId, account.accountId, changing);
      if (numUpdatedRows === 0n) throw new AppError('WRONG_STATE', 'the lesson has begun');
    });
    return await this.find(account, seriesId);
  }

  async #mustKnowClashes(
    account: Account,
    organizationId: Id,
    lessonId: Id | null,
    { day, startsMinute, endsMinute, teacherId, masterClassroomId, despiteClashes }: SeriesLessonDraft,
  ): Promise<void> {
    const parts = { db: this.#db, office: this.#office, timeZone: this.#timeZone, now: this.#clock };
    await mustKnowClashes(parts, account, despiteClashes, {
      ...{ kind: 'lesson', organizationId, lessonId, places: [{ day, startsMinute, endsMinute }] },
      parties: { teacherId, masterClassroomId },
    });
  }

  async cancelLesson(account: Account, seriesId: Id, lessonId: Id, version: number, reason: string) {
    upcoming(await this.find(account, seriesId), lessonId);
    await this.#changed(seriesId, version, async (trx) => {
      const cancelling = () =>
        trx
          .updateTable('lesson')
          .set(({ eb }) => ({
            cancelled_at: new Date(this.#clock()),
            cancelled_by: account.accountId,
            cancel_reason: reason,
            version: eb('version', '+', 1),
          }))
          .where('id', '=', lessonId)
          .where('state', '=', 'scheduled')
          .executeTakeFirstOrThrow();
      const { numUpdatedRows } = await tellingOfLesson(trx, lessonId, account.accountId, cancelling);
      if (numUpdatedRows === 0n) throw new AppError('WRONG_STATE', 'the lesson has begun');
    });
    return await this.find(account, seriesId);
  }

  /** @throws AppError WRONG_STATE once it was published: then a lesson is called off, with a reason */
  async removeLesson(account: Account, seriesId: Id, lessonId: Id): Promise<Series> {
    const series = await this.find(account, seriesId);
    upcoming(series, lessonId);
    if (series.publishedAt !== null) throw new AppError('WRONG_STATE', 'people have read of it');
    await this.#changed(seriesId, series.version, async (trx) => {
      const removing = () =>
        trx.deleteFrom('lesson').where('id', '=', lessonId).where('state', '=', 'scheduled').execute();
      await tellingOfLesson(trx, lessonId, account.accountId, removing);
    });
    return await this.find(account, seriesId);
  }

  /** Does `work` if the series is still at `version`, and counts it. @throws AppError OVERTAKEN */
  async #changed(seriesId: Id, version: number, work: (trx: Db) => Promise<void>): Promise<void> {
    const done = await this.#db.transaction().execute(async (trx) => {
      const { numUpdatedRows } = await trx
        .updateTable('series')
        .set(({ eb }) => ({ version: eb('version', '+', 1) }))
        .where('id', '=', seriesId)
        .where('version', '=', version)
        .executeTakeFirstOrThrow();
      if (numUpdatedRows > 0n) await work(trx);
      return numUpdatedRows > 0n;
    });
    if (!done) throw await overtaken(this.#db, { kind: 'series', id: seriesId });
  }

  /** Teacher and room are of the series' school, or of one below it. */
  async #check(organizationId: Id, { teacherId, masterClassroomId }: SeriesLessonDraft): Promise<void> {
    const fields: FieldError[] = [];
    const within = organizationsBelow(organizationId);
    const rooms = await roomsWithin(this.#db, within);
    if (!rooms.some(({ accountId }) => accountId === masterClassroomId))
      fields.push({ path: 'masterClassroomId', issue: 'unknown' });
    if (!(await invitable(this.#db, within, [teacherId])).has(teacherId))
      fields.push({ path: 'teacherId', issue: 'unknown' });
    if (fields.length > 0) throw new AppError('FIELDS', 'something named is not there', { fields });
  }

  async #read(where: ReturnType<typeof sql>): Promise<Series[]> {
    const rows = await this.#db
      .selectFrom('series')
      .innerJoin('organization', 'organization.id', 'series.organization_id')
      .selectAll('series')
      .select('organization.name as organization_name')
      .where(sql<SqlBool>`${where}`)
      .orderBy('series.title')
      .orderBy('series.id')
      .execute();
    const now = this.#clock();
    const ids = rows.map(({ id }) => id);
    const lessons = Map.groupBy(
      await openLessonRows(this.#db, ids, now).execute(),
      ({ series_id }) => series_id,
    );
    return rows.map((row) => ({
      seriesId: row.id,
      organizationId: row.organization_id,
      organizationName: row.organization_name,
      state: row.state,
      title: row.title,
      summary: row.summary,
      publishedAt: row.published_at?.getTime() ?? null,
      version: row.version,
      lessons: (lessons.get(row.id) ?? []).map((lesson) => {
        const { day, minute } = dayAndMinuteOf(lesson.planned_start.getTime(), this.#timeZone);
        const minutes = (lesson.planned_end.getTime() - lesson.planned_start.getTime()) / 60_000;
        return {
          ...openLessonOf(lesson, now),
          ...{ day, startsMinute: minute, endsMinute: minute + minutes },
          teacherId: lesson.teacher_id,
          masterClassroomId: lesson.master_classroom_id,
          roomName: lesson.room_name,
        };
      }),
    }));
  }
}

function upcoming({ lessons }: Series, lessonId: Id): Series['lessons'][number] {
  const lesson = lessons.find((each) => each.lessonId === lessonId);
  if (!lesson) throw new AppError('NOT_FOUND', 'no such lesson in this series');
  if (lesson.state !== 'upcoming') throw new AppError('WRONG_STATE', `the lesson is ${lesson.state}`);
  return lesson;
}
