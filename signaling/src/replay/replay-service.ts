import type { Lesson } from '#protocol/domain.ts';
import { AppError } from '#protocol/errors.ts';
import type { Replay } from '#protocol/rest.ts';
import type { Participant } from '#protocol/timeline.ts';
import type { RecordingRepository } from '../room/recording-repository.ts';
import type { TimelineStore } from '../timeline/timeline-store.ts';

/** What a player needs to know of a lesson's recording, while it runs and afterwards. */
export class ReplayService {
  readonly #recordings: RecordingRepository;
  readonly #timelines: TimelineStore;

  constructor(recordings: RecordingRepository, timelines: TimelineStore) {
    this.#recordings = recordings;
    this.#timelines = timelines;
  }

  /** @throws AppError NOT_FOUND when the lesson was never recorded. */
  async of(lesson: Pick<Lesson, 'lessonId' | 'actualEnd'>): Promise<Replay> {
    const recording = await this.#recordings.ofLesson(lesson.lessonId);
    if (!recording) throw new AppError('NOT_FOUND', 'this lesson has no recording');
    const { recordingId, epochMs, durationMs } = recording;
    const participants = await this.#participants(lesson.lessonId);
    const tracks = await this.#recordings.tracks(recordingId);
    return {
      lessonId: lesson.lessonId,
      recordingId,
      epochMs,
      live: !recording.finalized,
      durationMs: durationMs ?? Math.max(0, (lesson.actualEnd ?? Date.now()) - epochMs),
      tracks: tracks.map(({ trackId, participantId, role, kind, playlist, spans }) => ({
        trackId,
        feedId: trackId,
        participantId,
        participantName: participants.get(participantId)?.name ?? '',
        organizationName: participants.get(participantId)?.organizationName ?? '',
        role,
        kind,
        playlist: `/media/recordings/${recordingId}/${playlist}`,
        spans,
      })),
    };
  }

  async #participants(lessonId: string): Promise<Map<string, Participant>> {
    const found = new Map<string, Participant>();
    for (const { body } of await this.#timelines.read(lessonId)) {
      if (body.type === 'participant.joined') found.set(body.participant.participantId, body.participant);
    }
    return found;
  }
}
