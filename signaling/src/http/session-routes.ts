import { type Response, Router } from 'express';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { Account } from '#protocol/domain.ts';
import { AppError } from '#protocol/errors.ts';
import { type Session, SignIn } from '#protocol/rest.ts';
import type { AccountRepository } from '../account/account-repository.ts';
import { sessionCookie, sessionTokenOf } from './session-cookie.ts';

/** Signing in and out. In this version one chooses among the demo's people. */
export function sessionRoutes(accounts: AccountRepository, demoSignIn: boolean): Router {
  const router = Router();
  const attempts = new RateLimiterMemory({ points: 120, duration: 60 });

  router.get('/demo/accounts', async (_request, response) => {
    if (!demoSignIn) throw new AppError('NOT_FOUND', 'demo sign-in is off');
    response.json(await accounts.forDemo());
  });

  router.get('/session', (_request, response) => {
    answer(response, response.locals.account ?? null);
  });

  router.post('/session', async (request, response) => {
    await attempts.consume(request.ip ?? 'unknown').catch(() => {
      throw new AppError('TOO_MANY_REQUESTS', 'too many sign-ins from this address; wait a minute');
    });
    const { accountId } = SignIn.parse(request.body);
    const account = demoSignIn ? await accounts.find(accountId) : null;
    if (!account) throw new AppError('FORBIDDEN', 'this account cannot sign in here');
    const { token, expiresAt } = await accounts.openSession(accountId);
    response.setHeader('Set-Cookie', sessionCookie(token, { secure: request.secure, expires: expiresAt }));
    answer(response, account);
  });

  router.delete('/session', async (request, response) => {
    const token = sessionTokenOf(request.headers.cookie);
    if (token) await accounts.closeSession(token);
    response.setHeader('Set-Cookie', sessionCookie('', { secure: request.secure, expires: new Date(0) }));
    answer(response, null);
  });

  return router;
}

function answer(response: Response, account: Account | null): void {
  response.json({ account } satisfies Session);
}
