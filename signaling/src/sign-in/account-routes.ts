import { type Request, Router } from 'express';
import type { AuditAction } from '#protocol/audit.ts';
import { AppError } from '#protocol/errors.ts';
import { SEPARATE_ROLES } from '#protocol/office.ts';
import { CodeAnswer, NewPasskey, type OwnAccount, PasswordChange } from '#protocol/sign-in.ts';
import type { SessionState } from '../account/sessions.ts';
import { actorOf } from '../audit/audit.ts';
import { accountOf, sessionOf } from '../http/guards.ts';
import type { SignInParts } from './sign-in-parts.ts';
import { keepTicket, siteOf, ticketOf, wrongField } from './sign-in-routes.ts';

/** One's own account: how one comes in, and where one is signed in. */
export function accountRoutes(parts: SignInParts): Router {
  const router = Router();
  const { accounts, passwords, factors, passkeys, attempts } = parts;

  router.get('/account', async (request, response) => {
    accountOf(request);
    response.json(await ownAccount(parts, sessionOf(request)));
  });

  router.post('/account/password', async (request, response) => {
    const { accountId } = accountOf(request);
    const session = sessionOf(request);
    const { current, password } = PasswordChange.parse(request.body);
    if ((await passwords.changedAt(accountId)) === null) mustBeFresh(session);
    else {
      const attempt = await attempts.begin([{ rule: 'code', of: `own ${accountId}` }]);
      const given = (current ?? '').toWellFormed().normalize('NFC');
      if (!(await passwords.isRight(accountId, given))) throw wrongField('current');
      await attempt.succeeded();
    }
    await passwords.store(accountId, await passwords.prepareFor(accountId, password));
    await accounts.endSessions({ accountId, except: session.sessionId }, 'password');
    await note(parts, request, 'access.password', { by: 'self' });
    response.json(await ownAccount(parts, session));
  });

  router.post('/account/totp', async (request, response) => {
    const { accountId, name } = mayEnrol(request);
    const row = await parts.db
      .selectFrom('account')
      .select('login')
      .where('id', '=', accountId)
      .executeTakeFirstOrThrow();
    response.json(await factors.offer(accountId, row.login ?? name));
  });

  router.post('/account/totp/confirm', async (request, response) => {
    const { accountId, sessionId } = mayEnrol(request);
    const { code } = CodeAnswer.parse(request.body);
    const attempt = await attempts.begin([{ rule: 'code', of: accountId }]);
    const codes = await factors.confirm(accountId, code);
    if (!codes) throw wrongField('code');
    await attempt.succeeded();
    await accounts.sessions.strengthen(sessionId);
    await note(parts, request, 'access.secondFactor', { set: 'totp' });
    response.json({ codes });
  });

  router.delete('/account/totp', async (request, response) => {
    const { accountId } = accountOf(request);
    const session = sessionOf(request);
    mustBeStrong(session);
    await mustKeepOne(parts, accountId, (await passkeys.of(accountId)).length > 0);
    await factors.remove(accountId);
    await note(parts, request, 'access.secondFactor', { removed: 'totp' });
    response.json(await ownAccount(parts, session));
  });

  router.post('/account/recovery-codes', async (request, response) => {
    const { accountId } = accountOf(request);
    mustBeStrong(sessionOf(request));
    if (!(await factors.hasTotp(accountId))) throw new AppError('WRONG_STATE', 'no second factor is set up');
    const codes = await factors.renewRecoveryCodes(accountId);
    await note(parts, request, 'access.secondFactor', { set: 'recoveryCodes' });
    response.json({ codes });
  });

  router.post('/account/passkeys/options', async (request, response) => {
    const { accountId, name } = mayEnrol(request);
    const options = await passkeys.offerNew({ accountId, name }, siteOf(request));
    keepTicket(request, response, passkeys.ticketFor(options.challenge, accountId));
    response.json(options);
  });

  router.post('/account/passkeys', async (request, response) => {
    const session = mayEnrol(request);
    const answer = NewPasskey.parse(request.body);
    await passkeys.add(session.accountId, { ...answer, ticket: ticketOf(request) }, siteOf(request));
    await accounts.sessions.strengthen(session.sessionId);
    await note(parts, request, 'access.secondFactor', { set: 'passkey' });
    response.status(201).json(await ownAccount(parts, session));
  });

  router.delete('/account/passkeys/:passkeyId', async (request, response) => {
    const { accountId } = accountOf(request);
    const session = sessionOf(request);
    mustBeStrong(session);
    const others = (await passkeys.of(accountId)).filter(({ id }) => id !== request.params.passkeyId);
    await mustKeepOne(parts, accountId, others.length > 0 || (await factors.hasTotp(accountId)));
    if (!(await passkeys.remove(accountId, request.params.passkeyId)))
      throw new AppError('NOT_FOUND', 'no such passkey');
    await note(parts, request, 'access.secondFactor', { removed: 'passkey' });
    response.json(await ownAccount(parts, session));
  });

  router.delete('/account/sessions', async (request, response) => {
    const { accountId } = accountOf(request);
    const session = sessionOf(request);
    await accounts.endSessions({ accountId, except: session.sessionId }, 'elsewhere');
    await note(parts, request, 'signIn.ended', { all: true });
    response.json(await ownAccount(parts, session));
  });

  router.delete('/account/sessions/:sessionId', async (request, response) => {
    const { accountId } = accountOf(request);
    const own = await parts.db
      .selectFrom('session')
      .select('id')
      .where('id', '=', request.params.sessionId)
      .where('account_id', '=', accountId)
      .executeTakeFirst();
    if (!own) throw new AppError('NOT_FOUND', 'no such session');
    await accounts.endSessions({ sessionId: own.id }, 'elsewhere');
    await note(parts, request, 'signIn.ended', { session: own.id });
    response.json(await ownAccount(parts, sessionOf(request)));
  });

  return router;
}

/** A first factor of one's own is set up in any session; one more only when the one that is there was shown. */
function mayEnrol(request: Request): SessionState {
  const session = sessionOf(request);
  if (session.needs !== 'enrolSecondFactor') accountOf(request);
  return session;
}

const FRESH_MS = 10 * 60_000;

/** Who has no password comes in by other ways; one is given to whoever did so just now. */
function mustBeFresh({ openedAt, strongAt }: SessionState): void {
  const latest = Math.max(openedAt.getTime(), strongAt?.getTime() ?? 0);
  if (Date.now() - latest > FRESH_MS) throw new AppError('SECOND_FACTOR_NEEDED', 'sign in again first');
}

function mustBeStrong({ strongAt }: SessionState): void {
  if (!strongAt) throw new AppError('SECOND_FACTOR_NEEDED', 'the second factor was not shown');
}

async function mustKeepOne({ accounts }: SignInParts, accountId: string, another: boolean): Promise<void> {
  if (another) return;
  const grants = await accounts.grantsOf(accountId);
  if (grants.some(({ role }) => SEPARATE_ROLES.includes(role)))
    throw new AppError('WRONG_STATE', 'this role must have a second factor');
}

async function note(
  { audit, accounts }: SignInParts,
  request: Request,
  action: AuditAction,
  detail: Record<string, unknown>,
): Promise<void> {
  const { accountId } = sessionOf(request);
  const account = await accounts.find(accountId);
  const object = { kind: 'account', id: accountId };
  const organizationId = account?.organizationId ?? null;
  await audit.write({ ...actorOf(request), account }, { action, organizationId, object, detail });
}

async function ownAccount(parts: SignInParts, session: SessionState): Promise<OwnAccount> {
  const { db, accounts, passwords, factors, passkeys } = parts;
  const { accountId, sessionId } = session;
  const row = await db
    .selectFrom('account')
    .select(['name', 'login'])
    .where('id', '=', accountId)
    .executeTakeFirstOrThrow();
  const grants = await accounts.grantsOf(accountId);
  const sessions = await db
    .selectFrom('session')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('expires_at', '>', new Date())
    .orderBy('seen_at', 'desc')
    .limit(50)
    .execute();
  return {
    ...row,
    grants,
    passwordChangedAt: (await passwords.changedAt(accountId))?.getTime() ?? null,
    minLength: (await passwords.policies.current()).minLength,
    totp: await factors.hasTotp(accountId),
    recoveryCodesLeft: await factors.recoveryCodesLeft(accountId),
    mustHaveSecondFactor: grants.some(({ role }) => SEPARATE_ROLES.includes(role)),
    passkeys: (await passkeys.of(accountId)).map(({ id, name, created_at, used_at }) => ({
      ...{ id, name, createdAt: created_at.getTime(), usedAt: used_at?.getTime() ?? null },
    })),
    sessions: sessions.map(({ id, way, role, address, agent, created_at, seen_at }) => ({
      ...{ id, way, role, address, agent, current: id === sessionId },
      ...{ openedAt: created_at.getTime(), seenAt: seen_at.getTime() },
    })),
  };
}
