import type { TestApp } from '../../signaling/testing/app.ts';

/** The cookie of a session that was opened with a second factor. */
export async function signInAt(app: TestApp, accountId: string): Promise<string> {
  const { token } = await app.parts.accounts.sessions.open(accountId, { way: 'demo', strong: true });
  return `tc_session=${token}`;
}
