import type { Replay, ReplayTrack } from '#protocol/rest.ts';

/** Who plays what in a replay. */
export interface Cast {
  /** The track that leads the clock: the teacher's picture, else whatever there is. */
  leader: ReplayTrack | null;
  /** Screens and boards, in the order of their beginning. */
  seconds: ReplayTrack[];
  /** One picture of every other room. */
  rooms: ReplayTrack[];
  /** Voices; the leader's own may come with its picture. */
  voices: ReplayTrack[];
}

const lengthOf = ({ spans }: ReplayTrack): number =>
  spans.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);

const startOf = ({ spans }: ReplayTrack): number => spans[0]?.fromMs ?? Number.POSITIVE_INFINITY;

const longest = (tracks: ReplayTrack[]): ReplayTrack | null =>
  tracks.reduce<ReplayTrack | null>(
    (best, track) => (best && lengthOf(best) >= lengthOf(track) ? best : track),
    null,
  );

/**
 * Gives every track of a recording its part. `leaderId` keeps the lead where it is while a running
 * lesson's tracks grow.
 */
export function castOf({ tracks }: Pick<Replay, 'tracks'>, leaderId?: string): Cast {
  const seconds = tracks
    .filter(({ role }) => role === 'screen' || role === 'board')
    .sort((a, b) => startOf(a) - startOf(b));
  const voices = tracks.filter(({ kind }) => kind === 'audio');
  const faces = tracks.filter(({ role }) => role === 'teacher' || role === 'studio');
  const kept = tracks.find(({ trackId }) => trackId === leaderId);
  const leader = kept ?? longest(faces) ?? seconds[0] ?? voices[0] ?? null;
  const rooms = tracks.filter(
    (track) => track !== leader && track.kind === 'video' && !seconds.includes(track) && lengthOf(track) > 0,
  );
  return { leader, seconds: seconds.filter((track) => track !== leader), rooms, voices };
}

/** The voices that need an element of their own: all but the one that the leader's picture brings along. */
export function separateVoices({ leader, voices }: Cast, leaderHasSound: boolean | null): ReplayTrack[] {
  if (leaderHasSound === null) return [];
  return voices.filter(
    (voice) => voice !== leader && !(leaderHasSound && voice.participantId === leader?.participantId),
  );
}

/** A picture that comes within this time is waited for no longer than it takes to skip there, ms. */
const OPENING_MS = 10_000;
/** A seek to the very edge of two pictures may show the earlier one. */
const ONE_FRAME_MS = 50;

/** Where a recording is opened, ms: at the leader's first picture when that is near, not at the black before it. */
export function openingOf(replay: Pick<Replay, 'tracks'>): number {
  const { leader } = castOf(replay);
  const first = leader ? startOf(leader) : 0;
  return first <= OPENING_MS ? first + ONE_FRAME_MS : 0;
}

export const isOn = ({ spans }: ReplayTrack, timeMs: number): boolean =>
  spans.some(({ fromMs, toMs }) => timeMs >= fromMs && timeMs < toMs);

/** The second feed that belongs to a moment: the one shown then, else the one shown last before it. */
export function secondAt({ seconds }: Cast, timeMs: number): ReplayTrack | null {
  return (
    seconds.findLast((track) => isOn(track, timeMs)) ??
    seconds.findLast((track) => startOf(track) <= timeMs) ??
    seconds[0] ??
    null
  );
}
