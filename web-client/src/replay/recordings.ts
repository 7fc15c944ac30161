import type { Id } from '#protocol/ids.ts';
import type { Replay, ReplayRecording } from '#protocol/rest.ts';

/** All recordings of a replay: the first, and those that a programme joins to it. */
export const recordingsOf = (replay: Replay): ReplayRecording[] => [replay, ...replay.joined];

/** The recording that plays now. */
export const recordingOf = (replay: Replay, recordingId: Id): ReplayRecording =>
  replay.joined.find((known) => known.recordingId === recordingId) ?? replay;
