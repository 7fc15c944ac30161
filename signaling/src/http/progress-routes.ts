import { Router } from 'express';
import { ProgressReport } from '#protocol/progress.ts';
import type { ProgressRepository } from '../notes/progress-repository.ts';
import { idOf, type SubjectKind, type Subjects } from '../notes/subjects.ts';
import { accountOf } from './guards.ts';

/** How far one has watched; see `protocol/progress.ts`. Everybody reads and writes their own alone. */
export function progressRoutes(subjects: Subjects, progress: ProgressRepository): Router {
  const router = Router();

  router.get('/progress', async (request, response) => {
    response.json(await progress.recent(accountOf(request).accountId));
  });

  for (const kind of ['lessons', 'resources'] satisfies SubjectKind[]) {
    const path = `/${kind}/:subjectId/progress`;

    router.get(path, async (request, response) => {
      const account = accountOf(request);
      const subjectId = idOf(
        await subjects.of(kind, request.params.subjectId, account, request.headers.cookie),
      );
      const known = await progress.of(account.accountId, [subjectId]);
      response.json({ progress: known.get(subjectId) ?? null });
    });

    router.post(path, async (request, response) => {
      const account = accountOf(request);
      const report = ProgressReport.parse(request.body);
      const subject = await subjects.of(kind, request.params.subjectId, account, request.headers.cookie);
      response.json({ progress: await progress.report(account.accountId, subject, report) });
    });
  }

  return router;
}
