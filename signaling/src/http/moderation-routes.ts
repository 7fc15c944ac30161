import express, { type Request, Router } from 'express';
import { AppError } from '#protocol/errors.ts';
import { ImportQuery, MAX_IMPORT_BYTES, RemoveWords, WordQuery } from '#protocol/moderation.ts';
import { type Audit, actorOf } from '../audit/audit.ts';
import { noteOf } from '../audit/note.ts';
import type { WordLists } from '../moderation/word-lists.ts';
import type { WordRepository } from '../moderation/word-repository.ts';
import { accountOf } from './guards.ts';

const WORDS = { kind: 'setting', id: 'sensitiveWords' };

/** The bureau's sensitive words; see `protocol/moderation.ts`. */
export function moderationRoutes(words: WordRepository, lists: WordLists, audit: Audit): Router {
  const router = Router();

  /** @throws AppError FORBIDDEN for everybody but an administrator of a bureau. */
  async function administered(request: Request): Promise<{ bureauId: string; accountId: string }> {
    const { accountId, role, organizationId } = accountOf(request);
    const bureauId = role === 'administrator' ? await words.bureauOf(organizationId) : null;
    if (!bureauId) throw new AppError('FORBIDDEN', `${role} keeps no word list`);
    return { bureauId, accountId };
  }

  router.get('/moderation/words', async (request, response) => {
    const { bureauId } = await administered(request);
    const { search, offset } = WordQuery.parse(request.query);
    response.json(await words.page(bureauId, search, offset));
  });

  router.post(
    '/moderation/words',
    // Nobody else's megabytes are read.
    async (request, _response, next) => {
      await administered(request);
      next();
    },
    express.text({ type: 'text/plain', limit: MAX_IMPORT_BYTES }),
    async (request, response) => {
      const { bureauId, accountId } = await administered(request);
      const { class: wordClass } = ImportQuery.parse(request.query);
      if (typeof request.body !== 'string')
        throw new AppError('UNSUPPORTED_MEDIA', 'words come as text/plain');
      // Thousands of words go in statement by statement: whether they can be written down is asked before.
      await audit.mustStand();
      const done = await words.import(bureauId, request.body, wordClass, accountId);
      const { batchId, added, known } = done;
      await audit.write(actorOf(request), {
        ...{ action: 'setting.changed', organizationId: bureauId, object: WORDS },
        detail: { wordClass, batchId, added, known },
      });
      await lists.refresh();
      response.status(201).json(done);
    },
  );

  router.delete('/moderation/words', async (request, response) => {
    const { bureauId } = await administered(request);
    const which = RemoveWords.parse(request.body);
    const line = { action: 'setting.changed', object: WORDS, detail: { removed: which } } as const;
    const removed = await words.remove(bureauId, which, noteOf(audit, request, line));
    await lists.refresh();
    response.json({ removed });
  });

  return router;
}
