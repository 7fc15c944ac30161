import { parseCookie, stringifySetCookie } from 'cookie';
import { foldLogin } from '#protocol/sign-in.ts';
import { newToken } from '../account/token.ts';
import type { Sealer } from './sealed.ts';

const NAME = 'tc_known';
/** People who share one computer of the staff room. */
const MAX_LOGINS = 8;
const KEPT_S = 180 * 86_400;

/**
 * The mark of a browser that has signed in with a login before. Wrong passwords from elsewhere do not lock it out: its
 * own are counted apart. It opens nothing by itself, and does not tell whose it is.
 */
export class KnownBrowsers {
  readonly #sealer: Sealer;

  constructor(sealer: Sealer) {
    this.#sealer = sealer;
  }

  /** The mark with which this browser is known for `login`; null when it is not. */
  find(cookieHeader: string | undefined, login: string): string | null {
    return (
      marksOf(cookieHeader).find((mark) => {
        const [nonce = '', signature = ''] = mark.split('.');
        return this.#sealer.verify(textOf(login, nonce), signature);
      }) ?? null
    );
  }

  /** `Set-Cookie` that adds a mark for `login`; null when there is one. */
  cookie(cookieHeader: string | undefined, login: string, secure: boolean): string | null {
    if (this.find(cookieHeader, login)) return null;
    const nonce = newToken().slice(0, 12);
    const marks = [`${nonce}.${this.#sealer.sign(textOf(login, nonce))}`, ...marksOf(cookieHeader)];
    return stringifySetCookie({
      name: NAME,
      value: marks.slice(0, MAX_LOGINS).join('!'),
      ...{ httpOnly: true, sameSite: 'lax' as const, path: '/api/sign-in', maxAge: KEPT_S, secure },
    });
  }
}

const textOf = (login: string, nonce: string): string => `known ${foldLogin(login)} ${nonce}`;

const marksOf = (cookieHeader: string | undefined): string[] =>
  (cookieHeader ? (parseCookie(cookieHeader)[NAME] ?? '') : '').split('!').filter(Boolean);
