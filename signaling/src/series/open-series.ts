import ical from 'ical-generator';
import { AppError } from '#protocol/errors.ts';
import type { Id, WallMs } from '#protocol/ids.ts';
import type { OpenSeries } from '#protocol/series.ts';
import type { Db } from '../database/database.ts';
import { openLessonOf, openLessonRows } from './open-lessons.ts';

/** The newest of a platform's programmes; nobody pages through more. */
const MOST_SERIES = 200;

/** Series as everybody may read them, signed in or not. */
export class OpenSeriesReader {
  readonly #db: Db;
  readonly #clock: () => WallMs;

  constructor(db: Db, clock: () => WallMs) {
    this.#db = db;
    this.#clock = clock;
  }

  async all(): Promise<OpenSeries[]> {
    return await this.#read((rows) =>
      rows
        .where('series.state', '=', 'published')
        .orderBy('series.published_at', 'desc')
        .orderBy('series.id')
        .limit(MOST_SERIES),
    );
  }

  /** A withdrawn one says no more than that. @throws AppError NOT_FOUND also for a draft */
  async find(seriesId: Id): Promise<OpenSeries> {
    const [series] = await this.#read((rows) =>
      rows.where('series.id', '=', seriesId).where('series.state', '<>', 'draft'),
    );
    if (!series) throw new AppError('NOT_FOUND', 'no such series');
    return series.state === 'published' ? series : { ...series, summary: '', lessons: [] };
  }

  /** @param origin of this platform, for the addresses in it */
  async calendar(seriesId: Id, origin: string): Promise<{ title: string; text: string }> {
    const { title, organizationName, lessons } = await this.find(seriesId);
    const calendar = ical({ name: title, prodId: { company: 'three-classrooms', product: 'open lessons' } });
    for (const { lessonId, plannedStart, plannedEnd, state, ...lesson } of lessons)
      calendar.createEvent({
        id: `${lessonId}@three-classrooms`,
        start: new Date(plannedStart),
        end: new Date(plannedEnd),
        summary: `${lesson.subject} ${lesson.title}`,
        description: `${organizationName} · ${lesson.teacherName}`,
        url: `${origin}/open/${seriesId}`,
        ...(state === 'cancelled' && { status: 'CANCELLED' as never }),
      });
    return { title, text: calendar.toString() };
  }

  async #read(
    narrowed: (rows: ReturnType<typeof seriesRows>) => ReturnType<typeof seriesRows>,
  ): Promise<OpenSeries[]> {
    const rows = await narrowed(seriesRows(this.#db)).execute();
    const now = this.#clock();
    const ids = rows.map(({ id }) => id);
    const lessons = Map.groupBy(
      await openLessonRows(this.#db, ids, now).execute(),
      ({ series_id }) => series_id,
    );
    return rows.map(({ id, state, title, summary, organization_name }) => ({
      ...{ seriesId: id, state, title, summary, organizationName: organization_name },
      lessons: (lessons.get(id) ?? []).map((lesson) => openLessonOf(lesson, now)),
    }));
  }
}

const seriesRows = (db: Db) =>
  db
    .selectFrom('series')
    .innerJoin('organization', 'organization.id', 'series.organization_id')
    .select(['series.id', 'series.state', 'series.title', 'series.summary'])
    .select('organization.name as organization_name');
