import { z } from 'zod';

/*
 * Text that one person writes and others read. It is only ever shown as text; here it also loses what would let it
 * reach beyond its own place on a page: characters that turn the writing direction of what follows, that nobody
 * sees, or that pile up over other lines.
 */

/** Marks on one letter; a Tibetan stack or a Vietnamese vowel needs fewer. */
const MAX_MARKS = 6;

// biome-ignore lint/suspicious/noControlCharactersInRegex: it is there to remove them.
const CONTROLS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/gu;
/** Direction overrides and isolates, invisible operators, interlinear marks, tags. Joiners stay: emoji are made of them. */
const UNSEEN =
  /[\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e0fff}]/gu;
const HEAPS = new RegExp(`(\\p{M}{${MAX_MARKS}})\\p{M}+`, 'gu');

/** The text as others may see it: whole characters, no controls, at most `lines` lines. */
export function cleanText(raw: string, lines = 1): string {
  const text = raw
    .toWellFormed()
    .normalize('NFC')
    .replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
    .replace(/\t/g, ' ')
    .replace(CONTROLS, '')
    .replace(UNSEEN, '')
    .replace(HEAPS, '$1')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  if (lines === 1) return text.replace(/\s*\n\s*/g, ' ');
  const all = text.split('\n');
  return all.length <= lines ? text : [...all.slice(0, lines - 1), all.slice(lines - 1).join(' ')].join('\n');
}

/** Characters as a reader counts them, so that the limit is the same for every script. */
export const lengthOf = (text: string): number => [...text].length;

interface Limits {
  min?: number;
  max: number;
  /** How many lines it may have. */
  lines?: number;
}

/** A text for others' eyes, cleaned as it is parsed. Lengths are in code points, after cleaning. */
export const sharedText = ({ min = 1, max, lines = 1 }: Limits) =>
  z
    .string()
    // Before any work is done on it; in UTF-16 units, with room for what cleaning takes away.
    .superRefine((raw, context) => {
      if (raw.length > max * 8) context.addIssue(tooLong(raw, max));
    })
    .transform((raw, context) => {
      if (raw.length > max * 8) return z.NEVER;
      const text = cleanText(raw, lines);
      const length = lengthOf(text);
      if (length > max) context.addIssue(tooLong(text, max));
      if (length < min)
        context.addIssue({ code: 'too_small', origin: 'string', minimum: min, inclusive: true, input: text });
      return text;
    });

const tooLong = (input: string, max: number) =>
  ({ code: 'too_big', origin: 'string', maximum: max, inclusive: true, input }) as const;
