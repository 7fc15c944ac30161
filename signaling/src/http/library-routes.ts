import { type Request, Router } from 'express';
import { AppError } from '#protocol/errors.ts';
import { Id } from '#protocol/ids.ts';
import { SearchQuery, SuggestionQuery } from '#protocol/search.ts';
import type { Db } from '../database/database.ts';
import type { Cards } from '../library/cards.ts';
import { readCatalogue } from '../library/catalogue.ts';
import type { Indexer } from '../library/indexer.ts';
import { relatedTo } from '../library/related.ts';
import { SearchRepository } from '../library/search-repository.ts';
import { suggestionsFor } from '../library/suggestions.ts';
import type { ResourceAccess } from '../resource/access.ts';
import type { ResourceRepository } from '../resource/resource-repository.ts';
import { accountOf, viewerOf } from './guards.ts';

export interface LibraryRouteServices {
  db: Db;
  cards: Cards;
  resources: ResourceRepository;
  access: ResourceAccess;
  indexer: Indexer;
}

/** Finding resources; see `protocol/search.ts`. Also for who has not signed in. */
export function libraryRoutes({ db, cards, resources, access, indexer }: LibraryRouteServices): Router {
  const router = Router();
  const search = new SearchRepository(db, cards);
  const catalogue = readCatalogue();

  router.get('/library/search', async (request, response) => {
    response.json(await search.search(SearchQuery.parse(request.query), visitor(request)));
  });

  router.get('/library/suggestions', async (request, response) => {
    const { q } = SuggestionQuery.parse(request.query);
    response.json(await suggestionsFor(db, q, visitor(request)));
  });

  router.get('/library/catalogue', (_request, response) => {
    response.json(catalogue);
  });

  router.get('/library/resources/:resourceId/related', async (request, response) => {
    const account = visitor(request);
    const row = await access.permitted(
      Id.parse(request.params.resourceId),
      account,
      'resource.see',
      request.headers.cookie,
    );
    response.json(await relatedTo(db, cards, row, account));
  });

  router.post('/library/resources/:resourceId/plays', async (request, response) => {
    const account = visitor(request);
    const resourceId = Id.parse(request.params.resourceId);
    await access.permitted(resourceId, account, 'resource.watch', request.headers.cookie);
    await resources.countPlay(resourceId, viewerOf(request, account?.accountId ?? null));
    response.json({});
  });

  router.post('/library/reindex', async (request, response) => {
    const { role } = accountOf(request);
    if (role !== 'administrator') throw new AppError('FORBIDDEN', `${role} may not reindex`);
    await indexer.rebuild();
    response.status(202).json({});
  });

  return router;
}

const visitor = (request: Request) => request.res?.locals.account ?? null;
