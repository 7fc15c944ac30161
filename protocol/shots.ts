import { placesOf } from './directing.ts';
import type { Id } from './ids.ts';
import { applyEvent, initialState, type LiveState } from './live-state.ts';
import type { Shot } from './programme.ts';
import type { Feed, TimelineEvent } from './timeline.ts';

/*
 * The director's cut (电影模式) as a projection of the timeline: what a viewer sees at each moment unless they
 * choose otherwise. An operator's own cut stands while its feeds do; without one the cut follows the board, the
 * feed that the teacher made large, and who is on stage.
 */

/** The shots of one recording in order of time; the first begins at 0. */
export function shotsOf(events: readonly TimelineEvent[], lessonId: Id, recordingId: Id): Shot[] {
  const shots: Shot[] = [];
  let state = initialState(lessonId);
  for (const event of events) {
    state = applyEvent(state, event);
    // The bell takes all feeds away; the last shot stays until the end.
    if (event.body.type === 'lesson.ended') break;
    const shot = { recordingId, atMs: Math.max(0, event.mediaMs ?? 0), ...pictureOf(state) };
    const last = shots.at(-1);
    if (last && isSame(last, shot)) continue;
    // Several events of one moment are one cut; an empty picture is no cut, what was shown before stays.
    if (last && last.atMs === shot.atMs) shots.pop();
    if (shot.board || shot.feedIds.length > 0) shots.push(shot);
  }
  const first = shots[0];
  if (first) shots[0] = { ...first, atMs: 0 };
  return shots;
}

/** The shot that is on at a moment; null only where nothing was ever shown. */
export function shotAt(shots: readonly Shot[], recordingId: Id, ms: number): Shot | null {
  const own = shots.filter((shot) => shot.recordingId === recordingId);
  return own.findLast(({ atMs }) => atMs <= ms) ?? own[0] ?? null;
}

export type Picture = Pick<Shot, 'layout' | 'board' | 'feedIds'>;

/** What the cut shows at this moment of a running lesson. */
export function pictureOf(state: LiveState): Picture {
  return directedOf(state) ?? lessonsOwn(state);
}

/** The director's cut with the feeds that are there; one whose feeds are all gone stands aside until they are back. */
function directedOf({ directing, feeds }: LiveState): Picture | null {
  const { shot } = directing;
  if (!shot) return null;
  const feedIds = shot.feedIds.filter((feedId) => feeds.has(feedId));
  const { board } = shot;
  const places = placesOf({ ...shot, feedIds });
  if (places === 0) return null;
  return { layout: places === 1 ? 'single' : shot.layout, board, feedIds };
}

/** What the lesson itself shows, where nobody directs. */
function lessonsOwn(state: LiveState): Picture {
  const face = faceOf(state);
  const large = largeOf(state);
  if (large) return face && face !== large ? pip(large, face) : single(large);
  if (state.board.shown)
    return { layout: face ? 'pip' : 'single', board: true, feedIds: face ? [face.feedId] : [] };
  const second = videos(state).find(({ role }) => role === 'screen' || role === 'board');
  if (second) return face ? pip(second, face) : single(second);
  const guest = guestOf(state);
  if (guest && face) return { layout: 'side', board: false, feedIds: [face.feedId, guest.feedId] };
  const only = face ?? guest ?? videos(state)[0];
  return only ? single(only) : { layout: 'single', board: false, feedIds: [] };
}

const single = ({ feedId }: Feed): Picture => ({ layout: 'single', board: false, feedIds: [feedId] });

const pip = (large: Feed, small: Feed): Picture => ({
  layout: 'pip',
  board: false,
  feedIds: [large.feedId, small.feedId],
});

const videos = ({ feeds }: LiveState): Feed[] => [...feeds.values()].filter(({ kind }) => kind === 'video');

function faceOf(state: LiveState): Feed | undefined {
  const all = videos(state);
  return all.find(({ role }) => role === 'teacher') ?? all.find(({ role }) => role === 'studio');
}

function largeOf({ steering, feeds }: LiveState): Feed | undefined {
  const feed = steering.shownFeedId === null ? undefined : feeds.get(steering.shownFeedId);
  return feed?.kind === 'video' ? feed : undefined;
}

/** The picture of the room that is on stage. */
function guestOf(state: LiveState): Feed | undefined {
  const { stage } = state.steering;
  if (stage.kind !== 'room') return undefined;
  return videos(state).find(({ participantId }) => participantId === stage.participantId);
}

function isSame(a: Picture, b: Picture): boolean {
  return a.layout === b.layout && a.board === b.board && a.feedIds.join() === b.feedIds.join();
}
