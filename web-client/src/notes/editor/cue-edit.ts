import { type Cue, MAX_CUE_MS, MAX_CUES } from '#protocol/caption.ts';
import { fitText } from '#protocol/caption-file.ts';

/*
 * What can be done to cues. Every function gives new cues in order of time and where the cue that was worked on is now;
 * null when it cannot be done.
 */

export interface Edited {
  readonly cues: readonly Cue[];
  readonly at: number;
}

/** Shorter nobody reads; what is set by hand may be. */
const LEAST_MS = 100;
/** How long a new cue is. */
const NEW_MS = 2_000;

const inOrder = (cues: readonly Cue[], of: Cue): Edited => {
  const sorted = cues.toSorted((a, b) => a.startMs - b.startMs || a.endMs - b.endMs);
  return { cues: sorted, at: sorted.indexOf(of) };
};

const within = (ms: number): number => Math.round(Math.max(0, Math.min(ms, MAX_CUE_MS)));

/** A new cue of two seconds at a moment; `text` is what it says until somebody writes. */
export function addCue(cues: readonly Cue[], atMs: number, text: string): Edited | null {
  if (cues.length >= MAX_CUES) return null;
  const startMs = Math.min(within(atMs), MAX_CUE_MS - NEW_MS);
  const cue: Cue = { startMs, endMs: startMs + NEW_MS, speaker: null, text };
  return inOrder([...cues, cue], cue);
}

export function removeCue(cues: readonly Cue[], at: number): Edited | null {
  if (!cues[at]) return null;
  return { cues: cues.toSpliced(at, 1), at: Math.min(at, cues.length - 2) };
}

export function changeCue(cues: readonly Cue[], at: number, change: Partial<Cue>): Edited | null {
  const cue = cues[at];
  if (!cue) return null;
  const next = { ...cue, ...change };
  next.startMs = within(next.startMs);
  next.endMs = within(next.endMs);
  // Whichever end is moved takes the other along rather than leaving nothing between them.
  if (next.endMs < next.startMs + LEAST_MS) {
    if (change.endMs === undefined) next.endMs = Math.min(next.startMs + LEAST_MS, MAX_CUE_MS);
    else next.startMs = Math.max(0, next.endMs - LEAST_MS);
    if (next.endMs <= next.startMs) return null;
  }
  return inOrder(cues.with(at, next), next);
}

/**
 * Two cues of one, parted where the cursor stands in its text; the time is parted as the text is, unless it is playing
 * inside the cue just then: then there.
 */
export function splitCue(cues: readonly Cue[], at: number, cursor: number, nowMs: number): Edited | null {
  const cue = cues[at];
  if (!cue || cues.length >= MAX_CUES) return null;
  const before = fitText(cue.text.slice(0, cursor)).text;
  const after = fitText(cue.text.slice(cursor)).text;
  if (before === '' || after === '') return null;
  const inside = nowMs > cue.startMs + LEAST_MS && nowMs < cue.endMs - LEAST_MS;
  const share = before.length / (before.length + after.length);
  const partMs = Math.round(inside ? nowMs : cue.startMs + (cue.endMs - cue.startMs) * share);
  if (partMs <= cue.startMs || partMs >= cue.endMs) return null;
  const first = { ...cue, endMs: partMs, text: before };
  const second = { ...cue, startMs: partMs, text: after };
  return inOrder(cues.toSpliced(at, 1, first, second), second);
}

/** One cue of it and the next; two who speak keep their names. */
export function mergeCues(cues: readonly Cue[], at: number): Edited | null {
  const cue = cues[at];
  const next = cues[at + 1];
  if (!cue || !next) return null;
  const sameVoice = cue.speaker === next.speaker || next.speaker === null;
  const said = sameVoice ? next.text : `${next.speaker}: ${next.text}`;
  const { text, cut } = fitText(`${cue.text}\n${said}`);
  if (cut) return null;
  const merged = { ...cue, endMs: Math.max(cue.endMs, next.endMs), text };
  return inOrder(cues.toSpliced(at, 2, merged), merged);
}

/** All cues from `from` on earlier (below 0) or later; what would begin before the beginning begins there. */
export function shiftCues(cues: readonly Cue[], from: number, byMs: number): Edited | null {
  const moved = cues.slice(from).flatMap((cue) => {
    const startMs = within(cue.startMs + byMs);
    const endMs = within(cue.endMs + byMs);
    return endMs - startMs >= LEAST_MS || endMs - startMs === cue.endMs - cue.startMs
      ? [{ ...cue, startMs, endMs }]
      : [];
  });
  // Moving must not lose anybody's words.
  if (byMs === 0 || moved.length < cues.length - from || moved.length === 0) return null;
  return inOrder([...cues.slice(0, from), ...moved], moved[0]!);
}
