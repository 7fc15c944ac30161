import { pinyin } from 'pinyin-pro';

/** Longest initials and syllables that one term holds; who types more is matched by these first ones. */
export const MAX_INITIALS = 8;
export const MAX_LETTERS = 24;
const HAN_RUN = /\p{Script=Han}+/gu;
const REMEMBERED = 20_000;

/** Chapters, points and schools come again with every resource. */
const known = new Map<string, readonly string[]>();

/** The syllables of a run of Han characters, in their context: 音乐 yin yue, 快乐 kuai le. */
function syllables(run: string): readonly string[] {
  const kept = known.get(run);
  if (kept) return kept;
  const made = pinyin(run, { toneType: 'none', type: 'array', v: true }).map((syllable) =>
    syllable.toLowerCase().replace(/[^a-z]/g, ''),
  );
  if (known.size >= REMEMBERED) known.clear();
  known.set(run, made);
  return made;
}

/** A text's pinyin without tones, and its initials: 两位数乘法 → liangweishuchengfa, lwscf. */
export function pinyinOf(text: string): { letters: string; initials: string } {
  const all = [...text.matchAll(HAN_RUN)].flatMap(([run]) => syllables(run));
  return { letters: all.join(''), initials: all.map((syllable) => syllable[0] ?? '').join('') };
}

/**
 * Pinyin terms of a text: from every syllable on, the initials (`~scf`) and the letters (`^shuchengfa`) that follow.
 * A prefix of one of them is what somebody types who begins anywhere in the text.
 */
export function pinyinTerms(text: string, into: Set<string>): void {
  for (const [run] of text.matchAll(HAN_RUN)) {
    const all = syllables(run);
    for (let from = 0; from < all.length; from += 1) {
      const rest = all.slice(from, from + MAX_INITIALS);
      if (rest.length > 1) into.add(`~${rest.map((syllable) => syllable[0] ?? '').join('')}`);
      into.add(`^${rest.join('').slice(0, MAX_LETTERS)}`);
    }
  }
}
