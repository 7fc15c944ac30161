import type { Account, Lesson } from '#protocol/domain.ts';
import { AppError } from '#protocol/errors.ts';
import { type LessonRole, may } from '#protocol/permission.ts';
import type { LiveStreamPolicy, PublicLive, SetLiveStream } from '#protocol/public-live.ts';
import type { Db } from '../database/database.ts';
import type { LessonRepository } from '../lesson/lesson-repository.ts';

const NO_STREAM: SetLiveStream = { enabled: false, delaySeconds: 30 };
/** Ten thousand viewers ask for playlists every two seconds; a stop reaches all of them within a second. */
const KNOWN_MS = 500;

export interface Streamed {
  lessonId: string;
  recordingId: string | null;
  epochMs: number | null;
  delayMs: number;
  state: PublicLive['state'];
  facts: Omit<PublicLive, 'state' | 'replay'>;
}

/** Whether a lesson may be watched by everybody while it is held: asked for, approved, and stopped at any moment. */
export class LiveStreams {
  readonly #db: Db;
  readonly #lessons: LessonRepository;
  readonly #known = new Map<string, { at: number; streamed: Promise<Streamed | null> }>();

  constructor(db: Db, lessons: LessonRepository) {
    this.#db = db;
    this.#lessons = lessons;
  }

  async policy(lessonId: string, account: Account): Promise<LiveStreamPolicy> {
    return await this.#told(await this.#lesson(lessonId, account));
  }

  /** Asked for by who teaches it; whatever was approved before is approved anew. */
  async ask(lessonId: string, account: Account, { enabled, delaySeconds }: SetLiveStream) {
    const lesson = await this.#lesson(lessonId, account);
    if (!rightsIn(lesson).mayAsk) throw new AppError('FORBIDDEN', `${lesson.role} asks for no stream`);
    if (lesson.mode !== 'open')
      throw new AppError('WRONG_STATE', 'only open lessons are streamed to everybody');
    const values = {
      enabled,
      delay_seconds: delaySeconds,
      approved_by: null,
      approved_at: null,
      stopped_by: null,
      stopped_at: null,
    };
    await this.#db
      .insertInto('live_stream')
      .values({ lesson_id: lessonId, ...values })
      .onConflict((conflict) => conflict.column('lesson_id').doUpdateSet(values))
      .execute();
    return await this.#changed(lesson);
  }

  async approve(lessonId: string, account: Account, approved: boolean) {
    const lesson = await this.#lesson(lessonId, account);
    if (!rightsIn(lesson).mayApprove) throw new AppError('FORBIDDEN', `${lesson.role} approves no stream`);
    const { numUpdatedRows } = await this.#db
      .updateTable('live_stream')
      .set({
        approved_by: approved ? account.accountId : null,
        approved_at: approved ? new Date() : null,
      })
      .where('lesson_id', '=', lessonId)
      .where('enabled', '=', true)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n) throw new AppError('WRONG_STATE', 'nobody has asked for a stream');
    return await this.#changed(lesson);
  }

  async stop(lessonId: string, account: Account, stopped: boolean) {
    const lesson = await this.#lesson(lessonId, account);
    if (!rightsIn(lesson).mayStop) throw new AppError('FORBIDDEN', `${lesson.role} stops no stream`);
    await this.#db
      .updateTable('live_stream')
      .set({ stopped_by: stopped ? account.accountId : null, stopped_at: stopped ? new Date() : null })
      .where('lesson_id', '=', lessonId)
      .execute();
    return await this.#changed(lesson);
  }

  /** What everybody may know of a lesson's stream; null when it has none that was approved. */
  async publicLive(lessonId: string, now = Date.now()): Promise<Streamed | null> {
    const known = this.#known.get(lessonId);
    if (known && now - known.at < KNOWN_MS) return await known.streamed;
    if (this.#known.size > 1_000) this.#known.clear();
    const streamed = this.#look(lessonId, now);
    this.#known.set(lessonId, { at: now, streamed });
    return await streamed;
  }

  async #look(lessonId: string, now: number): Promise<Streamed | null> {
    const row = await this.#db
      .selectFrom('live_stream')
      .innerJoin('lesson', 'lesson.id', 'live_stream.lesson_id')
      .innerJoin('course', 'course.id', 'lesson.course_id')
      .innerJoin('organization', 'organization.id', 'lesson.organization_id')
      .innerJoin('account as teacher', 'teacher.id', 'lesson.teacher_id')
      .leftJoin('recording', 'recording.lesson_id', 'lesson.id')
      .selectAll('live_stream')
      .select(['lesson.title', 'lesson.state', 'lesson.actual_end', 'lesson.planned_start'])
      .select([
        'course.subject',
        'course.grade',
        'organization.name as organization',
        'teacher.name as teacher',
      ])
      .select(['recording.id as recording_id', 'recording.epoch'])
      .where('live_stream.lesson_id', '=', lessonId)
      .where('live_stream.enabled', '=', true)
      .where('live_stream.approved_at', 'is not', null)
      .where('lesson.mode', '=', 'open')
      .executeTakeFirst();
    if (!row) return null;
    const delayMs = row.delay_seconds * 1_000;
    const epochMs = row.epoch?.getTime() ?? null;
    return {
      lessonId,
      recordingId: row.recording_id,
      epochMs,
      delayMs,
      state: stateOf({ ...row, delayMs, epochMs }, now),
      facts: {
        lessonId,
        title: row.title,
        subject: row.subject,
        grade: row.grade,
        teacherName: row.teacher,
        organizationName: row.organization,
        plannedStart: row.planned_start.getTime(),
        delaySeconds: row.delay_seconds,
      },
    };
  }

  async #lesson(lessonId: string, account: Account): Promise<Lesson> {
    const lesson = await this.#lessons.find(lessonId, account);
    if (!lesson) throw new AppError('NOT_FOUND', 'no such lesson');
    return lesson;
  }

  async #changed(lesson: Lesson): Promise<LiveStreamPolicy> {
    this.#known.delete(lesson.lessonId);
    return await this.#told(lesson);
  }

  async #told(lesson: Lesson): Promise<LiveStreamPolicy> {
    const row = await this.#db
      .selectFrom('live_stream')
      .leftJoin('account', 'account.id', 'live_stream.approved_by')
      .selectAll('live_stream')
      .select('account.name')
      .where('lesson_id', '=', lesson.lessonId)
      .executeTakeFirst();
    return {
      enabled: row?.enabled ?? NO_STREAM.enabled,
      delaySeconds: row?.delay_seconds ?? NO_STREAM.delaySeconds,
      approvedByName: row?.name ?? null,
      stoppedAt: row?.stopped_at?.getTime() ?? null,
      ...rightsIn(lesson),
    };
  }
}

/** Nobody approves what they teach themselves: who teaches is `presenter`, whatever else they are. */
function rightsIn({ role: is, mode }: Lesson): Pick<LiveStreamPolicy, 'mayAsk' | 'mayApprove' | 'mayStop'> {
  const role = is as LessonRole;
  const steers = may(role, 'class.steer') || role === 'operator';
  return {
    mayAsk: mode === 'open' && steers,
    mayApprove: mode === 'open' && role === 'administrator',
    mayStop: steers,
  };
}

interface Facts {
  state: string;
  stopped_at: Date | null;
  actual_end: Date | null;
  epochMs: number | null;
  delayMs: number;
}

/** A lesson ends for its viewers as long after the bell as they are behind it. */
function stateOf(
  { state, stopped_at, actual_end, epochMs, delayMs }: Facts,
  now: number,
): PublicLive['state'] {
  if (stopped_at) return 'stopped';
  if (actual_end && now >= actual_end.getTime() + delayMs) return 'ended';
  const begun = state === 'live' || actual_end !== null;
  return begun && epochMs !== null && now >= epochMs + delayMs ? 'live' : 'waiting';
}
