import { type Request, Router } from 'express';
import { Id } from '#protocol/ids.ts';
import {
  ImportLocalLessons,
  LocalLessonExportQuery,
  LocalLessonQuery,
  SaveLocalLesson,
} from '#protocol/local-lessons.ts';
import { actorOf } from '../audit/audit.ts';
import { accountOf } from '../http/guards.ts';
import type { OfficeParts } from '../office/office-api.ts';
import { sendTable } from '../office/table-export.ts';
import { importLocalLessons, localLessonsOf, organizationOfLocal, saveLocalLesson } from './local-lessons.ts';
import { localTable } from './local-table.ts';

/** Schools' own weekly lessons (校内课表); see `protocol/local-lessons.ts`. */
export function localLessonRoutes({ db, office, audit }: OfficeParts): Router {
  const router = Router();

  const changed = (request: Request, organizationId: Id, detail: Record<string, unknown>) =>
    audit.write(actorOf(request), {
      action: 'timetable.changed',
      organizationId,
      object: { kind: 'localLessons', id: organizationId },
      detail,
    });

  router.get('/local-lessons', async (request, response) => {
    const query = LocalLessonQuery.parse(request.query);
    await office.mustMay(accountOf(request), 'timetable.see', query.organizationId);
    response.json(await localLessonsOf(db, query));
  });

  router.get('/local-lessons/export', async (request, response) => {
    const { format, ...query } = LocalLessonExportQuery.parse(request.query);
    await office.mustMay(accountOf(request), 'timetable.see', query.organizationId);
    const rows = await localLessonsOf(db, query);
    await audit.write(actorOf(request), {
      action: 'table.exported',
      organizationId: query.organizationId,
      detail: { table: 'localLessons', rows: rows.length },
    });
    await sendTable(response, localTable(rows, format));
  });

  router.post('/local-lessons', async (request, response) => {
    const lesson = SaveLocalLesson.parse(request.body);
    await office.mustMay(accountOf(request), 'timetable.edit', lesson.organizationId);
    const saved = await saveLocalLesson(db, null, lesson);
    await changed(request, lesson.organizationId, { what: 'local', id: saved.localLessonId });
    response.status(201).json(saved);
  });

  router.post('/local-lessons/import', async (request, response) => {
    const wish = ImportLocalLessons.parse(request.body);
    await office.mustMay(accountOf(request), 'timetable.edit', wish.organizationId);
    const report = await importLocalLessons(db, wish);
    if (!wish.dryRun)
      await changed(request, wish.organizationId, {
        what: 'localImported',
        ...report,
        classGroupId: wish.classGroupId,
      });
    response.json(report);
  });

  /** The local lesson of the address, where the timetable may be edited. */
  async function editable(request: Request): Promise<{ id: Id; organizationId: Id }> {
    const id = Id.parse(request.params.localLessonId);
    const organizationId = await organizationOfLocal(db, id);
    await office.mustMay(accountOf(request), 'timetable.edit', organizationId);
    return { id, organizationId: organizationId! };
  }

  router.put('/local-lessons/:localLessonId', async (request, response) => {
    const { id, organizationId } = await editable(request);
    const saved = await saveLocalLesson(db, id, { ...SaveLocalLesson.parse(request.body), organizationId });
    await changed(request, organizationId, { what: 'local', id });
    response.json(saved);
  });

  router.delete('/local-lessons/:localLessonId', async (request, response) => {
    const { id, organizationId } = await editable(request);
    await db.deleteFrom('local_lesson').where('id', '=', id).execute();
    await changed(request, organizationId, { what: 'localRemoved', id });
    response.json({});
  });

  return router;
}
