import { Router } from 'express';
import { type AuditAlarm, type AuditChain, AuditQuery } from '#protocol/audit.ts';
import { accountOf } from '../http/guards.ts';
import type { OfficeParts } from '../office/office-api.ts';
import { sendTable } from '../office/table-export.ts';
import { AnchorFile } from './anchors.ts';
import { actorOf } from './audit.ts';
import { AuditRepository } from './audit-repository.ts';
import { auditColumns } from './audit-words.ts';
import { verifyChain } from './verify.ts';

/** A log of a county is read through in a second or two: not at every look at the page. */
const CHECKED_FOR_MS = 60_000;

/** The auditor's reading of the log; see `protocol/audit.ts`. */
export function auditRoutes({ db, config, office, audit }: OfficeParts): Router {
  const router = Router();
  const entries = new AuditRepository(db, office, config.school.timeZone);
  const anchors = new AnchorFile(config.dataDir);
  let checked: Promise<AuditChain> | null = null;

  router.get('/audit', async (request, response) => {
    const account = accountOf(request);
    const query = AuditQuery.parse(request.query);
    const { format, page: _, pageSize: __, ...asked } = query;
    if (!format) return void response.json(await entries.page(account, query));
    const rows = await entries.all(account, query);
    await audit.write(actorOf(request), {
      action: 'audit.exported',
      organizationId: account.organizationId,
      detail: { format, rows: rows.length, ...asked },
    });
    const columns = auditColumns(config.school.timeZone);
    await sendTable(response, { format, name: '操作日志', columns, rows });
  });

  router.get('/audit/chain', async (request, response) => {
    const account = accountOf(request);
    await office.mustMay(account, 'audit.read', account.organizationId);
    const last = await checked?.catch(() => null);
    if (!last || Date.now() - last.checkedAt > CHECKED_FOR_MS) checked = verifyChain(db, anchors.read());
    response.json(await checked);
  });

  router.get('/audit/alarm', async (request, response) => {
    const account = accountOf(request);
    await office.mustMay(account, 'audit.alarm', account.organizationId);
    response.json({ alarm: audit.alarm } satisfies AuditAlarm);
  });

  return router;
}
