import type { Router } from 'express';
import type { Config } from '#platform/config.ts';
import type { Logger } from '#platform/logger.ts';
import type { AccountRepository } from '../account/account-repository.ts';
import { alarmRoutes } from '../alarm/alarm-routes.ts';
import { attendanceRoutes } from '../attendance/attendance-routes.ts';
import type { Audit } from '../audit/audit.ts';
import { auditRoutes } from '../audit/audit-routes.ts';
import { bellRoutes } from '../bells/bell-routes.ts';
import type { Db } from '../database/database.ts';
import { deviceRoutes } from '../device/device-routes.ts';
import { directoryRoutes } from '../directory/directory-routes.ts';
import { invitationRoutes } from '../invitation/invitation-routes.ts';
import { noticeRoutes } from '../notice/notice-routes.ts';
import { pairingRoutes } from '../pairing/pairing-routes.ts';
import { rosterRoutes } from '../roster/roster-routes.ts';
import { seriesRoutes } from '../series/series-routes.ts';
import { termRoutes } from '../term/term-routes.ts';
import { localLessonRoutes } from '../timetable/local-lesson-routes.ts';
import { LessonMaker } from '../timetable/make-lessons.ts';
import { ownTimetableRoutes } from '../timetable/own-routes.ts';
import { timetableRoutes } from '../timetable/timetable-routes.ts';
import type { OfficeAccess } from './office-access.ts';

/** What the office's parts are put together from. */
export interface OfficeParts {
  db: Db;
  config: Config;
  accounts: AccountRepository;
  office: OfficeAccess;
  audit: Audit;
  logger: Logger;
}

/** Every router of the office: one line for each part. */
export function officeApi(parts: OfficeParts): Router[] {
  const timetable = new LessonMaker(parts.config.school.timeZone);
  return [
    auditRoutes(parts),
    deviceRoutes(parts),
    ...directoryRoutes(parts),
    attendanceRoutes(parts),
    alarmRoutes(parts),
    invitationRoutes(parts),
    rosterRoutes(parts),
    seriesRoutes(parts),
    termRoutes(parts, timetable),
    bellRoutes(parts, timetable),
    timetableRoutes(parts, timetable),
    localLessonRoutes(parts),
    ownTimetableRoutes(parts),
    noticeRoutes(parts),
    pairingRoutes(parts, timetable),
  ];
}
