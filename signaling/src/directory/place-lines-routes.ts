import { Router } from 'express';
import { PlaceLines } from '#protocol/directory-lines.ts';
import { actorOf } from '../audit/audit.ts';
import { accountOf } from '../http/guards.ts';
import type { OfficeParts } from '../office/office-api.ts';
import { ManyPlaces } from './place-lines.ts';

export function placeLinesRoutes(parts: OfficeParts): Router {
  const router = Router();
  const many = new ManyPlaces(parts);

  router.post('/directory/lines', async (request, response) => {
    const wanted = PlaceLines.parse(request.body);
    response.json(await many.take(actorOf(request), accountOf(request), wanted));
  });

  return router;
}
