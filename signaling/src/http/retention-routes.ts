import { Router } from 'express';
import type { BlobStore } from '#platform/blob-store/blob-store.ts';
import { RecordConsent } from '#protocol/consent.ts';
import { AppError } from '#protocol/errors.ts';
import { Delete, Keep, RetentionRule } from '#protocol/retention.ts';
import type { Audit } from '../audit/audit.ts';
import { noteOf } from '../audit/note.ts';
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
  audit: Audit;
}

/** Consents, how long things are kept, and deletion; see `protocol/review.ts`. */
export function retentionRoutes(services: RetentionRouteServices): Router {
  const { db, blobs, access, retention, deletion, classConsents, audit } = services;
  const router = Router();

  router.get('/consent', async (request, response) => {
    response.json(await classConsents.all(accountOf(request)));
  });

  router.post('/consent', async (request, response) => {
    const account = accountOf(request);
    const asked = RecordConsent.parse(request.body);
    const note = noteOf(audit, request, { action: 'consent.changed', detail: { ...asked } });
    response.status(201).json(await classConsents.record(account, asked, note));
  });

  router.get('/retention', async (request, response) => {
    response.json(await retention.book(accountOf(request)));
  });

  router.put('/retention/rules', async (request, response) => {
    const rule = RetentionRule.parse(request.body);
    const line = {
      action: 'setting.changed',
      object: { kind: 'setting', id: 'retention' },
      detail: rule,
    } as const;
    response.json(await retention.rule(accountOf(request), rule, new Date(), noteOf(audit, request, line)));
  });

  router.post('/resources/:resourceId/keep', async (request, response) => {
    const { months } = Keep.parse(request.body);
    response.json(await retention.keep(idOf(request), accountOf(request), months));
  });

  router.delete('/resources/:resourceId', async (request, response) => {
    const { why, now, ...seen } = Delete.parse(request.body);
    const object = { kind: 'resource', id: idOf(request) };
    const note = noteOf(audit, request, { action: 'resource.deleted', object, detail: { why, now } });
    response.json(await deletion.bin(object.id, accountOf(request), { why, now, ...seen }, note));
  });

  router.post('/resources/:resourceId/take-out', async (request, response) => {
    const account = accountOf(request);
    const resourceId = idOf(request);
    const object = { kind: 'resource', id: resourceId };
    const line = { action: 'resource.deleted', object, detail: { takenOut: true } } as const;
    await deletion.takeOut(resourceId, account, noteOf(audit, request, line));
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
