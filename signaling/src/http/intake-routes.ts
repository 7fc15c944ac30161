import { type Request, Router } from 'express';
import { z } from 'zod';
import type { Logger } from '#platform/logger.ts';
import { AppError } from '#protocol/errors.ts';
import { Id } from '#protocol/ids.ts';
import { AskKnown, CatalogueMany, Proof } from '#protocol/intake.ts';
import type { IntakeRepository, IntakeRow } from '../intake/intake-repository.ts';
import type { Intakes } from '../intake/intakes.ts';
import { uploadServer } from '../intake/uploads.ts';
import { accountOf } from './guards.ts';

/** The way into the library for files; see `protocol/intake.ts`. A foreign upload is never there. */
export function intakeRoutes(intakes: Intakes, repository: IntakeRepository, logger: Logger): Router {
  const router = Router();
  const tus = uploadServer(intakes, accountOf, logger);

  async function mine(request: Request): Promise<IntakeRow> {
    const { accountId } = accountOf(request);
    const row = await repository.find(Id.parse(request.params.intakeId));
    if (row?.accountId !== accountId) throw new AppError('NOT_FOUND', 'no such upload');
    return row;
  }

  router.post('/library/uploads', async (request, response) => {
    accountOf(request);
    await tus.handle(request, response);
  });
  router.head('/library/uploads/:intakeId', async (request, response) => {
    await mine(request);
    await tus.handle(request, response);
  });
  router.patch('/library/uploads/:intakeId', async (request, response) => {
    const { state } = await mine(request);
    if (state !== 'receiving') throw new AppError('WRONG_STATE', 'nothing more is expected');
    await tus.handle(request, response);
  });
  router.delete('/library/uploads/:intakeId', async (request, response) => {
    await intakes.withdraw(await mine(request));
    response.setHeader('Tus-Resumable', '1.0.0');
    response.status(204).end();
  });

  router.post('/library/known', async (request, response) => {
    response.json(await intakes.known(accountOf(request), AskKnown.parse(request.body)));
  });
  router.get('/library/intakes', async (request, response) => {
    const rows = await repository.ofAccount(accountOf(request).accountId);
    response.json(await Promise.all(rows.map((row) => intakes.ofRow(row))));
  });
  router.get('/library/intakes/:intakeId', async (request, response) => {
    response.json(await intakes.ofRow(await mine(request)));
  });
  router.post('/library/intakes/catalogue', async (request, response) => {
    const { accountId } = accountOf(request);
    const { intakeIds, ...fields } = parseTexts(request.body);
    const rows = await Promise.all(intakeIds.map((id) => repository.find(id)));
    const own = rows.filter((row): row is IntakeRow => row?.accountId === accountId);
    if (own.length !== rows.length) throw new AppError('NOT_FOUND', 'no such upload');
    for (const row of own) await intakes.describe(row, fields);
    const fresh = await Promise.all(own.map(({ intakeId }) => repository.find(intakeId)));
    response.json(await Promise.all(fresh.map((row) => intakes.ofRow(row!))));
  });
  router.post('/library/intakes/:intakeId/proof', async (request, response) => {
    response.json(await intakes.prove(await mine(request), Proof.parse(request.body)));
  });
  router.post('/library/intakes/:intakeId/retry', async (request, response) => {
    response.json(await intakes.retry(await mine(request)));
  });
  router.post('/library/intakes/:intakeId/withdraw', async (request, response) => {
    await intakes.withdraw(await mine(request));
    response.json({});
  });
  return router;
}

/** A text that is only too long has a name of its own: its author can do something about it. */
function parseTexts(body: unknown): CatalogueMany {
  const parsed = CatalogueMany.safeParse(body);
  if (parsed.success) return parsed.data;
  const long = parsed.error.issues.find(
    ({ code, message, path }) => (code === 'too_big' && path[0] !== 'intakeIds') || message === 'too long',
  );
  if (long) throw new AppError('TEXT_TOO_LONG', `${long.path.join('.')} is too long`);
  throw new z.ZodError(parsed.error.issues);
}
