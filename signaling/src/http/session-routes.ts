import { type Request, type Response, Router } from 'express';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { AppError } from '#protocol/errors.ts';
import type { Session } from '#protocol/session.ts';
import { DemoSignIn, RoleChoice } from '#protocol/sign-in.ts';
import type { AccountRepository } from '../account/account-repository.ts';
import type { NewSession, SessionState } from '../account/sessions.ts';
import { type Audit, actorOf } from '../audit/audit.ts';
import { sessionCookie, sessionTokenOf } from './session-cookie.ts';

/** Who is signed in, as which of their roles; signing out; and the demo, where one chooses among its people. */
export function sessionRoutes(accounts: AccountRepository, audit: Audit, demoSignIn: boolean): Router {
  const router = Router();
  const attempts = new RateLimiterMemory({ points: 120, duration: 60 });

  router.get('/demo/accounts', async (_request, response) => {
    if (!demoSignIn) throw new AppError('NOT_FOUND', 'demo sign-in is off');
    response.json(await accounts.forDemo());
  });

  router.get('/session', async (_request, response) => {
    response.json(await describeSession(accounts, response.locals.session ?? null));
  });

  router.post('/session', async (request, response) => {
    await attempts.consume(request.ip ?? 'unknown').catch(() => {
      throw new AppError('TOO_MANY_REQUESTS', 'too many sign-ins from this address; wait a minute');
    });
    const { accountId } = DemoSignIn.parse(request.body);
    if (!demoSignIn) throw new AppError('FORBIDDEN', 'this account cannot sign in here');
    // A demo: whoever sees it may be anybody in it, also who elsewhere needs a second factor.
    response.json(
      await signIn(request, response, { accounts, audit }, accountId, { way: 'demo', strong: true }),
    );
  });

  router.post('/session/role', async (request, response) => {
    const { role, organizationId } = RoleChoice.parse(request.body);
    const session = response.locals.session;
    if (!session) throw new AppError('NOT_SIGNED_IN', 'sign in first');
    await accounts.sessions.act(session, role, organizationId);
    const detail = { way: 'role', role };
    await audit.write(actorOf(request), { action: 'signIn.opened', organizationId, detail });
    const token = sessionTokenOf(request.headers.cookie) ?? '';
    response.json(await describeSession(accounts, await accounts.sessions.read(token)));
  });

  router.delete('/session', async (request, response) => {
    const session = response.locals.session;
    if (session) {
      await accounts.endSessions({ sessionId: session.sessionId }, 'signedOut');
      const organizationId = session.account?.organizationId ?? null;
      await audit.write(actorOf(request), { action: 'signIn.ended', organizationId });
    }
    response.setHeader('Set-Cookie', sessionCookie('', { secure: request.secure, expires: new Date(0) }));
    response.json(await describeSession(accounts, null));
  });

  return router;
}

export interface SignInParts {
  accounts: AccountRepository;
  audit: Audit;
}

/**
 * The one way in, whatever was proven before: opens a session, sets its cookie, writes it into the audit.
 * A session that this browser had before ends. @throws AppError FORBIDDEN when the account may not sign in.
 */
export async function signIn(
  request: Request,
  response: Response,
  { accounts, audit }: SignInParts,
  accountId: string,
  how: NewSession,
): Promise<Session> {
  const earlier = response.locals.session;
  const { token, expiresAt } = await accounts.sessions.open(accountId, {
    address: request.ip ?? '',
    agent: request.headers['user-agent'] ?? '',
    ...how,
  });
  if (earlier) await accounts.endSessions({ sessionId: earlier.sessionId }, 'signedOut');
  const session = await accounts.sessions.read(token);
  response.locals.session = session;
  response.locals.account = session?.account ?? null;
  const account = await accounts.find(accountId);
  await audit.write(
    { ...actorOf(request), account },
    {
      action: 'signIn.opened',
      organizationId: account?.organizationId ?? null,
      detail: { way: how.way, ...(session?.needs && { needs: session.needs }) },
    },
  );
  response.appendHeader('Set-Cookie', sessionCookie(token, { secure: request.secure, expires: expiresAt }));
  return await describeSession(accounts, session);
}

/** A session as its page is told of it. */
export async function describeSession(
  accounts: AccountRepository,
  session: SessionState | null,
): Promise<Session> {
  return {
    account: session?.account ?? null,
    grants: session ? await accounts.grantsOf(session.accountId) : [],
    needs: session?.needs ?? null,
    name: session?.name ?? null,
    sessionId: session?.sessionId ?? null,
    expiresAt: session?.expiresAt.getTime() ?? null,
    serverNow: Date.now(),
  };
}
