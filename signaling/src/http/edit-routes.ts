import express, { type RequestHandler, Router } from 'express';
import { JoinableQuery, RestoreVersion, SaveProgramme, SplitResource } from '#protocol/edit-rest.ts';
import { Id } from '#protocol/ids.ts';
import { durationOf } from '#protocol/programme.ts';
import type { EditService } from '../edit/edit-service.ts';
import { accountOf } from './guards.ts';

/** A programme of 200 clips and 5,000 shots. */
const MAX_PROGRAMME = '2mb';

/**
 * Reads the bodies that are larger than other requests may be; stands before the application's own parser.
 * Nobody's megabytes are read who is not signed in.
 */
export function editBodies(): Router {
  const router = Router();
  const signedIn: RequestHandler = (request, _response, next) => {
    accountOf(request);
    next();
  };
  const body = express.json({ limit: MAX_PROGRAMME });
  router.put('/resources/:resourceId/programme', signedIn, body);
  router.post('/resources/:resourceId/split', signedIn, body);
  return router;
}

/** Editing resources after the lesson; see `protocol/edit-rest.ts`. */
export function editRoutes(edits: EditService): Router {
  const router = Router();

  router.get('/lessons/:lessonId/edit', async (request, response) => {
    response.json(await edits.entry(Id.parse(request.params.lessonId), accountOf(request)));
  });

  router.get('/resources/:resourceId/edit', async (request, response) => {
    response.json(await edits.desk(Id.parse(request.params.resourceId), accountOf(request)));
  });

  router.get('/resources/:resourceId/edit/sources', async (request, response) => {
    const account = accountOf(request);
    const { search } = JoinableQuery.parse(request.query);
    response.json(await edits.joinable(Id.parse(request.params.resourceId), account, search));
  });

  router.get('/resources/:resourceId/edit/sources/:recordingId', async (request, response) => {
    const recordingId = Id.parse(request.params.recordingId);
    await edits.mustMayUse(Id.parse(request.params.resourceId), recordingId, accountOf(request));
    response.json(await edits.sources.source(recordingId));
  });

  router.get('/resources/:resourceId/edit/timelines/:recordingId', async (request, response) => {
    const recordingId = Id.parse(request.params.recordingId);
    await edits.mustMayUse(Id.parse(request.params.resourceId), recordingId, accountOf(request));
    response.json(await edits.sources.timeline(recordingId));
  });

  router.put('/resources/:resourceId/programme', async (request, response) => {
    const account = accountOf(request);
    const { seen, programme } = SaveProgramme.parse(request.body);
    const version = await edits.save(Id.parse(request.params.resourceId), seen, programme, account);
    response.json({ version, durationMs: durationOf(programme) });
  });

  router.post('/resources/:resourceId/split', async (request, response) => {
    const account = accountOf(request);
    const made = await edits.split(
      Id.parse(request.params.resourceId),
      SplitResource.parse(request.body),
      account,
    );
    response.status(201).json({ made });
  });

  router.get('/resources/:resourceId/versions', async (request, response) => {
    response.json(await edits.versions(Id.parse(request.params.resourceId), accountOf(request)));
  });

  router.post('/resources/:resourceId/versions', async (request, response) => {
    const account = accountOf(request);
    const { seen, version } = RestoreVersion.parse(request.body);
    const restored = await edits.restore(Id.parse(request.params.resourceId), seen, version, account);
    response.json({ ...restored, durationMs: durationOf(restored.programme) });
  });

  return router;
}
