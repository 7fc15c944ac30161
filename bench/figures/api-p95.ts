import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Role } from '#protocol/domain.ts';
import { Platform } from '../../e2e/harness/platform.ts';
import { openDatabase } from '../../signaling/src/database/database.ts';
import { MIGRATED, startMigratedPostgres } from '../../signaling/testing/migrated-template.ts';
import type { Measured, Say } from '../figure.ts';
import { type CountyUser, fillCounty, todayMs } from '../load/county-users.ts';
import { percentile, summary } from '../statistics.ts';

/** Each user asks so often, and looks at each answer for about so long. */
const ASKED = 24;
const LOOK_MS = 1_000;
const ATTENDANCE = '/api/attendance/report?from=2026-09-01&to=2027-01-22';
const ABOUT = '/api/about';

const WORDS = ['', '数学', '分数', 'chengfa', '语文 三年级', '第一课时', '圆明园的毁灭'];

interface Request {
  name: string;
  roles: readonly Role[];
  path(user: CountyUser, nth: number): string;
}

const ALL: readonly Role[] = ['teacher', 'classroom', 'administrator'];
/** The ten commonest: what opening the pages of a school day asks for, and who opens them. */
const REQUESTS: readonly Request[] = [
  { name: 'session', roles: ALL, path: () => '/api/session' },
  { name: 'lessonsToday', roles: ALL, path: () => `/api/lessons?from=${todayMs()}` },
  { name: 'ownWeek', roles: ['teacher'], path: () => '/api/timetable/own' },
  { name: 'lesson', roles: ['teacher', 'classroom'], path: ({ lessonId }) => `/api/lessons/${lessonId}` },
  { name: 'roomScreen', roles: ['classroom'], path: () => '/api/room/screen' },
  {
    name: 'schoolWeek',
    roles: ['teacher', 'administrator'],
    path: ({ organizationId }) => `/api/timetable/week?organizationId=${organizationId}`,
  },
  { name: 'pairings', roles: ['teacher', 'administrator'], path: () => '/api/pairings' },
  {
    name: 'librarySearch',
    roles: ['teacher'],
    path: (_, nth) => `/api/library/search?q=${encodeURIComponent(WORDS[nth % WORDS.length]!)}`,
  },
  { name: 'people', roles: ['administrator'], path: (_, nth) => `/api/people?page=${1 + (nth % 3)}` },
  { name: 'nowBoard', roles: ['administrator'], path: () => '/api/now' },
];

/**
 * The ten commonest requests of a school day by fifty people and rooms at once, each with a session of its own, over
 * HTTP, in the whole application with the demo county and a library. On PGlite and on PostgreSQL; the slower one counts.
 * Against the same fifty asking what the application knows without a look into the database.
 */
export async function measure(say: Say): Promise<Measured> {
  const server = await startMigratedPostgres();
  try {
    const embedded = await measureOn('PGlite', null, say);
    const postgres = await measureOn('PostgreSQL', await server.create(MIGRATED), say);
    const [slower] = [embedded, postgres].toSorted((a, b) => b.value - a.value);
    const { value, baseline, p50 } = slower!;
    return {
      ...{ value, baseline, p50, p95: value },
      detail: { embedded: embedded.told, postgres: postgres.told },
    };
  } finally {
    await server.close();
  }
}

async function measureOn(name: string, url: string | null, say: Say) {
  let users: CountyUser[] = [];
  const told = (text: string) => say(`${name}: ${text}`);
  const env = { TC_DEMO_ENABLED: 'false', ...(url && { TC_DATABASE_URL: url }) };
  const platform = await Platform.start(env, async (dataDir) => {
    const { db, close } = await openDatabase(url ? { url } : join(dataDir, 'database'));
    users = await fillCounty(db, told);
    await close();
  });
  try {
    const { origin } = platform;
    // The first round fills the caches, as the first minute of a day does.
    await goRound(origin, users, { asked: 6, lookMs: 100 });
    const took = await goRound(origin, users, { asked: ASKED, lookMs: LOOK_MS });
    for (const [r, t] of took) told(`${r} ${JSON.stringify(summary(t))}`);
    told(`p95 ${Math.round(percentile([...took.values()].flat(), 0.95))} ms`);
    const hurried = await goRound(origin, users, { asked: ASKED / 2, lookMs: 0 });
    const plain = await goRound(origin, users, { asked: ASKED / 2, lookMs: LOOK_MS, path: ABOUT });
    const attendance = await alone(origin, users.find(({ role }) => role === 'administrator')!);
    const all = [...took.values()].flat();
    return {
      value: percentile(all, 0.95),
      p50: percentile(all, 0.5),
      baseline: percentile([...plain.values()].flat(), 0.95),
      told: {
        routes: Object.fromEntries([...took].map(([route, times]) => [route, summary(times)])),
        /** The same fifty, none of whom looks at an answer before asking again. */
        withoutPause: summary([...hurried.values()].flat()),
        attendanceOfTerm: attendance,
      },
    };
  } finally {
    await platform.close();
  }
}

/** All users at once, each going round its own requests; answers the times by request. */
async function goRound(
  origin: string,
  users: readonly CountyUser[],
  { asked, lookMs, path }: { asked: number; lookMs: number; path?: string },
): Promise<Map<string, number[]>> {
  const times = new Map<string, number[]>();
  await Promise.all(
    users.map(async (user, at) => {
      const own = REQUESTS.filter(({ roles }) => roles.includes(user.role));
      // They do not begin in step.
      await sleep((lookMs * at) / users.length);
      for (let nth = 0; nth < asked; nth += 1) {
        const { name, path: pathOf } = own[(at + nth) % own.length]!;
        const ms = await timeOf(origin, path ?? pathOf(user, nth), user);
        times.set(name, [...(times.get(name) ?? []), ms]);
        await sleep(lookMs * (0.5 + ((at + nth) % 10) / 10));
      }
    }),
  );
  return times;
}

async function timeOf(origin: string, path: string, { cookie }: CountyUser): Promise<number> {
  const begun = performance.now();
  const response = await fetch(origin + path, { headers: { cookie } });
  const text = await response.text();
  const ms = performance.now() - begun;
  if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
  return ms;
}

/** A whole term's, which is no daily question: five times, with nobody else there. */
async function alone(origin: string, user: CountyUser) {
  const times: number[] = [];
  for (let round = 0; round < 5; round += 1) times.push(await timeOf(origin, ATTENDANCE, user));
  return summary(times);
}
