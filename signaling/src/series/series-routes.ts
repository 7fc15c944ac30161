import { type Request, Router } from 'express';
import { z } from 'zod';
import { Id } from '#protocol/ids.ts';
import {
  type Series,
  SeriesChange,
  type SeriesChoices,
  SeriesDraft,
  SeriesLessonCancel,
  SeriesLessonDraft,
  SeriesMove,
} from '#protocol/series.ts';
import { actorOf } from '../audit/audit.ts';
import { accountOf } from '../http/guards.ts';
import { roomsWithin, searchPeople, subjectsAndGrades } from '../invitation/county.ts';
import { organizationsBelow } from '../office/office-access.ts';
import type { OfficeParts } from '../office/office-api.ts';
import { OpenSeriesReader } from './open-series.ts';
import { SeriesRepository } from './series-repository.ts';

const Place = z.object({ organizationId: Id });
const PeopleQuery = Place.extend({ q: z.string().max(100).default('') });

/** Open lessons as programmes, and their public pages; see `protocol/series.ts`. */
export function seriesRoutes(parts: OfficeParts, clock: () => number = Date.now): Router {
  const { db, office, audit, config } = parts;
  const all = new SeriesRepository(db, office, config.school.timeZone, clock);
  const open = new OpenSeriesReader(db, clock);
  const router = Router();
  const idOf = ({ params }: Request): Id => Id.parse(params.seriesId);
  const lessonIdOf = ({ params }: Request): Id => Id.parse(params.lessonId);

  async function traced(
    request: Request,
    series: Series,
    what: string,
    detail: object = {},
  ): Promise<Series> {
    const { organizationId, seriesId: id, title } = series;
    await audit.write(actorOf(request), {
      action: 'series.changed',
      organizationId,
      object: { kind: 'series', id },
      detail: { what, title, ...detail },
    });
    return series;
  }

  router.get('/series', async (request, response) => {
    response.json(await all.ofMine(accountOf(request)));
  });
  router.post('/series', async (request, response) => {
    const series = await all.make(accountOf(request), SeriesDraft.parse(request.body));
    response.status(201).json(await traced(request, series, 'made'));
  });
  router.get('/series/choices', async (request, response) => {
    const account = accountOf(request);
    const { organizationId } = Place.parse(request.query);
    await office.mustMay(account, 'series.edit', organizationId);
    response.json({
      organizations: await db
        .selectFrom('organization')
        .select(['id as organizationId', 'name'])
        .where(office.where(account, 'series.edit', 'organization.id'))
        .where('archived_at', 'is', null)
        .orderBy('ordinal')
        .orderBy('name')
        .execute(),
      rooms: await roomsWithin(db, organizationsBelow(organizationId)),
      ...(await subjectsAndGrades(db, organizationId)),
    } satisfies SeriesChoices);
  });
  router.get('/series/people', async (request, response) => {
    const { organizationId, q } = PeopleQuery.parse(request.query);
    await office.mustMay(accountOf(request), 'series.edit', organizationId);
    response.json(await searchPeople(db, organizationsBelow(organizationId), q));
  });
  router.get('/series/:seriesId', async (request, response) => {
    response.json(await all.find(accountOf(request), idOf(request)));
  });
  router.put('/series/:seriesId', async (request, response) => {
    const change = SeriesChange.parse(request.body);
    const series = await all.change(accountOf(request), idOf(request), change);
    response.json(await traced(request, series, 'changed'));
  });
  router.delete('/series/:seriesId', async (request, response) => {
    await traced(request, await all.remove(accountOf(request), idOf(request)), 'deleted');
    response.json({});
  });
  router.post('/series/:seriesId/state', async (request, response) => {
    const { to, version } = SeriesMove.parse(request.body);
    const series = await all.move(accountOf(request), idOf(request), to, version);
    response.json(await traced(request, series, to));
  });
  router.post('/series/:seriesId/lessons', async (request, response) => {
    const draft = SeriesLessonDraft.parse(request.body);
    const series = await all.addLesson(accountOf(request), idOf(request), draft);
    response.status(201).json(await traced(request, series, 'lessonAdded', { lesson: draft.title }));
  });
  router.put('/series/:seriesId/lessons/:lessonId', async (request, response) => {
    const draft = SeriesLessonDraft.parse(request.body);
    const lessonId = lessonIdOf(request);
    const series = await all.changeLesson(accountOf(request), idOf(request), lessonId, draft);
    response.json(await traced(request, series, 'lessonChanged', { lessonId }));
  });
  router.post('/series/:seriesId/lessons/:lessonId/cancel', async (request, response) => {
    const { version, reason } = SeriesLessonCancel.parse(request.body);
    const lessonId = lessonIdOf(request);
    const series = await all.cancelLesson(accountOf(request), idOf(request), lessonId, version, reason);
    response.json(await traced(request, series, 'lessonCancelled', { lessonId, reason }));
  });
  router.delete('/series/:seriesId/lessons/:lessonId', async (request, response) => {
    const lessonId = lessonIdOf(request);
    const series = await all.removeLesson(accountOf(request), idOf(request), lessonId);
    response.json(await traced(request, series, 'lessonRemoved', { lessonId }));
  });

  router.get('/open', async (_request, response) => {
    response.json(await open.all());
  });
  router.get('/open/:seriesId', async (request, response) => {
    response.json(await open.find(idOf(request)));
  });
  router.get('/open/:seriesId/calendar.ics', async (request, response) => {
    const { title, text } = await open.calendar(idOf(request), `${request.protocol}://${request.host}`);
    response.attachment(`${title}.ics`).type('text/calendar; charset=utf-8').send(text);
  });
  return router;
}
