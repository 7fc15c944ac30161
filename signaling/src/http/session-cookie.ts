import { parseCookie, stringifySetCookie } from 'cookie';

const NAME = 'tc_session';

export function sessionTokenOf(cookieHeader: string | undefined): string | null {
  return cookieHeader ? (parseCookie(cookieHeader)[NAME] ?? null) : null;
}

/** Browsers keep none longer than this; a device's is sent again and again. */
const MAX_SECONDS = 400 * 86_400;

/** `Set-Cookie` that opens a session, or with an empty token ends it. */
export function sessionCookie(
  token: string,
  { secure, expires }: { secure: boolean; expires: Date },
): string {
  // How long, not until when: a classroom's own clock may be a day wrong.
  const seconds = Math.ceil((expires.getTime() - Date.now()) / 1000);
  return stringifySetCookie({
    name: NAME,
    value: token,
    httpOnly: true,
    sameSite: 'lax',
    path: '/',
    secure,
    maxAge: Math.min(MAX_SECONDS, Math.max(0, seconds)),
  });
}
