/*
 * How text becomes terms. A Chinese text has no spaces and every dictionary cuts it differently; pairs of neighbouring
 * characters are the same whoever cuts. So the index holds pairs (两位数乘法: 两位 位数 数乘 乘法), and only the
 * question is cut into words (`search-terms.ts`), each of which asks for its pairs.
 */

export const fold = (text: string): string => text.normalize('NFKC').toLowerCase();

const RUN = /\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu;
const HAN = /^\p{Script=Han}/u;
/** A longer word is known by its beginning. */
export const MAX_WORD = 32;

export interface Run {
  text: string;
  han: boolean;
}

/** The stretches of Chinese characters, and the words and numbers, of a folded text. */
export const runsOf = (folded: string): Run[] =>
  [...folded.matchAll(RUN)].map(([text]) => ({ text, han: HAN.test(text) }));

export function pairsOf(run: string): string[] {
  const characters = [...run];
  return characters.slice(1).map((character, index) => `${characters[index]}${character}`);
}

interface Options {
  /** Single Chinese characters as well: worth it for a title, noise in a lesson's captions. */
  singles?: boolean;
  /** Stands before every term, to tell one field's terms from all others'. */
  mark?: string;
}

/** The terms of a text, into `into`. */
export function textTerms(
  text: string,
  into: Set<string>,
  { singles = false, mark = '' }: Options = {},
): void {
  for (const run of runsOf(fold(text))) {
    if (!run.han) {
      into.add(mark + run.text.slice(0, MAX_WORD));
      continue;
    }
    for (const pair of pairsOf(run.text)) into.add(mark + pair);
    if (singles) for (const character of run.text) into.add(mark + character);
  }
}

/** A text with nothing in it but what can be looked for, for comparing: no spaces, no punctuation. */
export const bare = (text: string): string =>
  runsOf(fold(text))
    .map((run) => run.text)
    .join('');
