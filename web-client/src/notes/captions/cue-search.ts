import type { Cue } from '#protocol/caption.ts';
import { plainOf } from '#protocol/cue-text.ts';

/** Cues that are said at a moment. They may overlap; in the order in which they begin. */
export const cuesAt = (cues: readonly Cue[], ms: number): Cue[] =>
  cues.filter(({ startMs, endMs }) => startMs <= ms && ms < endMs);

/** The cue that is said at a moment, or was said last before it; -1 before the first. */
export function indexAt(cues: readonly Cue[], ms: number): number {
  let low = 0;
  let high = cues.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cues[middle]!.startMs <= ms) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** As texts are compared: width, case and blanks make no difference. */
export const folded = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s+/g, '');

/** The cues that hold what is looked for, by their index. Words may stand in different cues' lines, not across cues. */
export function findCues(cues: readonly Cue[], search: string): number[] {
  const words = search.split(/\s+/).map(folded).filter(Boolean);
  if (words.length === 0) return [];
  return cues.flatMap(({ text, speaker }, index) => {
    const line = folded(`${speaker ?? ''} ${plainOf(text)}`);
    return words.every((word) => line.includes(word)) ? [index] : [];
  });
}
