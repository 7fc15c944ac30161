import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import express, { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import type { Account } from '#protocol/domain.ts';
import { AppError } from '#protocol/errors.ts';
import { Id } from '#protocol/ids.ts';
import {
  ROSTER_MAX_BYTES,
  RosterBegin,
  RosterExportQuery,
  RosterPlanAsk,
  type RosterRow,
  RosterRowsQuery,
  RosterTemplateQuery,
} from '#protocol/roster.ts';
import { actorOf } from '../audit/audit.ts';
import { accountOf } from '../http/guards.ts';
import type { OfficeParts } from '../office/office-api.ts';
import { type ExportColumn, sendTable } from '../office/table-export.ts';
import { exportTables, zipTables } from './roster-export.ts';
import { RosterImports } from './roster-imports.ts';
import { standardTemplateZip, templateZip } from './template.ts';

const FileName = z.string().trim().min(1).max(200);

/** Lists in and out as OneRoster files; see `protocol/roster.ts`. */
export function rosterRoutes(parts: OfficeParts, imports = new RosterImports(parts)): Router {
  const { db, office, audit } = parts;
  const router = Router();

  /** An import of the caller's own, where they still may import. */
  const mine = async (request: Request): Promise<{ id: string; account: Account }> => {
    const account = accountOf(request);
    const row = await imports.store.find(Id.parse(request.params.importId));
    const own = row?.created_by === account.accountId ? row : null;
    await office.mustMay(account, 'roster.import', own?.organization_id ?? null);
    return { id: own!.id, account };
  };

  router.post('/roster/imports', async (request, response) => {
    const account = accountOf(request);
    const { organizationId } = RosterBegin.parse(request.body);
    await office.mustMay(account, 'roster.import', organizationId);
    const id = await imports.store.begin(organizationId, account.accountId);
    response.status(201).json(await imports.store.tell(id));
  });

  router.put(
    '/roster/imports/:importId/files/:name',
    async (request, _response, next) => {
      // Before a byte of it is read.
      await mine(request);
      next();
    },
    express.raw({ limit: ROSTER_MAX_BYTES, type: () => true }),
    async (request, response) => {
      const { id } = await mine(request);
      const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      if (bytes.length === 0) throw new AppError('FILE_EMPTY', 'nothing was sent');
      response.json(await imports.putFile(id, FileName.parse(request.params.name), bytes));
    },
  );

  router.post('/roster/imports/:importId/plan', async (request, response) => {
    const { id, account } = await mine(request);
    const { missing } = RosterPlanAsk.parse(request.body ?? {});
    response.status(202).json(await imports.plan(id, account, missing));
  });

  router.get('/roster/imports/:importId', async (request, response) => {
    response.json(await imports.store.tell((await mine(request)).id));
  });

  router.get('/roster/imports/:importId/rows', async (request, response) => {
    const { id } = await mine(request);
    const query = RosterRowsQuery.parse(request.query);
    const page = await imports.store.rows(id, query);
    if (!query.format) response.json(page);
    else
      await sendTable(response, {
        ...{ format: query.format, name: '名单检查结果', columns: REPORT, rows: page.rows },
      });
  });

  router.post('/roster/imports/:importId/apply', async (request, response) => {
    const { id, account } = await mine(request);
    response.status(202).json(await imports.apply(id, { ...actorOf(request), account }));
  });

  router.delete('/roster/imports/:importId', async (request, response) => {
    const { id } = await mine(request);
    await imports.store.remove(id);
    response.json({});
  });

  router.get('/roster/export', async (request, response) => {
    const account = accountOf(request);
    const { organization, excel } = RosterExportQuery.parse(request.query);
    await office.mustMay(account, 'roster.export', organization);
    const tables = await exportTables(db, organization);
    const counts = Object.fromEntries(Object.entries(tables).map(([kind, rows]) => [kind, rows.length]));
    await audit.write(actorOf(request), {
      ...{ action: 'roster.exported', organizationId: organization, detail: { counts } },
      object: { kind: 'organization', id: organization },
    });
    await sendZip(response, 'oneroster.zip', zipTables(tables, { excel, system: 'Three Classrooms' }));
  });

  router.get('/roster/template', async (request, response) => {
    const account = accountOf(request);
    await office.mustMay(account, 'roster.import', account.organizationId);
    if (RosterTemplateQuery.parse(request.query).standard)
      await sendZip(response, 'oneroster-template.zip', standardTemplateZip());
    else await sendZip(response, '名单模板.zip', templateZip());
  });

  return router;
}

async function sendZip(response: Response, name: string, zip: Readable): Promise<void> {
  response.attachment(name).type('application/zip');
  await pipeline(zip, response).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  });
}

const FATES: Record<RosterRow['fate'], string> = {
  ...{ new: '新增', changed: '修改', archived: '停用', unchanged: '不变', skipped: '跳过', refused: '有错' },
  ...{ left: '文件里没有，停用', kept: '文件里没有，保留' },
};
const REPORT: ExportColumn<RosterRow>[] = [
  { title: '文件', value: ({ file }) => file },
  { title: '行', value: ({ line }) => line || null },
  { title: '编号', value: ({ sourcedId }) => sourcedId },
  { title: '名称', value: ({ label }) => label },
  { title: '结果', value: ({ fate }) => FATES[fate] },
  {
    title: '改动',
    value: ({ changes }) => changes.map(({ field, from, to }) => `${field}: ${from} → ${to}`).join('; '),
  },
  {
    title: '问题',
    value: ({ problems }) =>
      problems.map(({ field, issue, value }) => `${field} ${issue} ${value}`).join('; '),
  },
  { title: '原文', value: ({ original }) => original },
];
