import type { Caption, CaptionTrack, Cue } from '#protocol/caption.ts';
import { type Programme, toProgramme } from '#protocol/programme.ts';
import type { Db } from '../database/database.ts';
import { Attic } from './attic.ts';
import { CaptionRepository } from './caption-repository.ts';
import { handedIn } from './handed-in.ts';
import { idOf, type Subject } from './subjects.ts';

/** What has captions: a lesson's replay, a film, or what a resource shows of recordings. */
export type Captioned = Pick<Subject, 'lessonId' | 'resourceId' | 'programme'>;

/** Captions as somebody who watches sees them: a resource shows those of the lessons that it is cut from. */
export class Captions {
  readonly #db: Db;
  readonly #repository: CaptionRepository;

  constructor(db: Db, repository: CaptionRepository) {
    this.#db = db;
    this.#repository = repository;
  }

  async list(subject: Captioned): Promise<CaptionTrack[]> {
    const asOf = await this.#asOf(subject);
    if (!subject.programme) return await this.#repository.list(idOf(subject), asOf);
    const tracks = new Map<string, CaptionTrack>();
    for (const lessonId of (await this.#lessonsOf(subject.programme)).values())
      for (const track of await this.#repository.list(lessonId, asOf)) {
        const known = tracks.get(track.language);
        tracks.set(track.language, known ? { ...known, cueCount: known.cueCount + track.cueCount } : track);
      }
    return [...tracks.values()];
  }

  /** Cues in the subject's own time; null when there are none in this language. */
  async find(subject: Captioned, language: string): Promise<Caption | null> {
    const asOf = await this.#asOf(subject);
    if (!subject.programme) return await this.#repository.find(idOf(subject), language, asOf);
    let found: Caption | null = null;
    const cues: Cue[] = [];
    for (const [recordingId, lessonId] of await this.#lessonsOf(subject.programme)) {
      const caption = await this.#repository.find(lessonId, language, asOf);
      found ??= caption;
      if (caption) cues.push(...cutCues(subject.programme, recordingId, caption.cues));
    }
    cues.sort((a, b) => a.startMs - b.startMs || a.endMs - b.endMs);
    return found && { ...found, cueCount: cues.length, cues };
  }

  /**
   * Nothing is shown that was not reviewed: what was saved after a resource was handed in waits for the next time.
   * Null while it is a draft, and for a lesson's own replay.
   */
  async #asOf({ resourceId }: Captioned): Promise<Date | null> {
    if (resourceId === null) return null;
    return (await handedIn(this.#db, [resourceId])).get(resourceId) ?? null;
  }

  /** Whose recordings these are is asked of the rows, never of the edit list. */
  async #lessonsOf({ clips }: Programme): Promise<Map<string, string>> {
    const rows = await this.#db
      .selectFrom('recording')
      .select(['id', 'lesson_id'])
      .where(
        'id',
        'in',
        clips.map(({ recordingId }) => recordingId),
      )
      .execute();
    return new Map(rows.map(({ id, lesson_id }) => [id, lesson_id]));
  }
}

/** For who only reads them. */
export const captionsIn = (db: Db): Captions => new Captions(db, new CaptionRepository(db, new Attic(db)));

/** One recording's cues as a programme shows them: cut where it is cut, in its time. */
export function cutCues(programme: Programme, recordingId: string, cues: readonly Cue[]): Cue[] {
  return programme.clips
    .filter((clip) => clip.recordingId === recordingId)
    .flatMap(({ fromMs, toMs }) => {
      const begins = toProgramme(programme, recordingId, fromMs)!;
      return cues
        .filter(({ startMs, endMs }) => startMs < toMs && endMs > fromMs)
        .map((cue) => ({
          ...cue,
          startMs: Math.round(begins + Math.max(cue.startMs, fromMs) - fromMs),
          endMs: Math.round(begins + Math.min(cue.endMs, toMs) - fromMs),
        }))
        .filter(({ startMs, endMs }) => endMs > startMs);
    });
}
