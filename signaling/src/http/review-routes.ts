import { Router } from 'express';
import { z } from 'zod';
import { Id } from '#protocol/ids.ts';
import { Reach } from '#protocol/resource.ts';
import { NewRemark } from '#protocol/review.ts';
import type { ReviewFiles } from '../review/review-file.ts';
import { accountOf } from './guards.ts';
import { idOf } from './resource-routes.ts';

const MissingQuery = z.object({ reach: Reach });
const Done = z.object({ done: z.boolean() });

/** What is read and written while a resource is reviewed; see `protocol/review.ts`. */
export function reviewRoutes(files: ReviewFiles): Router {
  const router = Router();

  router.get('/resources/:resourceId/review', async (request, response) => {
    response.json(await files.of(idOf(request), accountOf(request)));
  });

  router.get('/resources/:resourceId/missing', async (request, response) => {
    const { reach } = MissingQuery.parse(request.query);
    response.json(await files.missing(idOf(request), accountOf(request), reach));
  });

  router.post('/resources/:resourceId/remarks', async (request, response) => {
    const account = accountOf(request);
    response.status(201).json(await files.remark(idOf(request), account, NewRemark.parse(request.body)));
  });

  router.post('/resources/:resourceId/remarks/:remarkId', async (request, response) => {
    const { done } = Done.parse(request.body);
    const remarkId = Id.parse(request.params.remarkId);
    response.json(await files.setDone(idOf(request), remarkId, accountOf(request), done));
  });

  return router;
}
