import { type Request, Router } from 'express';
import { AppError } from '#protocol/errors.ts';
import { Id } from '#protocol/ids.ts';
import { NewQuestion } from '#protocol/library.ts';
import { fitsAsRight } from '#protocol/results.ts';
import type { QuestionRepository } from '../library/question-repository.ts';
import { accountOf } from './guards.ts';

const PATH = '/courses/:courseId/questions';

/** The question library of a course; see `protocol/library.ts`. */
export function questionRoutes(questions: QuestionRepository): Router {
  const router = Router();

  /** @throws AppError FORBIDDEN for who does not teach the course, whether there is such a course or not. */
  async function kept(request: Request): Promise<{ courseId: string; organizationId: string }> {
    const account = accountOf(request);
    const courseId = Id.parse(request.params.courseId);
    const organizationId = await questions.keptBy(courseId, account);
    if (!organizationId) throw new AppError('FORBIDDEN', `${account.role} keeps no questions of this course`);
    return { courseId, organizationId };
  }

  function wellFormed(body: unknown): NewQuestion {
    const asked = NewQuestion.parse(body);
    if (asked.right && !fitsAsRight(asked.question, asked.right))
      throw new AppError('BAD_REQUEST', 'the right answer is none to this question');
    return asked;
  }

  router.get(PATH, async (request, response) => {
    const { courseId } = await kept(request);
    response.json(await questions.all(courseId));
  });

  router.post(PATH, async (request, response) => {
    const { courseId, organizationId } = await kept(request);
    const { accountId } = accountOf(request);
    const added = await questions.add(courseId, organizationId, accountId, wellFormed(request.body));
    response.status(201).json(added);
  });

  router.post(`${PATH}/:questionId`, async (request, response) => {
    const { courseId } = await kept(request);
    const changed = await questions.change(
      courseId,
      Id.parse(request.params.questionId),
      wellFormed(request.body),
    );
    if (!changed) throw new AppError('NOT_FOUND', 'no such question');
    response.json(changed);
  });

  router.delete(`${PATH}/:questionId`, async (request, response) => {
    const { courseId } = await kept(request);
    if (!(await questions.remove(courseId, Id.parse(request.params.questionId))))
      throw new AppError('NOT_FOUND', 'no such question');
    response.json({});
  });

  return router;
}
