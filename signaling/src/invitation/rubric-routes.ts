import { type Request, Router } from 'express';
import { z } from 'zod';
import { Id } from '#protocol/ids.ts';
import { type Rubric, RubricChange, RubricDraft } from '#protocol/invitation.ts';
import { type Audit, actorOf } from '../audit/audit.ts';
import { accountOf } from '../http/guards.ts';
import type { RubricRepository } from './rubric-repository.ts';

const Query = z.object({ organizationId: Id.optional() });

/** 评分表; see `protocol/invitation.ts`. */
export function rubricRoutes(rubrics: RubricRepository, audit: Audit): Router {
  const router = Router();
  const idOf = (request: Request): Id => Id.parse(request.params.rubricId);

  async function traced(request: Request, rubric: Rubric, what: string): Promise<Rubric> {
    const { organizationId, rubricId: id, title } = rubric;
    await audit.write(actorOf(request), {
      action: 'invitation.changed',
      organizationId,
      object: { kind: 'rubric', id },
      detail: { what, title },
    });
    return rubric;
  }

  router.get('/rubrics', async (request, response) => {
    const account = accountOf(request);
    const { organizationId } = Query.parse(request.query);
    response.json(
      await (organizationId ? rubrics.usableAt(account, organizationId) : rubrics.ofMine(account)),
    );
  });
  router.post('/rubrics', async (request, response) => {
    const rubric = await rubrics.make(accountOf(request), RubricDraft.parse(request.body));
    response.status(201).json(await traced(request, rubric, 'made'));
  });
  router.put('/rubrics/:rubricId', async (request, response) => {
    const change = RubricChange.parse(request.body);
    const rubric = await rubrics.change(accountOf(request), idOf(request), change);
    response.json(await traced(request, rubric, 'changed'));
  });
  router.delete('/rubrics/:rubricId', async (request, response) => {
    const rubric = await rubrics.archive(accountOf(request), idOf(request), true);
    response.json(await traced(request, rubric, 'archived'));
  });
  router.post('/rubrics/:rubricId/restore', async (request, response) => {
    const rubric = await rubrics.archive(accountOf(request), idOf(request), false);
    response.json(await traced(request, rubric, 'restored'));
  });
  return router;
}
