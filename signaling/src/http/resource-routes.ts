import { type Request, Router } from 'express';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { Account } from '#protocol/domain.ts';
import { AppError } from '#protocol/errors.ts';
import { Id } from '#protocol/ids.ts';
import { resourceActionsOf } from '#protocol/permission.ts';
import { ChangeText, Decide, Publish, Seen, Submit, Unlock, Withdraw } from '#protocol/review.ts';
import type { Audit } from '../audit/audit.ts';
import { noteOf } from '../audit/note.ts';
import { isOpenedByPassword, type ResourceAccess } from '../resource/access.ts';
import type { ResourceRepository } from '../resource/resource-repository.ts';
import type { ResourceRow } from '../resource/resource-rows.ts';
import type { PasswordGrants } from '../review/password-grants.ts';
import type { ReviewService } from '../review/review-service.ts';
import type { Reviewers } from '../review/reviewers.ts';
import { accountOf } from './guards.ts';

export interface ResourceRouteServices {
  resources: ResourceRepository;
  access: ResourceAccess;
  grants: PasswordGrants;
  review: ReviewService;
  reviewers: Reviewers;
  audit: Audit;
}

/** A resource, and the moves of its review; see `protocol/review.ts`. */
export function resourceRoutes({
  resources,
  access,
  grants,
  review,
  reviewers,
  audit,
}: ResourceRouteServices): Router {
  const router = Router();
  // Ten tries a minute from one address at one resource: a class that types the word together has several addresses.
  const tries = new RateLimiterMemory({ points: 10, duration: 60 });

  const seenBy = async (rows: readonly ResourceRow[], account: Account) =>
    await Promise.all(
      rows.map(async (row) => ({ ...row, may: resourceActionsOf(await access.roleOf(row, account)) })),
    );

  router.get('/resources/mine', async (request, response) => {
    const account = accountOf(request);
    response.json(await seenBy(await resources.ofAuthor(account.accountId), account));
  });

  router.get('/resources/review', async (request, response) => {
    const account = accountOf(request);
    response.json(await seenBy(await reviewers.queueOf(account), account));
  });

  router.get('/resources/:resourceId', async (request, response, next) => {
    const { resourceId } = request.params;
    // Other routes have words in this place.
    if (!Id.safeParse(resourceId).success) return next();
    const account = response.locals.account ?? null;
    response.json(await access.permitted(resourceId, account, 'resource.see', request.headers.cookie));
  });

  router.post('/resources/:resourceId/unlock', async (request, response) => {
    const resourceId = idOf(request);
    const account = response.locals.account ?? null;
    await tries.consume(`${request.ip ?? 'unknown'} ${resourceId}`).catch(() => {
      throw new AppError('TOO_MANY_REQUESTS', 'too many tries; wait a minute');
    });
    const row = await resources.find(resourceId);
    if (!row || !isOpenedByPassword(row) || (await access.roleOf(row, account)) !== 'stranger')
      return void response.json(await access.permitted(resourceId, account, 'resource.see'));
    const { password } = Unlock.parse(request.body);
    const cookie = await grants.unlock(resourceId, password, { secure: request.secure });
    if (!cookie) throw new AppError('PASSWORD_WRONG', 'this is not the password');
    const resource = await access.permitted(resourceId, account, 'resource.see', cookie);
    response.setHeader('Set-Cookie', cookie);
    response.json(resource);
  });

  router.post('/resources/:resourceId/text', async (request, response) => {
    response.json(await review.changeText(idOf(request), accountOf(request), ChangeText.parse(request.body)));
  });

  router.post('/resources/:resourceId/submit', async (request, response) => {
    response.json(await review.submit(idOf(request), accountOf(request), Submit.parse(request.body)));
  });

  router.post('/resources/:resourceId/decision', async (request, response) => {
    response.json(await review.decide(idOf(request), accountOf(request), Decide.parse(request.body)));
  });

  router.post('/resources/:resourceId/publish', async (request, response) => {
    const { password, ...asked } = Publish.parse(request.body);
    const object = { kind: 'resource', id: idOf(request) };
    const detail = { reach: asked.reach, licence: asked.licence };
    const note = noteOf(audit, request, { action: 'resource.published', object, detail });
    const publish = { ...asked, ...(password !== undefined && { password }) };
    response.json(await review.publish(object.id, accountOf(request), publish, note));
  });

  router.post('/resources/:resourceId/withdraw', async (request, response) => {
    const asked = Withdraw.parse(request.body);
    const object = { kind: 'resource', id: idOf(request) };
    const detail = { withdrawn: true, reason: asked.reason };
    const note = noteOf(audit, request, { action: 'resource.published', object, detail });
    response.json(await review.withdraw(object.id, accountOf(request), asked, note));
  });

  router.post('/resources/:resourceId/revise', async (request, response) => {
    const { version } = Seen.parse(request.body);
    response.json(await review.revise(idOf(request), accountOf(request), version));
  });

  return router;
}

export const idOf = (request: Request): string => {
  const parsed = Id.safeParse(request.params.resourceId);
  if (!parsed.success) throw new AppError('NOT_FOUND', 'no such resource');
  return parsed.data;
};
