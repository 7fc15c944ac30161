import { type Response, Router } from 'express';
import { AttendanceExport, AttendanceQuery } from '#protocol/attendance-report.ts';
import type { Account } from '#protocol/domain.ts';
import { Id } from '#protocol/ids.ts';
import { actorOf } from '../audit/audit.ts';
import { accountOf } from '../http/guards.ts';
import type { OfficeParts } from '../office/office-api.ts';
import { sendTable } from '../office/table-export.ts';
import { AttendanceService } from './attendance-service.ts';
import {
  lessonColumns,
  MODE_COUNTS,
  SCHOOLS,
  SUBJECTS,
  schoolsWithTotal,
  TOTAL,
  WEEKS,
} from './attendance-tables.ts';

/** 应开, 实开, 开课率; see `protocol/attendance.ts`. */
export function attendanceRoutes(parts: OfficeParts, clock: () => number = Date.now): Router {
  const { db, office, config, audit } = parts;
  const { timeZone } = config.school;
  const service = new AttendanceService(db, office, timeZone, clock);
  const router = Router();

  router.get('/attendance/report', async (request, response) => {
    response.json(await service.report(accountOf(request), AttendanceQuery.parse(request.query)));
  });
  router.get('/attendance/lessons', async (request, response) => {
    response.json(await service.lines(accountOf(request), AttendanceQuery.parse(request.query)));
  });
  router.get('/attendance/lessons/:lessonId', async (request, response) => {
    response.json(await service.sheet(accountOf(request), Id.parse(request.params.lessonId)));
  });
  router.get('/attendance/export', async (request, response) => {
    const account = accountOf(request);
    const query = AttendanceExport.parse(request.query);
    const { table, format, from, to } = query;
    // Read first: who may not has exported nothing.
    const send = await tableOf(account, query);
    await audit.write(actorOf(request), {
      action: 'table.exported',
      organizationId: account.organizationId,
      object: { kind: 'attendance', id: table },
      detail: { format, from, to },
    });
    await send(response);
  });

  async function tableOf(
    account: Account,
    query: AttendanceExport,
  ): Promise<(response: Response) => Promise<void>> {
    const { table, format, from, to } = query;
    const file = { format, name: `开课情况 ${from} ${to}` };
    if (table === 'lessons') {
      const rows = (await service.lessons(account, query)).map(({ line }) => line);
      return (response) => sendTable(response, { ...file, columns: lessonColumns(timeZone), rows });
    }
    const { schools, subjects, weeks, modes, total } = await service.report(account, query);
    switch (table) {
      case 'schools':
        return (response) =>
          sendTable(response, { ...file, columns: SCHOOLS, rows: schoolsWithTotal(schools) });
      case 'subjects':
        return (response) =>
          sendTable(response, {
            ...file,
            columns: SUBJECTS,
            rows: [...subjects, { subject: TOTAL, ...total }],
          });
      case 'weeks':
        return (response) =>
          sendTable(response, { ...file, columns: WEEKS, rows: [...weeks, { monday: TOTAL, ...total }] });
      case 'modes':
        return (response) =>
          sendTable(response, { ...file, columns: MODE_COUNTS, rows: [...modes, { mode: null, ...total }] });
    }
  }
  return router;
}
