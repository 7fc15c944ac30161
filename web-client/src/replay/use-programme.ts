import { useMemo, useRef } from 'react';
import type { Replay, ReplayRecording, ReplayTrack, Span } from '#protocol/rest.ts';
import { shotAt } from '#protocol/shots.ts';
import { merged, onBar } from './bar/bar-marks.ts';
import { type Cast, castOf } from './cast.ts';
import type { ReplaySnapshot } from './engine/replay-engine.ts';
import { LessonHistory } from './history/lesson-history.ts';
import { useHistories } from './history/use-histories.ts';
import { type PlacedChapter, placedChapters } from './placed-chapters.ts';
import { recordingOf, recordingsOf } from './recordings.ts';
import { holesOf, type Picture, pictureOf, type View } from './view.ts';

const NO_HISTORY = new LessonHistory({ lessonId: '', recordingId: '' });

/** What is played now, and what there is of all that is shown. */
export interface Programme {
  /** Of several recordings the one that plays now, and who plays what in it. */
  readonly recording: ReplayRecording;
  readonly history: LessonHistory;
  readonly cast: Cast;
  /** The pictures that there are to choose from; `hasBoard`: the board's pages, too. */
  readonly pictures: readonly ReplayTrack[];
  readonly hasBoard: boolean;
  /** What is on the screen. */
  readonly picture: Picture;
  readonly chapters: readonly PlacedChapter[];
  /** On the bar: where what one looks at was not recorded, and where the board was open. */
  readonly gaps: readonly Span[];
  readonly boards: readonly Span[];
}

export function useProgramme(replay: Replay, { recordingId, timeMs }: ReplaySnapshot, view: View): Programme {
  const { clips } = replay;
  const recording = recordingOf(replay, recordingId);
  const histories = useHistories(replay);
  const history = histories.get(recordingId) ?? NO_HISTORY;
  // A running lesson's tracks grow, and the lead stays where it is.
  const leaderId = useRef<string>(undefined);
  const cast = castOf(recording, leaderId.current);
  leaderId.current = cast.leader?.trackId;

  const pictures = recording.tracks.filter(({ kind }) => kind === 'video');
  const boards = [...histories].flatMap(([id, known]) =>
    onBar(known.board.shownSpans(recordingOf(replay, id).durationMs), id, clips),
  );
  const hasBoard = history.board.shownSpans(0).length > 0;
  // A cut that was made anew after the lesson is the cut.
  const shots = replay.shots ?? history.shots;
  const picture = pictureOf(view, shotAt([...shots], recordingId, timeMs), {
    trackIds: pictures.map(({ trackId }) => trackId),
    board: hasBoard,
    leaderId: cast.leader?.trackId ?? null,
  });
  const chapters = useMemo(
    () => placedChapters(replay.recordingId, clips, (id) => histories.get(id)?.chapters ?? []),
    [replay.recordingId, clips, histories],
  );
  const gaps = recordingsOf(replay).flatMap((known) => {
    const chosen = view === 'cut' ? [] : known.tracks.filter(({ trackId }) => view.includes(trackId));
    const leader = known === recording ? cast.leader : castOf(known).leader;
    const seen = chosen.length > 0 ? chosen : leader ? [leader] : [];
    return seen.flatMap((track) => onBar(holesOf(track), known.recordingId, clips));
  });
  return {
    recording,
    history,
    cast,
    pictures,
    hasBoard,
    picture,
    chapters,
    gaps: merged(gaps),
    boards: merged(boards),
  };
}
