import type { Account } from '#protocol/domain.ts';
import { problemOf } from '#protocol/edit-rest.ts';
import { AppError } from '#protocol/errors.ts';
import type { Programme } from '#protocol/programme.ts';
import type { Db } from '../database/database.ts';
import type { EditSources } from './edit-sources.ts';

/** Recordings in one programme; each costs its player a playlist of every feed. */
const MOST_RECORDINGS = 20;
/** Durations are told in fractions of a millisecond, pages may round them up. */
const ROUNDING_MS = 1;

/** Whether a programme may be shown: by itself, and by what it refers to. */
export class ProgrammeCheck {
  readonly #db: Db;
  readonly #sources: EditSources;

  constructor(db: Db, sources: EditSources) {
    this.#db = db;
    this.#sources = sources;
  }

  /**
   * @param known what the resource shows already: its recordings may stay, whoever edits it.
   * @throws AppError BAD_REQUEST when it is not sound or refers to what its recordings do not have, NOT_FOUND when
   * it shows a recording that `account` may not edit.
   */
  async check(programme: Programme, account: Account, known: Programme | null): Promise<void> {
    const problem = problemOf(programme);
    if (problem) throw new AppError('BAD_REQUEST', problem);
    const recordingIds = [...new Set(programme.clips.map(({ recordingId }) => recordingId))];
    if (recordingIds.length > MOST_RECORDINGS)
      throw new AppError('BAD_REQUEST', `more than ${MOST_RECORDINGS} recordings`);
    const mayShow = await this.#sources.editableOf(recordingIds, account);
    for (const { recordingId } of known?.clips ?? []) mayShow.add(recordingId);
    if (recordingIds.some((id) => !mayShow.has(id))) throw new AppError('NOT_FOUND', 'no such recording');
    await this.#checkClips(programme, recordingIds);
    await this.#checkFeeds(programme, recordingIds, account, known);
  }

  async #checkClips({ clips }: Programme, recordingIds: string[]): Promise<void> {
    const rows = await this.#db
      .selectFrom('recording')
      .select(['id', 'lesson_id', 'duration_ms', 'finalized_at'])
      .where('id', 'in', recordingIds)
      .execute();
    const recordings = new Map(rows.map((row) => [row.id, row]));
    for (const { recordingId, lessonId, toMs } of clips) {
      const recording = recordings.get(recordingId);
      if (!recording) throw new AppError('NOT_FOUND', 'no such recording');
      if (recording.lesson_id !== lessonId)
        throw new AppError('BAD_REQUEST', 'a clip names another lesson than its recording is of');
      if (!recording.finalized_at || recording.duration_ms === null)
        throw new AppError('NOT_READY', 'the recording is not finished yet');
      if (toMs > recording.duration_ms + ROUNDING_MS)
        throw new AppError('BAD_REQUEST', 'a clip reaches beyond the end of its recording');
    }
  }

  async #checkFeeds(
    { shots, hiddenTrackIds }: Programme,
    recordingIds: string[],
    account: Account,
    known: Programme | null,
  ): Promise<void> {
    const tracks = await this.#db
      .selectFrom('recording_track')
      .select(['recording_id', 'track_id', 'kind'])
      .where('recording_id', 'in', recordingIds)
      .execute();
    const pictures = new Set(
      tracks
        .filter(({ kind }) => kind === 'video')
        .map(({ recording_id, track_id }) => `${recording_id} ${track_id}`),
    );
    for (const { recordingId, feedIds } of shots ?? []) {
      if (feedIds.some((feedId) => !pictures.has(`${recordingId} ${feedId}`)))
        throw new AppError('BAD_REQUEST', 'a shot shows a picture that its recording does not have');
    }
    const there = new Set([...tracks.map(({ track_id }) => track_id), ...(known?.hiddenTrackIds ?? [])]);
    const elsewhere = hiddenTrackIds.filter((id) => !there.has(id));
    if (elsewhere.length === 0) return;
    // Of a recording that was joined and taken out again: hidden it stays, should it come back.
    const rows = await this.#db
      .selectFrom('recording_track')
      .select(['recording_id', 'track_id'])
      .where('track_id', 'in', elsewhere)
      .execute();
    const mayEdit = await this.#sources.editableOf(
      [...new Set(rows.map((row) => row.recording_id))],
      account,
    );
    const found = new Set(
      rows.filter((row) => mayEdit.has(row.recording_id)).map(({ track_id }) => track_id),
    );
    if (elsewhere.some((id) => !found.has(id))) throw new AppError('BAD_REQUEST', 'no such feed to hide');
  }
}
