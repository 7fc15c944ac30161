import { Router } from 'express';
import { NoticeQuery, NoticesRead } from '#protocol/notice.ts';
import type { Db } from '../database/database.ts';
import { accountOf } from '../http/guards.ts';
import { NoticeRepository } from './notice-repository.ts';

/** One's own notices; see `protocol/notice.ts`. */
export function noticeRoutes({ db }: { db: Db }): Router {
  const router = Router();
  const notices = new NoticeRepository(db);

  router.get('/notices', async (request, response) => {
    const { before } = NoticeQuery.parse(request.query);
    response.json(await notices.page(accountOf(request).accountId, before));
  });

  router.post('/notices/read', async (request, response) => {
    const { accountId } = accountOf(request);
    await notices.read(accountId, NoticesRead.parse(request.body));
    response.json({ unread: await notices.unread(accountId) });
  });

  return router;
}
