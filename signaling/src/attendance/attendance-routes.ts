import { Router } from 'express';
import { AttendanceQuery } from '#protocol/attendance.ts';
import { Id } from '#protocol/ids.ts';
import { accountOf } from '../http/guards.ts';
import type { OfficeParts } from '../office/office-api.ts';
import { AttendanceService } from './attendance-service.ts';

/** 应开, 实开, 开课率; see `protocol/attendance.ts`. */
export function attendanceRoutes(parts: OfficeParts, clock: () => number = Date.now): Router {
  const { db, office, config } = parts;
  const service = new AttendanceService(db, office, config.school.timeZone, clock);
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
  return router;
}
