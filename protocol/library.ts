import { z } from 'zod';
import { Question, RightAnswer } from './asking.ts';
import { Id, WallMs } from './ids.ts';

/*
 * The question library of a course (题库), for those who teach it.
 *
 *   GET    /api/courses/:id/questions              LibraryQuestion[]   (newest first)
 *   POST   /api/courses/:id/questions              NewQuestion → LibraryQuestion
 *   POST   /api/courses/:id/questions/:questionId  NewQuestion → LibraryQuestion
 *   DELETE /api/courses/:id/questions/:questionId  → {}
 */

export const MAX_LIBRARY = 1_000;

export const NewQuestion = z.object({ question: Question, right: RightAnswer.nullable() });
export type NewQuestion = z.infer<typeof NewQuestion>;

export const LibraryQuestion = NewQuestion.extend({ questionId: Id, addedAt: WallMs });
export type LibraryQuestion = z.infer<typeof LibraryQuestion>;
