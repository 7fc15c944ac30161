import { parseCookie, stringifySetCookie } from 'cookie';

const NAME = 'tc_session';

export function sessionTokenOf(cookieHeader: string | undefined): string | null {
  return cookieHeader ? (parseCookie(cookieHeader)[NAME] ?? null) : null;
}

/** `Set-Cookie` that opens a session, or with an empty token ends it. */
export function sessionCookie(token: string, options: { secure: boolean; expires: Date }): string {
  return stringifySetCookie({
    name: NAME,
    value: token,
    httpOnly: true,
    sameSite: 'lax',
    path: '/',
    ...options,
  });
}
