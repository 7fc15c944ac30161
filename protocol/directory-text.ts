import { z } from 'zod';
import { lengthOf, sharedText } from './text.ts';

/** Characters of a name as a reader counts them. */
export const NAME_MAX = 80;

/** Joiners that join nothing: outside of emoji, and outside of scripts that need them, they only hide. */
const LOOSE_JOINERS =
  /(?<!\p{Emoji}|\ufe0f)\u200d|\u200d(?!\p{Emoji})|(?<!\p{Script=Arabic})\u200c|\u200c(?!\p{Script=Arabic})/gu;
const SEEN = /[\p{L}\p{N}\p{P}\p{S}]/u;

/**
 * A name as it is kept: cleaned as every shared text, without hidden joiners, with one space where there were many,
 * and with something in it that can be seen. One person, place or class has one spelling.
 */
export const cleanName = (raw: string): string => raw.replace(LOOSE_JOINERS, '').replace(/\s+/gu, ' ').trim();

export const Name = sharedText({ max: NAME_MAX, min: 0 }).transform((raw, context) => {
  const name = cleanName(raw);
  if (!SEEN.test(name))
    context.addIssue({ code: 'too_small', origin: 'string', minimum: 1, inclusive: true, input: raw });
  return name;
});

/** A code or number by which others know a row: letters, digits, dashes; empty becomes null. */
export const Code = z
  .string()
  .max(160)
  .transform((raw) => raw.normalize('NFKC').trim())
  .superRefine((code, context) => {
    if (lengthOf(code) > 40)
      context.addIssue({ code: 'too_big', origin: 'string', maximum: 40, inclusive: true, input: code });
    else if (code !== '' && !/^[\p{L}\p{N}][\p{L}\p{N}._/-]*$/u.test(code))
      context.addIssue({ code: 'custom', message: 'format', input: code });
  })
  .transform((code) => code || null);

const LOGIN_MAX = 40;

/** What one types to sign in, as it is given to somebody: composed, in small letters, without spaces; empty: none. */
export const LoginName = z
  .string()
  .max(LOGIN_MAX * 4)
  .transform((raw) => raw.normalize('NFKC').trim().toLowerCase())
  .superRefine((login, context) => {
    if (login === '') return;
    const length = lengthOf(login);
    if (length > LOGIN_MAX)
      context.addIssue({
        code: 'too_big',
        origin: 'string',
        maximum: LOGIN_MAX,
        inclusive: true,
        input: login,
      });
    else if (length < 2)
      context.addIssue({ code: 'too_small', origin: 'string', minimum: 2, inclusive: true, input: login });
    else if (!/^[\p{L}\p{N}][\p{L}\p{N}\p{M}._@+-]*$/u.test(login))
      context.addIssue({ code: 'custom', message: 'format', input: login });
  })
  .transform((login) => login || null);
