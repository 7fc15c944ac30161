import { fileURLToPath } from 'node:url';
import { Config } from '#platform/config.ts';
import type { Account } from '#protocol/domain.ts';
import { type MadeCounty, makeCounty } from '../../signaling/src/demo/county/county.ts';
import { sessionRoutes } from '../../signaling/src/http/session-routes.ts';
import { officeApi } from '../../signaling/src/office/office-api.ts';
import { LessonMaker } from '../../signaling/src/timetable/make-lessons.ts';
import { TestApp } from '../../signaling/testing/app.ts';

const WEB_ROOT = fileURLToPath(new URL('../../web-client/dist', import.meta.url));
const TIME_ZONE = 'Asia/Shanghai';
const DAY = '2026-11-25';
/** Before the county's term: all of it lies ahead. */
const BEFORE_TERM = Date.parse('2026-08-25T00:00:00Z');

export interface CountyApp {
  app: TestApp;
  county: MadeCounty;
  maker: LessonMaker;
  /** The administrator of the whole. */
  administrator: Account;
  /** A day of the term, not of a holiday's week. */
  day: string;
  close(): Promise<void>;
}

/** The office with the demo county and its term's lessons, on an embedded database; no rooms, no media. */
export async function openCountyApp(): Promise<CountyApp> {
  const app = await TestApp.open(
    (parts) => {
      const all = { ...parts, config: Config.parse({}) };
      return { api: [sessionRoutes(parts.accounts, parts.audit, false), ...officeApi(all)] };
    },
    { webRoot: WEB_ROOT },
  );
  const county = await makeCounty(app.db, { today: new Date(`${DAY}T00:00:00+08:00`) });
  const maker = new LessonMaker(TIME_ZONE, () => BEFORE_TERM);
  const administrator = (await app.parts.accounts.all()).find(
    ({ role, organizationId }) => role === 'administrator' && organizationId === county.rootId,
  )!;
  return { app, county, maker, administrator, day: DAY, close: () => app.close() };
}
