import { Router } from 'express';
import { accountOf } from '../http/guards.ts';
import type { OfficeParts } from '../office/office-api.ts';
import { NowBoards } from './now-board.ts';

/** What goes on now, and what goes wrong; see `protocol/alarm.ts`. */
export function alarmRoutes({ db, office, config }: OfficeParts, clock: () => number = Date.now): Router {
  const boards = new NowBoards(db, office, config.school.timeZone, clock);
  const router = Router();
  router.get('/now', async (request, response) => {
    response.json(await boards.board(accountOf(request)));
  });
  router.get('/now/count', async (request, response) => {
    response.json(await boards.count(accountOf(request)));
  });
  return router;
}
