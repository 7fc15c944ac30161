import { parseCookie, stringifySetCookie } from 'cookie';
import { type Request, type Response, Router } from 'express';
import { AppError } from '#protocol/errors.ts';
import type { Session } from '#protocol/session.ts';
import {
  CodeAnswer,
  FirstStart,
  foldLogin,
  LinkAnswer,
  LinkToken,
  NewPassword,
  PasskeyAnswer,
  PasswordSignIn,
  type SignInWays,
} from '#protocol/sign-in.ts';
import { actorOf } from '../audit/audit.ts';
import { sessionOf } from '../http/guards.ts';
import { sessionTokenOf } from '../http/session-cookie.ts';
import { describeSession, signIn } from '../http/session-routes.ts';
import { type Counter, networkOf } from './attempts.ts';
import { mayUsePasskeys, PASSKEY_COOKIE, type PasskeySite } from './passkeys.ts';
import type { SignInParts } from './sign-in-parts.ts';

/** What DOORS adds to the ways in. */
export type ListProviders = () => SignInWays['providers'];

/** Every way in that is proven here: password, code, passkey, one-time link. */
export function signInRoutes(parts: SignInParts, providers: ListProviders = () => []): Router {
  const router = Router();
  const { accounts, audit, firstStart, passwords, factors, passkeys, attempts, links } = parts;

  router.get('/sign-in/ways', async (request, response) => {
    const ways: SignInWays = {
      demo: parts.demo,
      passkeys: mayUsePasskeys(request.hostname),
      firstStart: await firstStart.isNeeded(),
      minLength: (await passwords.policies.current()).minLength,
      providers: providers(),
    };
    response.json(ways);
  });

  router.post('/sign-in/password', async (request, response) => {
    const { login, password } = PasswordSignIn.parse(request.body);
    const counters = countersOf(parts, request, login);
    const attempt = await attempts.begin(counters);
    const accountId = await passwords.find(login, password);
    if (!accountId) return await refuse(parts, request, login, attempt.waitMs);
    await attempt.succeeded();
    const mark = parts.known.cookie(request.headers.cookie, login, request.secure);
    if (mark) response.appendHeader('Set-Cookie', mark);
    response.json(await signIn(request, response, parts, accountId, { way: 'password' }));
  });

  router.post('/sign-in/code', async (request, response) => {
    const { code } = CodeAnswer.parse(request.body);
    const session = sessionOf(request);
    if (session.needs !== 'secondFactor') throw new AppError('WRONG_STATE', 'no code is asked for');
    const { accountId, sessionId } = session;
    const attempt = await attempts.begin([{ rule: 'code', of: accountId }]);
    const used = await factors.use(accountId, code);
    const account = await accounts.find(accountId);
    const organizationId = account?.organizationId ?? null;
    const actor = { ...actorOf(request), account };
    if (!used) {
      const detail = { way: 'code' };
      await audit.write(actor, { action: 'signIn.failed', result: 'refused', organizationId, detail });
      throw wrongField('code');
    }
    await attempt.succeeded();
    await accounts.sessions.strengthen(sessionId);
    await audit.write(actor, { action: 'signIn.opened', organizationId, detail: { way: used } });
    response.json(await again(parts, request));
  });

  router.post('/sign-in/new-password', async (request, response) => {
    const { password } = NewPassword.parse(request.body);
    const session = sessionOf(request);
    if (session.needs !== 'newPassword') throw new AppError('WRONG_STATE', 'no new password is asked for');
    const { accountId, sessionId } = session;
    if (await passwords.isRight(accountId, password))
      throw new AppError('FIELDS', 'the same password again', {
        fields: [{ path: 'password', issue: 'taken' }],
      });
    await passwords.store(accountId, await passwords.prepareFor(accountId, password));
    await accounts.endSessions({ accountId, except: sessionId }, 'password');
    await noteAccess(parts, request, accountId);
    response.json(await again(parts, request));
  });

  router.post('/sign-in/passkey/options', async (request, response) => {
    const options = await passkeys.offer(siteOf(request));
    keepTicket(request, response, passkeys.ticketFor(options.challenge, ''));
    response.json(options);
  });

  router.post('/sign-in/passkey', async (request, response) => {
    const answer = { ...PasskeyAnswer.parse(request.body), ticket: ticketOf(request) };
    const address = networkOf(request.ip ?? '');
    const attempt = await attempts.begin([{ rule: 'address', of: address }]);
    const accountId = await passkeys.find(answer, siteOf(request)).catch(async (error: unknown) => {
      const event = { action: 'signIn.failed', result: 'refused', organizationId: null } as const;
      await audit.write(actorOf(request), { ...event, detail: { way: 'passkey' } });
      throw error;
    });
    await attempt.succeeded();
    const session = response.locals.session;
    if (session?.needs === 'secondFactor' && session.accountId === accountId) {
      await accounts.sessions.strengthen(session.sessionId);
      const account = await accounts.find(accountId);
      const event = { action: 'signIn.opened', detail: { way: 'passkey' } } as const;
      const organizationId = account?.organizationId ?? null;
      await audit.write({ ...actorOf(request), account }, { ...event, organizationId });
      response.json(await again(parts, request));
      return;
    }
    response.json(await signIn(request, response, parts, accountId, { way: 'passkey', strong: true }));
  });

  router.post('/sign-in/link/look', async (request, response) => {
    const { token } = LinkToken.parse(request.body);
    const accountId = (await links.look('setPassword', token))!;
    const subject = await parts.db
      .selectFrom('account')
      .select(['name', 'login'])
      .where('id', '=', accountId)
      .executeTakeFirstOrThrow();
    const { minLength } = await passwords.policies.current();
    response.json({ ...subject, minLength });
  });

  router.post('/sign-in/link', async (request, response) => {
    const { token, password, login } = LinkAnswer.parse(request.body);
    const accountId = (await links.look('setPassword', token))!;
    const hash = await passwords.prepareFor(accountId, password, login);
    await parts.db.transaction().execute(async (trx) => {
      await links.use('setPassword', token, trx);
      if (login !== undefined) await giveLogin(trx, accountId, login);
      await passwords.store(accountId, hash, trx);
    });
    await accounts.endSessions({ accountId }, 'password');
    await noteAccess(parts, request, accountId);
    response.json(await signIn(request, response, parts, accountId, { way: 'link' }));
  });

  router.post('/first-start/look', async (request, response) => {
    response.json(await firstStart.look(LinkToken.parse(request.body).token));
  });

  router.post('/first-start', async (request, response) => {
    const accountId = await firstStart.finish(FirstStart.parse(request.body));
    await noteAccess(parts, request, accountId);
    response.json(await signIn(request, response, parts, accountId, { way: 'link' }));
  });

  return router;
}

/** A browser that signed in with this login before is counted apart from everybody else who tries it. */
function countersOf({ known }: SignInParts, request: Request, login: string): Counter[] {
  const folded = foldLogin(login);
  const mark = known.find(request.headers.cookie, login);
  if (mark) return [{ rule: 'pair', of: `${mark} ${folded}` }];
  const address = networkOf(request.ip ?? '');
  return [
    { rule: 'address', of: address },
    { rule: 'login', of: folded },
    { rule: 'pair', of: `${address} ${folded}` },
  ];
}

/** What was typed as a login stays out of the audit unless it is one: people type passwords there. */
async function refuse(parts: SignInParts, request: Request, login: string, waitMs: number): Promise<never> {
  const row = await parts.db
    .selectFrom('account')
    .select(['id', 'organization_id'])
    .where(({ fn }) => fn<string>('lower', ['login']), '=', foldLogin(login))
    .executeTakeFirst();
  const event = {
    organizationId: row?.organization_id ?? null,
    result: 'refused' as const,
    ...(row && { object: { kind: 'account', id: row.id } }),
  };
  await parts.audit.write(actorOf(request), {
    ...event,
    action: 'signIn.failed',
    detail: { way: 'password', known: row !== undefined },
  });
  if (waitMs > 0) {
    const detail = { seconds: Math.ceil(waitMs / 1000) };
    await parts.audit.write(actorOf(request), { ...event, action: 'signIn.locked', detail });
  }
  throw new AppError('SIGN_IN_WRONG', 'login and password do not belong together', {
    ...(waitMs > 0 && { retryAfterMs: waitMs }),
  });
}

async function giveLogin(trx: SignInParts['db'], accountId: string, login: string): Promise<void> {
  const taken = await trx
    .selectFrom('account')
    .select('id')
    .where(({ fn }) => fn<string>('lower', ['login']), '=', login)
    .where('id', '<>', accountId)
    .executeTakeFirst();
  if (taken)
    throw new AppError('FIELDS', 'the login is taken', { fields: [{ path: 'login', issue: 'taken' }] });
  await trx
    .updateTable('account')
    .set({ login })
    .where('id', '=', accountId)
    .where('login', 'is', null)
    .execute();
}

async function noteAccess(parts: SignInParts, request: Request, accountId: string): Promise<void> {
  const account = await parts.accounts.find(accountId);
  await parts.audit.write(
    { ...actorOf(request), account },
    {
      action: 'access.password',
      organizationId: account?.organizationId ?? null,
      object: { kind: 'account', id: accountId },
    },
  );
}

/** The request's own session, read anew after it was changed. */
export async function again({ accounts }: SignInParts, request: Request): Promise<Session> {
  const token = sessionTokenOf(request.headers.cookie);
  return await describeSession(accounts, token ? await accounts.sessions.read(token) : null);
}

export const wrongField = (path: string): AppError =>
  new AppError('FIELDS', `${path} is wrong`, { fields: [{ path, issue: 'wrong' }] });

export const siteOf = (request: Request): PasskeySite => ({
  host: request.hostname,
  origin: request.headers.origin ?? `${request.protocol}://${request.headers.host}`,
});

export function keepTicket(request: Request, response: Response, value: string): void {
  const options = { httpOnly: true, sameSite: 'strict' as const, path: '/api', maxAge: 300 };
  const secure = request.secure;
  response.appendHeader(
    'Set-Cookie',
    stringifySetCookie({ name: PASSKEY_COOKIE, value, ...options, secure }),
  );
}

export const ticketOf = (request: Request): string | null =>
  parseCookie(request.headers.cookie ?? '')[PASSKEY_COOKIE] ?? null;
