import { Router } from 'express';
import type { BlobStore } from '#platform/blob-store/blob-store.ts';
import { AppError } from '#protocol/errors.ts';
import { Delete, Keep, RecordConsent, RetentionRule } from '#protocol/review.ts';
import type { Db } from '../database/database.ts';
import type { ResourceAccess } from '../resource/access.ts';
import type { ClassConsents } from '../review/class-consents.ts';
import type { Deletion } from '../review/deletion.ts';
import { proveDeleted } from '../review/deletion-proof.ts';
import type { Retention } from '../review/retention.ts';
import { accountOf } from './guards.ts';
import { idOf } from './resource-routes.ts';

export interface RetentionRouteServices {
  db: Db;
  blobs: BlobStore;
  access: ResourceAccess;
  retention: Retention;
  deletion: Deletion;
  classConsents: ClassConsents;
}

/** Consents, how long things are kept, and deletion; see `protocol/review.ts`. */
export function retentionRoutes(services: RetentionRouteServices): Router {
  const { db, blobs, access, retention, deletion, classConsents } = services;
  const router = Router();

  router.get('/consent', async (request, response) => {
    response.json(await classConsents.all(accountOf(request)));
  });

  router.post('/consent', async (request, response) => {
    const account = accountOf(request);
    response.status(201).json(await classConsents.record(account, RecordConsent.parse(request.body)));
  });

  router.get('/retention', async (request, response) => {
    response.json(await retention.book(accountOf(request)));
  });

  router.put('/retention/rules', async (request, response) => {
    response.json(await retention.rule(accountOf(request), RetentionRule.parse(request.body)));
  });

  router.post('/resources/:resourceId/keep', async (request, response) => {
    const { months } = Keep.parse(request.body);
    response.json(await retention.keep(idOf(request), accountOf(request), months));
  });

  router.delete('/resources/:resourceId', async (request, response) => {
    response.json(await deletion.bin(idOf(request), accountOf(request), Delete.parse(request.body)));
  });

  router.post('/resources/:resourceId/take-out', async (request, response) => {
    const account = accountOf(request);
    const resourceId = idOf(request);
    await deletion.takeOut(resourceId, account);
    response.json(await access.permitted(resourceId, account, 'resource.see'));
  });

  router.get('/resources/:resourceId/proof', async (request, response) => {
    const { role, organizationId } = accountOf(request);
    // Only of what was in their hands: to everybody else it never was.
    if (role !== 'administrator' || !(await deletion.wasBelow(idOf(request), organizationId)))
      throw new AppError('NOT_FOUND', 'no such deletion');
    response.json(await proveDeleted(db, blobs, idOf(request)));
  });

  return router;
}
