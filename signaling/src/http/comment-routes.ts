import { type Request, Router } from 'express';
import type { Account } from '#protocol/domain.ts';
import { AppError } from '#protocol/errors.ts';
import { Id } from '#protocol/ids.ts';
import { type CommentPage, NewComment } from '#protocol/notes.ts';
import type { WordLists } from '../moderation/word-lists.ts';
import type { CommentRepository } from '../notes/comment-repository.ts';
import { SUBJECT_KINDS, type Subject, type Subjects } from '../notes/subjects.ts';
import { accountOf } from './guards.ts';

/** Comments at a second of a replay; see `protocol/notes.ts`. */
export function commentRoutes(subjects: Subjects, comments: CommentRepository, wordLists: WordLists): Router {
  const router = Router();
  for (const kind of SUBJECT_KINDS) {
    const path = `/${kind}/:subjectId/comments`;
    const watched = async (request: Request): Promise<[Subject, Account]> => {
      const account = accountOf(request);
      return [await subjects.of(kind, request.params.subjectId, account, request.headers.cookie), account];
    };
    const idIn = (request: Request): Id => Id.parse(request.params.commentId);

    router.get(path, async (request, response) => {
      const [subject, account] = await watched(request);
      const { mayComment: mayWrite, mayModerate } = subject;
      const all = await comments.all(subject, account);
      response.json({ comments: all, mayWrite, mayModerate } satisfies CommentPage);
    });

    router.post(path, async (request, response) => {
      const [subject, account] = await watched(request);
      if (!subject.mayComment) throw new AppError('FORBIDDEN', 'may not comment here');
      const comment = NewComment.parse(request.body);
      const words = await wordLists.ofOrganization(subject.organizationId);
      const found = words(comment.text);
      if (found === 'block') throw new AppError('SENSITIVE_WORD', 'a word in it may not be said here');
      const held = found === 'hold' && !subject.mayModerate;
      response.status(201).json(await comments.add(subject, account, comment, held));
    });

    router.post(`${path}/:commentId/approve`, async (request, response) => {
      const [subject, account] = await watched(request);
      if (!subject.mayModerate) throw new AppError('FORBIDDEN', 'may not moderate here');
      response.json(await comments.approve(subject, idIn(request), account));
    });

    router.delete(`${path}/:commentId`, async (request, response) => {
      const [subject, account] = await watched(request);
      const { commentId, mine } = await comments.find(subject, idIn(request), account);
      if (!mine && !subject.mayModerate) throw new AppError('FORBIDDEN', 'another’s comment');
      await comments.remove(subject, commentId, account);
      response.json({});
    });

    router.post(`${path}/:commentId/restore`, async (request, response) => {
      const [subject, account] = await watched(request);
      response.json(await comments.restore(subject, idIn(request), account));
    });
  }
  return router;
}
