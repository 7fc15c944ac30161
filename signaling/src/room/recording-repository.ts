import { POLICIES, type RecordingPolicy } from '#protocol/policy.ts';
import type { RecordedTrack } from '#protocol/recorder-node.ts';
import type { Db } from '../database/database.ts';

export interface RecordingRow {
  recordingId: string;
  lessonId: string;
  epochMs: number;
  durationMs: number | null;
  finalized: boolean;
}

/** What the recorders have made, as far as they have told. */
export class RecordingRepository {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  /** When the lesson is recorded by its plan; `manual` also while there is no such lesson. */
  async policyOf(lessonId: string): Promise<RecordingPolicy> {
    const row = await this.#db
      .selectFrom('lesson')
      .select(['mode', 'recording_policy'])
      .where('id', '=', lessonId)
      .executeTakeFirst();
    return row ? (row.recording_policy ?? POLICIES[row.mode].recording) : 'manual';
  }

  /** The lesson's recording, made with these values when there is none yet. */
  async createOnce(recordingId: string, lessonId: string, epochMs: number): Promise<RecordingRow> {
    await this.#db
      .insertInto('recording')
      .values({
        id: recordingId,
        lesson_id: lessonId,
        epoch: new Date(epochMs),
        duration_ms: null,
        finalized_at: null,
      })
      .onConflict((conflict) => conflict.column('lesson_id').doNothing())
      .execute();
    return (await this.ofLesson(lessonId))!;
  }

  async ofLesson(lessonId: string): Promise<RecordingRow | null> {
    return await this.#one('lesson_id', lessonId);
  }

  async find(recordingId: string): Promise<RecordingRow | null> {
    return await this.#one('id', recordingId);
  }

  async tracks(recordingId: string): Promise<RecordedTrack[]> {
    const rows = await this.#db
      .selectFrom('recording_track')
      .selectAll()
      .where('recording_id', '=', recordingId)
      .orderBy('track_id')
      .execute();
    return rows.map(({ track_id, participant_id, role, kind, playlist, spans }) => ({
      trackId: track_id,
      participantId: participant_id,
      role,
      kind,
      playlist,
      spans,
    }));
  }

  async saveTrack(recordingId: string, track: RecordedTrack): Promise<void> {
    const values = {
      participant_id: track.participantId,
      role: track.role,
      kind: track.kind,
      playlist: track.playlist,
      spans: JSON.stringify(track.spans),
    };
    await this.#db
      .insertInto('recording_track')
      .values({ recording_id: recordingId, track_id: track.trackId, ...values })
      .onConflict((conflict) => conflict.columns(['recording_id', 'track_id']).doUpdateSet(values))
      .execute();
  }

  async finalize(recordingId: string, durationMs: number, tracks: readonly RecordedTrack[]): Promise<void> {
    for (const track of tracks) await this.saveTrack(recordingId, track);
    await this.#db
      .updateTable('recording')
      .set({ duration_ms: durationMs, finalized_at: new Date() })
      .where('id', '=', recordingId)
      .execute();
  }

  async #one(column: 'id' | 'lesson_id', value: string): Promise<RecordingRow | null> {
    const row = await this.#db
      .selectFrom('recording')
      .selectAll()
      .where(column, '=', value)
      .executeTakeFirst();
    if (!row) return null;
    return {
      recordingId: row.id,
      lessonId: row.lesson_id,
      epochMs: row.epoch.getTime(),
      durationMs: row.duration_ms,
      finalized: row.finalized_at !== null,
    };
  }
}
