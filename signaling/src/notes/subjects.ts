import type { Account } from '#protocol/domain.ts';
import { AppError } from '#protocol/errors.ts';
import { Id } from '#protocol/ids.ts';
import { type LessonRole, may } from '#protocol/permission.ts';
import { type Programme, toLesson, toProgramme } from '#protocol/programme.ts';
import type { Db } from '../database/database.ts';
import type { LessonRepository } from '../lesson/lesson-repository.ts';
import type { ResourceAccess } from '../resource/access.ts';

/** What captions, notes, comments and progress are attached to, as one account sees it. */
export interface Subject {
  lessonId: Id | null;
  resourceId: Id | null;
  organizationId: Id;
  title: string;
  /** How long it is, ms; null when only its player knows. */
  durationMs: number | null;
  /** What a resource shows of recordings; null for a lesson's replay and for a film. */
  programme: Programme | null;
  /** Whether this account may change its captions here. */
  mayCaption: boolean;
  mayComment: boolean;
  /** Whether this account may let others' comments through and delete them. */
  mayModerate: boolean;
}

export type SubjectKind = 'lessons' | 'resources';
export const SUBJECT_KINDS: readonly SubjectKind[] = ['lessons', 'resources'];

/** The columns by which rows belong to a subject. */
export const columnsOf = ({ lessonId, resourceId, organizationId }: Subject) => ({
  organization_id: organizationId,
  subject_id: idOf({ lessonId, resourceId }),
  lesson_id: lessonId,
  resource_id: resourceId,
});

export const idOf = ({ lessonId, resourceId }: Pick<Subject, 'lessonId' | 'resourceId'>): Id =>
  (lessonId ?? resourceId)!;

/** A moment as it is kept: an edit of the resource does not move it. */
export interface KeptMoment {
  at_recording_id: Id | null;
  at_ms: number;
}

/** @param ms the subject's own time, as its player shows it. */
export function keptMoment({ programme }: Pick<Subject, 'programme'>, ms: number): KeptMoment {
  if (!programme) return { at_recording_id: null, at_ms: ms };
  const { clip, recordingId, ms: at } = toLesson(programme, ms);
  // The very end of a clip is no moment of it any more.
  return { at_recording_id: recordingId, at_ms: Math.min(at, programme.clips[clip]!.toMs - 1) };
}

/** The subject's own time of a kept moment; null when that was cut out of it since. */
export function shownMoment(
  { programme }: Pick<Subject, 'programme'>,
  { at_recording_id, at_ms }: KeptMoment,
): number | null {
  if (!programme || at_recording_id === null) return at_ms;
  return toProgramme(programme, at_recording_id, at_ms);
}

/** Finds what an address names, for those who may watch it and for nobody else. */
export class Subjects {
  readonly #db: Db;
  readonly #lessons: LessonRepository;
  readonly #access: ResourceAccess;

  constructor(db: Db, lessons: LessonRepository, access: ResourceAccess) {
    this.#db = db;
    this.#lessons = lessons;
    this.#access = access;
  }

  /**
   * @param account null: nobody is signed in, who may watch what is public.
   * @param cookie the request's, in which a resource's password is remembered.
   * @throws AppError NOT_FOUND when there is none, or this account may not watch it; PASSWORD_NEEDED.
   */
  async of(kind: SubjectKind, rawId: unknown, account: Account | null, cookie?: string): Promise<Subject> {
    const id = Id.parse(rawId);
    return kind === 'lessons' ? await this.#lesson(id, account) : await this.#resource(id, account, cookie);
  }

  async #lesson(lessonId: Id, account: Account | null): Promise<Subject> {
    if (!account) throw new AppError('NOT_SIGNED_IN', 'sign in first');
    const lesson = await this.#lessons.find(lessonId, account);
    const role = (lesson?.role ?? 'stranger') as LessonRole;
    if (!lesson || !may(role, 'replay.watch')) throw new AppError('NOT_FOUND', 'nothing to watch here');
    const { organization_id } = await this.#db
      .selectFrom('lesson')
      .select('organization_id')
      .where('id', '=', lessonId)
      .executeTakeFirstOrThrow();
    return {
      lessonId,
      resourceId: null,
      organizationId: organization_id,
      title: lesson.title,
      durationMs: lesson.replayMs,
      programme: null,
      mayCaption: may(role, 'caption.edit'),
      mayComment: may(role, 'comment.write'),
      mayModerate: may(role, 'comment.moderate'),
    };
  }

  async #resource(resourceId: Id, account: Account | null, cookie?: string): Promise<Subject> {
    const resource = await this.#access.permitted(resourceId, account, 'resource.watch', cookie);
    const mine = (action: string) => resource.may.includes(action);
    return {
      lessonId: null,
      resourceId,
      organizationId: resource.organizationId,
      title: resource.title,
      durationMs: resource.durationMs,
      programme: resource.programme,
      // What recordings say is changed where they are: at their lessons.
      mayCaption: resource.programme === null && mine('resource.edit'),
      mayComment: account !== null && mine('resource.comment'),
      mayModerate: mine('resource.moderate'),
    };
  }
}
