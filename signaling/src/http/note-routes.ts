import { type Request, Router } from 'express';
import { AppError } from '#protocol/errors.ts';
import { Id } from '#protocol/ids.ts';
import { NewNote } from '#protocol/notes.ts';
import { notesAsMarkdown } from '../notes/note-export.ts';
import type { NoteRepository } from '../notes/note-repository.ts';
import { SUBJECT_KINDS, type Subject, type Subjects } from '../notes/subjects.ts';
import { accountOf } from './guards.ts';

/** One's own notes on a replay; see `protocol/notes.ts`. */
export function noteRoutes(subjects: Subjects, notes: NoteRepository): Router {
  const router = Router();
  for (const kind of SUBJECT_KINDS) {
    const path = `/${kind}/:subjectId/notes`;
    const watched = async (request: Request): Promise<[Id, Subject]> => {
      const account = accountOf(request);
      return [
        account.accountId,
        await subjects.of(kind, request.params.subjectId, account, request.headers.cookie),
      ];
    };
    const noteIdOf = (request: Request): Id => Id.parse(request.params.noteId);

    router.get(path, async (request, response) => {
      response.json(await notes.all(...(await watched(request))));
    });

    router.get(`${path}.md`, async (request, response) => {
      const [accountId, subject] = await watched(request);
      const text = notesAsMarkdown(subject.title, await notes.all(accountId, subject));
      const name = encodeURIComponent(`${subject.title}.md`).replace(/['()*]/g, '');
      response.setHeader('Content-Security-Policy', "default-src 'none'; sandbox");
      response.setHeader('Content-Disposition', `attachment; filename="notes.md"; filename*=UTF-8''${name}`);
      response.type('text/markdown; charset=utf-8').send(text);
    });

    router.post(path, async (request, response) => {
      const [accountId, subject] = await watched(request);
      response.status(201).json(await notes.add(accountId, subject, NewNote.parse(request.body)));
    });

    router.put(`${path}/:noteId`, async (request, response) => {
      const [accountId, subject] = await watched(request);
      const changed = await notes.change(accountId, subject, noteIdOf(request), NewNote.parse(request.body));
      if (!changed) throw new AppError('NOT_FOUND', 'no such note');
      response.json(changed);
    });

    router.delete(`${path}/:noteId`, async (request, response) => {
      const [accountId, subject] = await watched(request);
      if (!(await notes.remove(accountId, subject, noteIdOf(request))))
        throw new AppError('NOT_FOUND', 'no such note');
      response.json({});
    });

    router.post(`${path}/:noteId/restore`, async (request, response) => {
      const [accountId, subject] = await watched(request);
      const restored = await notes.restore(accountId, subject, noteIdOf(request));
      if (!restored) throw new AppError('NOT_FOUND', 'no such note');
      response.json(restored);
    });
  }
  return router;
}
