import { type Request, Router } from 'express';
import { Id } from '#protocol/ids.ts';
import { PlaylistItems, type PlaylistPage, PlaylistText } from '#protocol/shelf.ts';
import type { Db } from '../database/database.ts';
import type { Cards } from '../library/cards.ts';
import { Favourites } from '../library/favourites.ts';
import { Playlists } from '../library/playlists.ts';
import { withProgress } from '../library/shelf-items.ts';
import { Shelves } from '../library/shelves.ts';
import { ProgressRepository } from '../notes/progress-repository.ts';
import type { ResourceAccess } from '../resource/access.ts';
import { accountOf } from './guards.ts';

export interface ShelfRouteServices {
  db: Db;
  cards: Cards;
  access: ResourceAccess;
}

/** What people keep and put together; see `protocol/shelf.ts`. */
export function shelfRoutes({ db, cards, access }: ShelfRouteServices): Router {
  const router = Router();
  const shelves = new Shelves(db, cards);
  const favourites = new Favourites(db, cards);
  const playlists = new Playlists(db, cards);
  const progress = new ProgressRepository(db);

  router.get('/library/favourites', async (request, response) => {
    response.json(await favourites.of(accountOf(request)));
  });

  router.put('/library/favourites/:resourceId', async (request, response) => {
    const account = accountOf(request);
    const resourceId = idIn(request, 'resourceId');
    await access.permitted(resourceId, account, 'resource.see', request.headers.cookie);
    await favourites.put(resourceId, account);
    response.json({});
  });

  router.delete('/library/favourites/:resourceId', async (request, response) => {
    await favourites.remove(idIn(request, 'resourceId'), accountOf(request));
    response.json({});
  });

  router.get('/library/playlists', async (request, response) => {
    response.json(await playlists.of(accountOf(request)));
  });

  router.post('/library/playlists', async (request, response) => {
    const account = accountOf(request);
    const playlistId = await playlists.create(PlaylistText.parse(request.body), account);
    response.status(201).json((await playlists.open(playlistId, account)).playlist);
  });

  const page = async (request: Request): Promise<PlaylistPage> => {
    const account = request.res?.locals.account ?? null;
    const { playlist, own, cards: seen } = await playlists.open(idIn(request, 'playlistId'), account);
    return { ...playlist, own, items: await withProgress(progress, seen, account) };
  };

  router.get('/library/playlists/:playlistId', async (request, response) => {
    response.json(await page(request));
  });

  router.post('/library/playlists/:playlistId', async (request, response) => {
    const account = accountOf(request);
    const playlistId = idIn(request, 'playlistId');
    await playlists.change(playlistId, PlaylistText.parse(request.body), account);
    response.json((await playlists.open(playlistId, account)).playlist);
  });

  router.delete('/library/playlists/:playlistId', async (request, response) => {
    await playlists.remove(idIn(request, 'playlistId'), accountOf(request));
    response.json({});
  });

  router.post('/library/playlists/:playlistId/restore', async (request, response) => {
    const account = accountOf(request);
    const playlistId = idIn(request, 'playlistId');
    await playlists.restore(playlistId, account);
    response.json((await playlists.open(playlistId, account)).playlist);
  });

  router.put('/library/playlists/:playlistId/items', async (request, response) => {
    const { resourceIds } = PlaylistItems.parse(request.body);
    await playlists.arrange(idIn(request, 'playlistId'), resourceIds, accountOf(request));
    response.json(await page(request));
  });

  router.post('/library/playlists/:playlistId/items/:resourceId', async (request, response) => {
    const account = accountOf(request);
    const resourceId = idIn(request, 'resourceId');
    await access.permitted(resourceId, account, 'resource.see', request.headers.cookie);
    await playlists.add(idIn(request, 'playlistId'), resourceId, account);
    response.json({});
  });

  router.delete('/library/playlists/:playlistId/items/:resourceId', async (request, response) => {
    await playlists.take(idIn(request, 'playlistId'), idIn(request, 'resourceId'), accountOf(request));
    response.json({});
  });

  router.get('/library/teachers/:accountId', async (request, response) => {
    response.json(await shelves.ofTeacher(idIn(request, 'accountId'), visitor(request)));
  });

  router.get('/library/schools/:organizationId', async (request, response) => {
    response.json(await shelves.ofSchool(idIn(request, 'organizationId'), visitor(request)));
  });

  router.get('/library/courses/:courseId', async (request, response) => {
    const account = visitor(request);
    const { cards: seen, lessonOf, ...course } = await shelves.ofCourse(idIn(request, 'courseId'), account);
    const items = await withProgress(progress, seen, account);
    response.json({
      ...course,
      items: items.map((item) => ({ ...item, ...lessonOf(item.card.resourceId) })),
    });
  });

  return router;
}

const visitor = (request: Request) => request.res?.locals.account ?? null;
const idIn = (request: Request, name: string): Id => Id.parse(request.params[name]);
