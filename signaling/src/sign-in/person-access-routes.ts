import { type Request, Router } from 'express';
import { z } from 'zod';
import type { AuditAction } from '#protocol/audit.ts';
import { AppError } from '#protocol/errors.ts';
import { Id } from '#protocol/ids.ts';
import type { AccessLink, PersonAccess } from '#protocol/sign-in.ts';
import { actorOf } from '../audit/audit.ts';
import { accountOf } from '../http/guards.ts';
import type { SignInParts } from './sign-in-parts.ts';

const LinksFor = z.object({ accountIds: z.array(Id).min(1).max(500) });

/** Helping others in, and putting them out: for who may `person.access` everywhere where the person is something. */
export function personAccessRoutes(parts: SignInParts): Router {
  const router = Router();
  const { accounts, factors, passkeys } = parts;

  router.get('/people/:accountId/access', async (request, response) => {
    response.json(await accessOf(parts, await subjectOf(parts, request)));
  });

  router.post('/people/:accountId/access/link', async (request, response) => {
    const subject = await subjectOf(parts, request);
    response.status(201).json(await linkFor(parts, request, subject));
  });

  router.post('/people/access/links', async (request, response) => {
    const { accountIds } = LinksFor.parse(request.body);
    const all = [];
    for (const accountId of accountIds) {
      const subject = await subjectOf(parts, request, accountId);
      const { name, login } = subject;
      all.push({ accountId, name, login, ...(await linkFor(parts, request, subject)) });
    }
    response.status(201).json(all);
  });

  router.post('/people/:accountId/access/disable', async (request, response) => {
    const subject = await subjectOf(parts, request);
    await setDisabled(parts, subject.accountId, new Date());
    await accounts.endSessions({ accountId: subject.accountId }, 'disabled');
    await note(parts, request, subject, 'access.disabled');
    response.json(await accessOf(parts, subject));
  });

  router.post('/people/:accountId/access/enable', async (request, response) => {
    const subject = await subjectOf(parts, request);
    await setDisabled(parts, subject.accountId, null);
    await note(parts, request, subject, 'access.enabled');
    response.json(await accessOf(parts, subject));
  });

  router.post('/people/:accountId/access/end-sessions', async (request, response) => {
    const subject = await subjectOf(parts, request);
    await accounts.endSessions({ accountId: subject.accountId }, 'elsewhere');
    await note(parts, request, subject, 'signIn.ended');
    response.json(await accessOf(parts, subject));
  });

  router.post('/people/:accountId/access/reset-second-factor', async (request, response) => {
    const subject = await subjectOf(parts, request);
    await factors.remove(subject.accountId);
    await passkeys.removeAll(subject.accountId);
    await accounts.endSessions({ accountId: subject.accountId }, 'secondFactor');
    await note(parts, request, subject, 'access.secondFactor', { removed: 'all' });
    response.json(await accessOf(parts, subject));
  });

  return router;
}

interface Subject {
  accountId: string;
  organizationId: string;
  name: string;
  login: string | null;
}

/**
 * Whom a request is about. @throws AppError FORBIDDEN for oneself (there is the page of one's own account), and for
 * whoever decides on access or reads the audit once they have a password: that is between those who decide on access.
 */
async function subjectOf(
  { db, office, accounts }: SignInParts,
  request: Request,
  id = request.params.accountId,
): Promise<Subject> {
  const actor = accountOf(request);
  const accountId = Id.parse(id);
  const row = await db
    .selectFrom('account')
    .leftJoin('password', 'password.account_id', 'account.id')
    .select(['account.organization_id', 'account.name', 'account.login', 'password.changed_at'])
    .where('account.id', '=', accountId)
    .where('account.kind', '=', 'person')
    .where('account.archived_at', 'is', null)
    .executeTakeFirst();
  await office.mustMay(actor, 'person.access', row?.organization_id ?? null);
  const grants = await accounts.grantsOf(accountId);
  for (const { organizationId } of grants) await office.mustMay(actor, 'person.access', organizationId);
  if (accountId === actor.accountId) throw new AppError('FORBIDDEN', 'one does not help oneself in');
  const isApart = grants.some(({ role }) => role === 'security' || role === 'auditor');
  if (isApart && row!.changed_at && actor.role !== 'security')
    throw new AppError('FORBIDDEN', 'only who decides on access may');
  return { accountId, organizationId: row!.organization_id, name: row!.name, login: row!.login };
}

async function linkFor(parts: SignInParts, request: Request, subject: Subject): Promise<AccessLink> {
  const { token, expiresAt } = await parts.links.create('setPassword', {
    accountId: subject.accountId,
    createdBy: accountOf(request).accountId,
    hours: parts.linkHours,
  });
  await note(parts, request, subject, 'access.password', { link: true });
  return { path: `/sign-in/link#${token}`, expiresAt: expiresAt.getTime() };
}

async function setDisabled({ db }: SignInParts, accountId: string, at: Date | null): Promise<void> {
  await db
    .updateTable('account')
    .set(({ eb }) => ({ disabled_at: at, version: eb('version', '+', 1) }))
    .where('id', '=', accountId)
    .execute();
}

async function note(
  { audit }: SignInParts,
  request: Request,
  { accountId, organizationId, name }: Subject,
  action: AuditAction,
  detail: Record<string, unknown> = {},
): Promise<void> {
  const object = { kind: 'account', id: accountId };
  await audit.write(actorOf(request), { action, organizationId, object, detail: { name, ...detail } });
}

async function accessOf(parts: SignInParts, { accountId, login }: Subject): Promise<PersonAccess> {
  const { db, factors, passkeys, passwords } = parts;
  const { disabled_at } = await db
    .selectFrom('account')
    .select('disabled_at')
    .where('id', '=', accountId)
    .executeTakeFirstOrThrow();
  const { open, seen } = await db
    .selectFrom('session')
    .select(({ fn }) => [fn.countAll<string>().as('open'), fn.max('seen_at').as('seen')])
    .where('account_id', '=', accountId)
    .where('expires_at', '>', new Date())
    .executeTakeFirstOrThrow();
  return {
    accountId,
    login,
    disabledAt: disabled_at?.getTime() ?? null,
    passwordChangedAt: (await passwords.changedAt(accountId))?.getTime() ?? null,
    secondFactor: (await factors.hasTotp(accountId)) || (await passkeys.of(accountId)).length > 0,
    sessions: Number(open),
    seenAt: (seen as Date | null)?.getTime() ?? null,
  };
}
