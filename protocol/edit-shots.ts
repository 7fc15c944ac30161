import { fitsLayout } from './directing.ts';
import type { Id } from './ids.ts';
import type { Programme, Shot } from './programme.ts';

/*
 * Making the director's cut anew, and hiding feeds: pure functions from a programme to another. `live` is the cut that
 * the timelines of all its recordings tell (`shots.ts`); the first change makes a copy of it.
 */

const MAX_SHOTS = 5_000;

/** Nearer together than this two cuts are one, ms. */
const ONE_CUT_MS = 200;

export type Picture = Pick<Shot, 'layout' | 'board' | 'feedIds'>;

/** Shows a picture from a moment on until the next shot. */
export function setShot(programme: Programme, live: readonly Shot[], shot: Shot): Programme {
  if (!fitsLayout(shot)) return programme;
  const at = { ...shot, atMs: Math.max(0, Math.round(shot.atMs)) };
  const rest = shotsIn(programme, live).filter(
    (other) => other.recordingId !== at.recordingId || Math.abs(other.atMs - at.atMs) > ONE_CUT_MS,
  );
  return withShots(programme, [...rest, at]);
}

/** Takes a shot away: the one before it goes on. The first one of a recording stays. */
export function removeShot(programme: Programme, live: readonly Shot[], shot: Shot): Programme {
  const shots = shotsIn(programme, live);
  const isFirst = shots.find(({ recordingId }) => recordingId === shot.recordingId) === shot;
  return isFirst
    ? programme
    : withShots(
        programme,
        shots.filter((other) => other !== shot),
      );
}

/** Moves the moment at which a shot begins, between the shots beside it. The first one of a recording begins at 0. */
export function moveShot(programme: Programme, live: readonly Shot[], shot: Shot, ms: number): Programme {
  const shots = shotsIn(programme, live);
  const own = shots.filter(({ recordingId }) => recordingId === shot.recordingId);
  const index = own.indexOf(shot);
  if (index < 1) return programme;
  const least = own[index - 1]!.atMs + ONE_CUT_MS;
  const most = (own[index + 1]?.atMs ?? Number.POSITIVE_INFINITY) - ONE_CUT_MS;
  const atMs = Math.max(least, Math.min(Math.round(ms), most));
  return atMs === shot.atMs || least > most
    ? programme
    : withShots(
        programme,
        shots.map((other) => (other === shot ? { ...shot, atMs } : other)),
      );
}

/** Back to the cut that the timeline tells. */
export const liveCut = (programme: Programme): Programme =>
  programme.shots === null ? programme : { ...programme, shots: null };

export function hide(programme: Programme, trackId: Id): Programme {
  const { hiddenTrackIds } = programme;
  return hiddenTrackIds.includes(trackId)
    ? programme
    : { ...programme, hiddenTrackIds: [...hiddenTrackIds, trackId] };
}

export function unhide(programme: Programme, trackId: Id): Programme {
  const { hiddenTrackIds } = programme;
  return hiddenTrackIds.includes(trackId)
    ? { ...programme, hiddenTrackIds: hiddenTrackIds.filter((hidden) => hidden !== trackId) }
    : programme;
}

/** The cut that is in force: the one made anew, or the live one. */
export const shotsIn = ({ shots }: Pick<Programme, 'shots'>, live: readonly Shot[]): readonly Shot[] => {
  if (!shots) return live;
  // A recording that was joined after the cut was made anew keeps its own.
  const made = new Set(shots.map(({ recordingId }) => recordingId));
  const rest = live.filter(({ recordingId }) => !made.has(recordingId));
  return rest.length > 0 ? [...shots, ...rest] : shots;
};

/**
 * A picture without the feeds that nobody may see; null when nothing is left of it. What is left has a layout with
 * as many places.
 */
export function withoutHidden<P extends Picture>(picture: P, hidden: readonly Id[]): P | null {
  const feedIds = picture.feedIds.filter((feedId) => !hidden.includes(feedId));
  if (feedIds.length === picture.feedIds.length) return picture;
  const count = feedIds.length + Number(picture.board);
  if (count === 0) return null;
  return { ...picture, feedIds, layout: count === 1 ? 'single' : picture.layout };
}

const isSame = (a: Picture, b: Picture): boolean =>
  a.layout === b.layout && a.board === b.board && a.feedIds.join() === b.feedIds.join();

/** In order of time within each recording, without cuts from a picture to itself. */
function withShots(programme: Programme, shots: readonly Shot[]): Programme {
  if (shots.length > MAX_SHOTS) return programme;
  const recordings = [...new Set(programme.clips.map(({ recordingId }) => recordingId))];
  const sorted = recordings.flatMap((recordingId) => {
    const own = shots.filter((shot) => shot.recordingId === recordingId).toSorted((a, b) => a.atMs - b.atMs);
    return own.filter((shot, index) => index === 0 || !isSame(shot, own[index - 1]!));
  });
  return { ...programme, shots: sorted.length > 0 ? sorted : null };
}
