import type { LessonState } from '#protocol/domain.ts';
import type { EventBody, Participant, TimelineEvent } from '#protocol/timeline.ts';
import type { Db } from '../database/database.ts';

/** The lesson states that an event brings about, written in the event's own transaction. */
const STATE_AFTER: Partial<Record<EventBody['type'], LessonState>> = {
  'lesson.opened': 'open',
  'lesson.started': 'live',
  'lesson.ended': 'ended',
  'lesson.ready': 'ready',
};

/** The append-only log of each lesson. What `append` has answered is on the disk. */
export class TimelineStore {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  async append(lessonId: string, events: readonly TimelineEvent[]): Promise<void> {
    await this.#db.transaction().execute(async (trx) => {
      await trx
        .insertInto('timeline_event')
        .values(
          events.map(({ seq, at, mediaMs, body }) => ({
            lesson_id: lessonId,
            seq,
            at: new Date(at),
            media_ms: mediaMs,
            type: body.type,
            body: JSON.stringify(body),
          })),
        )
        .execute();
      for (const { at, body } of events) {
        if (body.type === 'recording.policySet')
          await trx
            .updateTable('lesson')
            .set({ recording_policy: body.policy })
            .where('id', '=', lessonId)
            .execute();
        const state = STATE_AFTER[body.type];
        if (!state) continue;
        await trx
          .updateTable('lesson')
          .set({
            state,
            ...(state === 'live' ? { actual_start: new Date(at) } : {}),
            ...(state === 'ended' ? { actual_end: new Date(at) } : {}),
          })
          .where('id', '=', lessonId)
          .execute();
      }
    });
  }

  /** Everybody who was ever in the lesson's room. */
  async participants(lessonId: string): Promise<Map<string, Participant>> {
    const rows = await this.#db
      .selectFrom('timeline_event')
      .select('body')
      .where('lesson_id', '=', lessonId)
      .where('type', '=', 'participant.joined')
      .orderBy('seq')
      .execute();
    const joined = rows.map(({ body }) => body).filter((body) => body.type === 'participant.joined');
    return new Map(joined.map(({ participant }) => [participant.participantId, participant]));
  }

  async read(lessonId: string, afterSeq = 0): Promise<TimelineEvent[]> {
    const rows = await this.#db
      .selectFrom('timeline_event')
      .select(['seq', 'at', 'media_ms', 'body'])
      .where('lesson_id', '=', lessonId)
      .where('seq', '>', afterSeq)
      .orderBy('seq')
      .execute();
    return rows.map(({ seq, at, media_ms, body }) => ({ seq, at: at.getTime(), mediaMs: media_ms, body }));
  }
}
