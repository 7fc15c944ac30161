import { Router } from 'express';
import { z } from 'zod';
import { addDays, instantOf } from '#protocol/calendar.ts';
import { AppError } from '#protocol/errors.ts';
import { Id } from '#protocol/ids.ts';
import { CalendarFeedQuery, OwnQuery } from '#protocol/own-week.ts';
import type { AccountRepository } from '../account/account-repository.ts';
import { actorOf } from '../audit/audit.ts';
import type { Db } from '../database/database.ts';
import { accountOf } from '../http/guards.ts';
import { LessonRepository } from '../lesson/lesson-repository.ts';
import type { OfficeParts } from '../office/office-api.ts';
import { CalendarFeeds } from './calendar-feeds.ts';
import { icalOf } from './ical.ts';
import { ownWeek, sitsIn } from './own-week.ts';
import { todayIn } from './school-week.ts';

/** How far a calendar reaches: what was, for looking back; what is to come, a term and a half. */
const DAYS_BACK = 60;
const DAYS_AHEAD = 240;
const Token = z.string().regex(/^[A-Za-z0-9_-]{20,100}$/);

/** Everybody's own week and the addresses of their calendars; see `protocol/own-week.ts`. */
export function ownTimetableRoutes({ db, config, office, audit }: OfficeParts): Router {
  const router = Router();
  const { timeZone } = config.school;
  const feeds = new CalendarFeeds(db, office);
  const lessons = new LessonRepository(db, timeZone);

  router.get('/timetable/own', async (request, response) => {
    const query = OwnQuery.parse(request.query);
    response.json(await ownWeek({ db, office, lessons, timeZone }, accountOf(request), query));
  });

  router.get('/calendar-feeds', async (request, response) => {
    const account = accountOf(request);
    const { accountId } = CalendarFeedQuery.parse(request.query);
    response.json(await feeds.of(account, accountId));
  });

  router.post('/calendar-feeds', async (request, response) => {
    const account = accountOf(request);
    const { accountId } = CalendarFeedQuery.parse(request.body);
    const made = await feeds.make(account, accountId);
    await audit.write(actorOf(request), {
      action: 'timetable.changed',
      organizationId: account.organizationId,
      object: { kind: 'calendarFeed', id: made.feed.feedId },
      detail: { what: 'feedMade', accountId },
    });
    response.status(201).json(made);
  });

  router.delete('/calendar-feeds/:feedId', async (request, response) => {
    const account = accountOf(request);
    const feedId = Id.parse(request.params.feedId);
    const { accountId } = CalendarFeedQuery.parse(request.query);
    await feeds.revoke(account, feedId, accountId);
    await audit.write(actorOf(request), {
      action: 'timetable.changed',
      organizationId: account.organizationId,
      object: { kind: 'calendarFeed', id: feedId },
      detail: { what: 'feedRevoked', accountId },
    });
    response.json({});
  });

  return router;
}

/** `/calendar/<token>.ics`: read by calendar programs, which sign in nowhere. */
export function calendarRoutes({
  db,
  accounts,
  office,
  timeZone,
}: {
  db: Db;
  accounts: AccountRepository;
  office: OfficeParts['office'];
  timeZone: string;
}): Router {
  const router = Router();
  const feeds = new CalendarFeeds(db, office);
  const lessons = new LessonRepository(db, timeZone);

  router.get('/:file', async (request, response) => {
    const token = Token.safeParse(/^(.*)\.ics$/.exec(request.params.file)?.[1]);
    const accountId = token.success ? await feeds.accountIdOf(token.data) : null;
    const account = accountId && (await accounts.find(accountId));
    if (!account) throw new AppError('NOT_FOUND', 'no such calendar');
    const today = todayIn(timeZone);
    const found = await lessons.between(
      new Date(instantOf(addDays(today, -DAYS_BACK), 0, timeZone)),
      new Date(instantOf(addDays(today, DAYS_AHEAD), 0, timeZone)),
      account,
      sitsIn({ view: 'me', id: account.accountId }, account),
    );
    const changed = await changedAt(
      db,
      found.map(({ lessonId }) => lessonId),
    );
    response.setHeader('Cache-Control', 'private, max-age=300');
    response.setHeader('Referrer-Policy', 'no-referrer');
    response.type('text/calendar; charset=utf-8').send(
      icalOf(
        `${account.name} ${account.organizationName}`,
        found.map((lesson) => ({ lesson, changedAt: changed.get(lesson.lessonId)! })),
        request.hostname || 'three-classrooms',
      ),
    );
  });

  return router;
}

async function changedAt(db: Db, ids: readonly Id[]): Promise<Map<Id, Date>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('lesson')
    .select(['id', 'changed_at'])
    .where('id', 'in', [...ids])
    .execute();
  return new Map(rows.map(({ id, changed_at }) => [id, changed_at]));
}
