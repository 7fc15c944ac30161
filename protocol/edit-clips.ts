import type { Id } from './ids.ts';
import { type Clip, MAX_CLIPS, type Programme } from './programme.ts';

/*
 * Editing a programme (剪辑): pure functions from a programme to another. Whoever asks for what cannot be done gets
 * the same object back, so that nothing is saved and nothing is to be undone. All times are lesson time in ms and are
 * rounded to whole ones. What is left too short to be a clip goes with what was cut out beside it.
 */

/** The shortest clip, ms. */
export const MIN_CLIP_MS = 500;

/** Where a recording's moment stands in the order of the clips; -1 when it was cut out. */
export const clipAt = ({ clips }: Pick<Programme, 'clips'>, recordingId: Id, ms: number): number =>
  clips.findIndex((clip) => clip.recordingId === recordingId && ms >= clip.fromMs && ms < clip.toMs);

/** Takes `[fromMs, toMs)` of a recording out; the last clip of a programme stays. */
export function cutOut(programme: Programme, recordingId: Id, fromMs: number, toMs: number): Programme {
  const [from, to] = [Math.round(fromMs), Math.round(toMs)];
  if (!(to > from)) return programme;
  const touched = programme.clips.some(
    (clip) => clip.recordingId === recordingId && clip.fromMs < to && clip.toMs > from,
  );
  if (!touched) return programme;
  return withClips(
    programme,
    programme.clips.flatMap((clip) => {
      if (clip.recordingId !== recordingId || clip.toMs <= from || clip.fromMs >= to) return [clip];
      return [stretch(clip, clip.fromMs, from), stretch(clip, to, clip.toMs)].filter((left) => left !== null);
    }),
  );
}

/** Makes a moment the beginning: what is shown before it goes, or what was cut out from it on comes back. */
export function startAt(programme: Programme, recordingId: Id, ms: number): Programme {
  const { clips } = programme;
  const at = Math.max(0, Math.round(ms));
  const inside = clipAt(programme, recordingId, at);
  const index = inside >= 0 ? inside : nearest(clips, recordingId, at, 1);
  const first = clips[index];
  const begun = first && stretch(first, at, first.toMs);
  return begun ? withClips(programme, [begun, ...clips.slice(index + 1)]) : programme;
}

/** Makes a moment the end: what is shown from it on goes, or what was cut out before it comes back. */
export function endAt(programme: Programme, recordingId: Id, ms: number): Programme {
  const { clips } = programme;
  const at = Math.round(ms);
  // The end of a clip is still that clip's, not the gap behind it.
  const inside = clips.findIndex(
    (clip) => clip.recordingId === recordingId && at > clip.fromMs && at <= clip.toMs,
  );
  const index = inside >= 0 ? inside : nearest(clips, recordingId, at, -1);
  const last = clips[index];
  const ended = last && stretch(last, last.fromMs, at);
  return ended ? withClips(programme, [...clips.slice(0, index), ended]) : programme;
}

/** Divides the clip in which a moment stands; what is shown stays the same. */
export function splitAt(programme: Programme, recordingId: Id, ms: number): Programme {
  const at = Math.round(ms);
  const index = clipAt(programme, recordingId, at);
  const clip = programme.clips[index];
  const left = clip && stretch(clip, clip.fromMs, at);
  const right = clip && stretch(clip, at, clip.toMs);
  if (!left || !right || programme.clips.length >= MAX_CLIPS) return programme;
  return withClips(programme, programme.clips.toSpliced(index, 1, left, { ...right, title: null }));
}

/** Whether a clip goes on in the next one as if it had not been divided. */
export function goesOn({ clips }: Pick<Programme, 'clips'>, index: number): boolean {
  const [left, right] = [clips[index], clips[index + 1]];
  return left !== undefined && right?.recordingId === left.recordingId && right.fromMs === left.toMs;
}

/** Takes a division back. */
export function heal(programme: Programme, index: number): Programme {
  if (!goesOn(programme, index)) return programme;
  const [left, right] = [programme.clips[index]!, programme.clips[index + 1]!];
  const whole = { ...left, toMs: right.toMs, title: left.title ?? right.title };
  return withClips(programme, programme.clips.toSpliced(index, 2, whole));
}

/** Shows a stretch again that was cut out between two clips, or before or after all of them. */
export function bringBack(programme: Programme, recordingId: Id, fromMs: number, toMs: number): Programme {
  const { clips } = programme;
  const [from, to] = [Math.max(0, Math.round(fromMs)), Math.round(toMs)];
  const own = (clip: Clip) => clip.recordingId === recordingId;
  if (!(to > from) || clips.some((clip) => own(clip) && clip.fromMs < to && clip.toMs > from))
    return programme;
  const before = clips.findIndex((clip) => own(clip) && Math.round(clip.toMs) === from);
  if (before >= 0) {
    const longer = withClips(programme, clips.with(before, { ...clips[before]!, toMs: to }));
    return heal(longer, before);
  }
  const after = clips.findIndex((clip) => own(clip) && Math.round(clip.fromMs) === to);
  return after >= 0 ? withClips(programme, clips.with(after, { ...clips[after]!, fromMs: from })) : programme;
}

/** Moves one end of a clip, no further than its neighbours in the recording, its other end, and the recording's end. */
export function moveEdge(
  programme: Programme,
  index: number,
  edge: 'fromMs' | 'toMs',
  ms: number,
  durationMs: number,
): Programme {
  const clip = programme.clips[index];
  if (!clip) return programme;
  const others = programme.clips.filter((other) => other !== clip && other.recordingId === clip.recordingId);
  const least = Math.max(0, ...others.filter(({ toMs }) => toMs <= clip.fromMs).map(({ toMs }) => toMs));
  const most = Math.min(
    durationMs,
    ...others.filter(({ fromMs }) => fromMs >= clip.toMs).map(({ fromMs }) => fromMs),
  );
  const [low, high] =
    edge === 'fromMs' ? [least, clip.toMs - MIN_CLIP_MS] : [clip.fromMs + MIN_CLIP_MS, most];
  if (low > high) return programme;
  const to = Math.min(Math.max(Math.round(ms), low), high);
  return to === clip[edge]
    ? programme
    : withClips(programme, programme.clips.with(index, { ...clip, [edge]: to }));
}

/** Puts clips in before the one at `index`, without what is shown already: no moment is shown twice. */
export function join(programme: Programme, index: number, added: readonly Clip[]): Programme {
  let clips = programme.clips;
  let at = Math.max(0, Math.min(index, clips.length));
  for (const clip of added) {
    const fresh = without(clip, clips);
    clips = clips.toSpliced(at, 0, ...fresh);
    at += fresh.length;
  }
  return clips.length > MAX_CLIPS ? programme : withClips(programme, clips);
}

export function moveClip(programme: Programme, from: number, to: number): Programme {
  const clip = programme.clips[from];
  if (!clip || from === to || to < 0 || to >= programme.clips.length) return programme;
  return withClips(programme, programme.clips.toSpliced(from, 1).toSpliced(to, 0, clip));
}

export const removeClip = (programme: Programme, index: number): Programme =>
  withClips(
    programme,
    programme.clips.filter((_clip, at) => at !== index),
  );

export function nameClip(programme: Programme, index: number, title: string | null): Programme {
  const clip = programme.clips[index];
  return !clip || clip.title === title
    ? programme
    : withClips(programme, programme.clips.with(index, { ...clip, title }));
}

/** What a programme shows of a stretch of one recording, in its order: the clips of a micro-video. */
export function within(
  { clips }: Pick<Programme, 'clips'>,
  recordingId: Id,
  fromMs: number,
  toMs: number,
): Clip[] {
  return clips
    .filter((clip) => clip.recordingId === recordingId)
    .map((clip) => stretch(clip, Math.max(clip.fromMs, fromMs), Math.min(clip.toMs, toMs)))
    .filter((clip) => clip !== null);
}

/** The programme with these clips; a programme is never empty, and keeps no shots of recordings that it lost. */
export function withClips(programme: Programme, clips: readonly Clip[]): Programme {
  if (clips.length === 0 || clips.length > MAX_CLIPS) return programme;
  if (clips.length === programme.clips.length && clips.every((clip, at) => clip === programme.clips[at]))
    return programme;
  const shown = new Set(clips.map(({ recordingId }) => recordingId));
  const shots = programme.shots?.filter(({ recordingId }) => shown.has(recordingId)) ?? null;
  return { ...programme, clips: [...clips], shots: shots && shots.length > 0 ? shots : null };
}

/** Part of a clip's recording under its name; null when that is too short for a clip. */
function stretch(clip: Clip, fromMs: number, toMs: number): Clip | null {
  if (fromMs === clip.fromMs && toMs === clip.toMs) return clip;
  // An end that stays where it was is not rounded: a recording may end between two milliseconds.
  const from = fromMs === clip.fromMs ? fromMs : Math.round(fromMs);
  const to = toMs === clip.toMs ? toMs : Math.round(toMs);
  return to - from >= MIN_CLIP_MS ? { ...clip, fromMs: from, toMs: to } : null;
}

/** The parts of a clip that none of `shown` shows. */
function without(clip: Clip, shown: readonly Clip[]): Clip[] {
  return shown.reduce<Clip[]>(
    (left, other) =>
      other.recordingId !== clip.recordingId
        ? left
        : left.flatMap((part) =>
            other.toMs <= part.fromMs || other.fromMs >= part.toMs
              ? [part]
              : [stretch(part, part.fromMs, other.fromMs), stretch(part, other.toMs, part.toMs)].filter(
                  (rest) => rest !== null,
                ),
          ),
    [clip],
  );
}

/** The clip of a recording that comes next after a moment of it (1), or last before it (-1); -1 when there is none. */
function nearest(clips: readonly Clip[], recordingId: Id, ms: number, direction: 1 | -1): number {
  const found = clips
    .map((clip, index) => ({ clip, index }))
    .filter(({ clip }) => clip.recordingId === recordingId)
    .filter(({ clip }) => (direction === 1 ? clip.fromMs >= ms : clip.toMs <= ms))
    .sort((a, b) => (direction === 1 ? a.clip.fromMs - b.clip.fromMs : b.clip.toMs - a.clip.toMs));
  return found[0]?.index ?? -1;
}
