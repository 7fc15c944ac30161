import { sql } from 'kysely';
import type { Account } from '#protocol/domain.ts';
import type { EditSource, Joinable } from '#protocol/edit-rest.ts';
import { AppError } from '#protocol/errors.ts';
import type { Replay } from '#protocol/rest.ts';
import type { TimelineEvent } from '#protocol/timeline.ts';
import type { Db } from '../database/database.ts';
import { editable } from '../resource/access.ts';
import type { ResourceRepository } from '../resource/resource-repository.ts';
import type { TimelineStore } from '../timeline/timeline-store.ts';

/** As many recordings are listed to choose from; a search finds the others. */
const MOST_LISTED = 50;

/** A lesson's whole recording, for who may edit it. */
export type ReplayOf = (lesson: { lessonId: string; actualEnd: number | null }) => Promise<Replay>;

/** The recordings that somebody may make programmes of: those of the replays that they may edit. */
export class EditSources {
  readonly #db: Db;
  readonly #resources: ResourceRepository;
  readonly #timelines: TimelineStore;
  readonly #replayOf: ReplayOf;

  constructor(db: Db, resources: ResourceRepository, timelines: TimelineStore, replayOf: ReplayOf) {
    this.#db = db;
    this.#resources = resources;
    this.#timelines = timelines;
    this.#replayOf = replayOf;
  }

  /** Those of `recordingIds` whose replays this account may edit. */
  async editableOf(recordingIds: readonly string[], account: Account): Promise<Set<string>> {
    if (recordingIds.length === 0) return new Set();
    const rows = await this.#db
      .selectFrom('resource')
      .innerJoin('recording', 'recording.lesson_id', 'resource.lesson_id')
      .select('recording.id')
      .where('resource.kind', '=', 'replay')
      .where('recording.id', 'in', [...recordingIds])
      .where('resource.binned_at', 'is', null)
      .where((eb) => editable(eb, account))
      .execute();
    return new Set(rows.map(({ id }) => id));
  }

  /** Finished recordings that this account may join, newest first; `search` is in title, subject or teacher's name. */
  async joinable(account: Account, search: string): Promise<Joinable[]> {
    const like = `%${search.replace(/[\\%_]/g, '\\$&')}%`;
    const rows = await this.#rows()
      .innerJoin('resource', (join) =>
        join.onRef('resource.lesson_id', '=', 'lesson.id').on('resource.kind', '=', 'replay'),
      )
      .where('recording.finalized_at', 'is not', null)
      .where('recording.duration_ms', '>=', 500)
      .where('resource.binned_at', 'is', null)
      .where((eb) => editable(eb, account))
      .where((eb) =>
        eb.or([
          eb('lesson.title', 'ilike', like),
          eb('course.subject', 'ilike', like),
          eb('teacher.name', 'ilike', like),
        ]),
      )
      .orderBy('recording.epoch', 'desc')
      .limit(MOST_LISTED)
      .execute();
    return rows.map(toJoinable);
  }

  /** One recording with all of its feeds. Whether it may be edited is asked before. */
  async source(recordingId: string): Promise<EditSource> {
    const row = await this.#rows().where('recording.id', '=', recordingId).executeTakeFirst();
    if (!row) throw new AppError('NOT_FOUND', 'no such recording');
    const [replay, own] = await Promise.all([
      this.#replayOf({ lessonId: row.lessonId, actualEnd: null }),
      this.#resources.ofLesson(row.lessonId),
    ]);
    return { ...toJoinable(row), hiddenTrackIds: own?.programme?.hiddenTrackIds ?? [], replay };
  }

  /** Who edits a recording is on the teacher's side: all of its timeline. */
  async timeline(recordingId: string): Promise<TimelineEvent[]> {
    const row = await this.#rows().where('recording.id', '=', recordingId).executeTakeFirst();
    if (!row) throw new AppError('NOT_FOUND', 'no such recording');
    return await this.#timelines.read(row.lessonId);
  }

  #rows() {
    return this.#db
      .selectFrom('recording')
      .innerJoin('lesson', 'lesson.id', 'recording.lesson_id')
      .innerJoin('course', 'course.id', 'lesson.course_id')
      .innerJoin('account as teacher', 'teacher.id', 'lesson.teacher_id')
      .select(['recording.id as recordingId', 'lesson.id as lessonId', 'lesson.title'])
      .select(['course.subject', 'course.grade', 'teacher.name as teacherName'])
      .select(['lesson.actual_start', sql<number>`coalesce(recording.duration_ms, 0)`.as('durationMs')]);
  }
}

function toJoinable({
  actual_start,
  ...row
}: Omit<Joinable, 'startedAt'> & { actual_start: Date | null }): Joinable {
  const { recordingId, lessonId, title, subject, grade, teacherName, durationMs } = row;
  const startedAt = actual_start?.getTime() ?? null;
  return { recordingId, lessonId, title, subject, grade, teacherName, startedAt, durationMs };
}
