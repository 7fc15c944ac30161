import { MAX_TERMS } from '#protocol/search.ts';
import { MAX_INITIALS, MAX_LETTERS } from './pinyin-terms.ts';
import { fold, MAX_WORD, pairsOf, runsOf } from './text-terms.ts';

/** One word of a question. */
export interface SearchTerm {
  text: string;
  han: boolean;
}

const SEGMENTER = new Intl.Segmenter('zh', { granularity: 'word' });
/** Words that stand in every second title and tell nothing apart. */
const STOP = new Set(
  [...'的了和与及之在是地得把被吗呢吧啊也都就而或这那着过'].concat([
    'a',
    'an',
    'the',
    'of',
    'and',
    'to',
    'in',
  ]),
);

/**
 * The words of a question. Chinese is cut into words, with what stands single put to its neighbour: 两位数乘法 →
 * 两位数, 乘法; so 两位数的乘法 is found, too. At most {@link MAX_TERMS}; none when it has nothing but stop words.
 */
export function searchTerms(question: string): SearchTerm[] {
  const terms: SearchTerm[] = [];
  for (const { text, han } of runsOf(fold(question))) {
    if (han) for (const word of hanWords(text)) terms.push({ text: word, han });
    else if (!STOP.has(text)) terms.push({ text: text.slice(0, MAX_WORD), han });
  }
  const seen = new Set<string>();
  return terms.filter(({ text }) => !seen.has(text) && seen.add(text)).slice(0, MAX_TERMS);
}

function hanWords(run: string): string[] {
  const words: string[] = [];
  /** Whether the last word may still grow: it stands right before, and is made of single characters. */
  let open: 'singles' | 'word' | null = null;
  for (const { segment } of SEGMENTER.segment(run)) {
    if (STOP.has(segment)) {
      open = null;
      continue;
    }
    const single = [...segment].length === 1;
    if (single && open === 'singles') words[words.length - 1] += segment;
    else {
      words.push(segment);
      open = single ? 'singles' : 'word';
    }
  }
  return joinSingles(run, words);
}

/** A character left alone goes to the word before it, where they are neighbours: 乘法 分配 律 → 乘法 分配律. */
function joinSingles(run: string, words: readonly string[]): string[] {
  const joined: string[] = [];
  for (const word of words) {
    const before = joined.at(-1);
    if (before && [...word].length === 1 && run.includes(before + word))
      joined[joined.length - 1] = before + word;
    else joined.push(word);
  }
  return joined;
}

/** The mark of what stands in a title or a knowledge point. */
export const TITLE = '#';

const quoted = (lexeme: string): string => `'${lexeme.replace(/['\\]/g, '$&$&')}'`;
const isLatin = (text: string): boolean => /^[a-z]+$/.test(text);

/** A word as a tsquery; `inTitle`: standing in a title or a knowledge point. */
export function termQuery({ text, han }: SearchTerm, inTitle = false): string {
  const mark = inTitle ? TITLE : '';
  if (han) {
    const parts = [...text].length === 1 ? [text] : [...new Set(pairsOf(text))];
    return `(${parts.map((part) => quoted(mark + part)).join(' & ')})`;
  }
  if (!isLatin(text) || text.length < 2) return quoted(mark + text);
  const ways = [`${quoted(mark + text)}:*`, `${quoted(`^${text.slice(0, MAX_LETTERS)}`)}:*`];
  // Initials are letters that each begin a syllable; the first ones decide.
  if (!/[iuv]/.test(text)) ways.push(`${quoted(`~${text.slice(0, MAX_INITIALS)}`)}:*`);
  return `(${ways.join(' | ')})`;
}

export const allOf = (queries: readonly string[]): string => queries.join(' & ');
export const anyOf = (queries: readonly string[]): string => `(${queries.join(' | ')})`;

/** A lexeme that stands for a place in the catalogue, an organization, an audience. */
export const lexemeOf = (field: string, value: string): string => `@${field}:${fold(value)}`;
export const lexemeQuery = (field: string, value: string): string => quoted(lexemeOf(field, value));
