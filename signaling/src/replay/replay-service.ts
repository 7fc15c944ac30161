import type { SignedAddresses } from '#platform/signed-address.ts';
import type { Lesson } from '#protocol/domain.ts';
import { AppError } from '#protocol/errors.ts';
import { durationOf, type Programme } from '#protocol/programme.ts';
import type { Resource } from '#protocol/resource.ts';
import type { Replay, ReplayRecording, ReplayTrack } from '#protocol/rest.ts';
import { spansOf } from '../media/programmes.ts';
import type { Thumbnails } from '../media/thumbnails.ts';
import type { ResourceRepository } from '../resource/resource-repository.ts';
import type { RecordingRepository, RecordingRow } from '../room/recording-repository.ts';
import type { TimelineStore } from '../timeline/timeline-store.ts';

export interface ReplayParts {
  recordings: RecordingRepository;
  resources: ResourceRepository;
  timelines: TimelineStore;
  addresses: SignedAddresses;
  thumbnails: Pick<Thumbnails, 'of'>;
  /** Hours that a player may have which cannot renew its addresses. */
  streamHours: number;
}

/** For whom a replay is put together. */
export interface Watching {
  /** A player that plays HLS by itself and cannot renew its addresses. */
  native: boolean;
  /** What moves over the picture; null: nothing. */
  watermark: string | null;
}

const UNMARKED: Watching = { native: false, watermark: null };

/** An edited programme, and under which version its playlists are asked for. */
interface Edit {
  resourceId: string;
  version: number;
  programme: Programme;
}

/** What a player needs to know of a lesson's recording or of a resource, with addresses signed for now. */
export class ReplayService {
  readonly #parts: ReplayParts;

  constructor(parts: ReplayParts) {
    this.#parts = parts;
  }

  /**
   * A lesson's recording, while it runs and afterwards. Who taught or helped sees all of it; who only watches sees it
   * as it was edited. @throws AppError NOT_FOUND when the lesson was never recorded.
   */
  async ofLesson(
    lesson: Pick<Lesson, 'lessonId' | 'actualEnd'> & Partial<Pick<Lesson, 'role'>>,
    watching = UNMARKED,
  ): Promise<Replay> {
    const recording = await this.#parts.recordings.ofLesson(lesson.lessonId);
    if (!recording) throw new AppError('NOT_FOUND', 'this lesson has no recording');
    const resource =
      recording.finalized && lesson.role === 'viewer'
        ? await this.#parts.resources.ofLesson(lesson.lessonId)
        : null;
    if (resource?.programme && isEdited(resource.programme, recording))
      return await this.#ofProgramme({ ...resource, programme: resource.programme }, watching, null);
    const now = lesson.actualEnd ?? Date.now();
    const ttl = this.#ttl(watching, recording.durationMs ?? 0);
    return {
      ...(await this.#recording(recording, null, ttl, now)),
      ...NO_EDIT,
      watermark: watching.watermark,
      renewAfterMs: this.#renewAfterMs(ttl),
    };
  }

  /** @throws AppError NOT_FOUND when it is not a programme, or its recording is gone. */
  async ofResource(resource: Omit<Resource, 'may'>, watching: Watching): Promise<Replay> {
    const { programme, resourceId } = resource;
    if (!programme) throw new AppError('NOT_FOUND', 'this resource is not a programme');
    return await this.#ofProgramme({ ...resource, programme }, watching, resourceId);
  }

  /** The address of the one stream of a resource's cut, for a player that cannot renew it. */
  streamOf({ resourceId, version }: Pick<Resource, 'resourceId' | 'version'>): {
    address: string;
    expiresAt: number;
  } {
    const ttl = this.#parts.streamHours * 3_600;
    const folder = this.#parts.addresses.folder(['resources', resourceId, String(version)], ttl);
    return { address: `${folder}programme/master.m3u8`, expiresAt: Date.now() + ttl * 1_000 };
  }

  async #ofProgramme(edit: Edit, watching: Watching, resourceId: string | null): Promise<Replay> {
    const { programme, version } = edit;
    const rows: RecordingRow[] = [];
    for (const recordingId of new Set(programme.clips.map((clip) => clip.recordingId))) {
      const row = await this.#parts.recordings.find(recordingId);
      if (row) rows.push(row);
    }
    const first = rows[0];
    if (!first) throw new AppError('NOT_FOUND', 'the recording is not there any more');
    const ttl = this.#ttl(watching, durationOf(programme));
    const whole = rows.length === 1 && !isEdited(programme, first);
    const all = await Promise.all(rows.map((row) => this.#recording(row, whole ? null : edit, ttl, 0)));
    const stream = this.#parts.addresses.folder(['resources', edit.resourceId, String(version)], ttl);
    return {
      ...all[0]!,
      resourceId,
      clips: whole ? null : programme.clips,
      shots: programme.shots,
      joined: all.slice(1),
      programme: `${stream}programme/master.m3u8`,
      watermark: watching.watermark,
      renewAfterMs: this.#renewAfterMs(ttl),
    };
  }

  /** @param now how far a recording that still runs is, wall ms */
  async #recording(row: RecordingRow, edit: Edit | null, ttl: number, now: number): Promise<ReplayRecording> {
    const { addresses, recordings } = this.#parts;
    const { recordingId, lessonId, epochMs, durationMs, finalized } = row;
    const hidden = new Set(edit?.programme.hiddenTrackIds);
    const shown = (await recordings.tracks(recordingId)).filter(({ trackId }) => !hidden.has(trackId));
    const base = edit
      ? `${addresses.folder(['resources', edit.resourceId, String(edit.version)], ttl)}${recordingId}/`
      : addresses.folder(['recordings', recordingId], ttl);
    const participants = await this.#parts.timelines.participants(lessonId);
    const tracks = shown.map(
      ({ trackId, participantId, role, kind, playlist, spans }): ReplayTrack => ({
        trackId,
        feedId: trackId,
        participantId,
        participantName: participants.get(participantId)?.name ?? '',
        organizationName: participants.get(participantId)?.organizationName ?? '',
        role,
        kind,
        playlist: `${base}${edit ? `${trackId}/master.m3u8` : playlist}`,
        spans,
      }),
    );
    return {
      lessonId,
      recordingId,
      epochMs,
      live: !finalized,
      durationMs: durationMs ?? Math.max(0, now - epochMs),
      tracks,
      thumbnails: finalized
        ? await this.#parts.thumbnails.of(
            recordingId,
            tracks,
            edit && spansOf(edit.programme, recordingId),
            ttl,
          )
        : null,
      courseware: addresses.folder(['courseware', lessonId], ttl),
    };
  }

  #ttl({ native }: Watching, durationMs: number): number {
    const { addresses, streamHours } = this.#parts;
    const watched = 600 + (2 * durationMs) / 1_000;
    return native
      ? Math.max(addresses.ttlSeconds, Math.min(streamHours * 3_600, watched))
      : addresses.ttlSeconds;
  }

  /** Early enough that an address which is in use is renewed in time, however often the first try fails. */
  #renewAfterMs(ttl: number): number {
    return Math.round(ttl * 400);
  }
}

const NO_EDIT = { resourceId: null, clips: null, shots: null, joined: [], programme: null };

/** Whether a programme is less, or another order, than all of its one recording. */
export function isEdited(
  { clips, hiddenTrackIds }: Programme,
  { durationMs }: Pick<RecordingRow, 'durationMs'>,
) {
  const [first] = clips;
  const isWhole = clips.length === 1 && first!.fromMs <= 0 && first!.toMs >= (durationMs ?? 0);
  return hiddenTrackIds.length > 0 || !isWhole;
}
