import type { Lesson } from '#protocol/domain.ts';
import { AppError } from '#protocol/errors.ts';
import { type Action, type LessonRole, may, mayIn } from '#protocol/permission.ts';

/**
 * Passes when who sees `lesson` may do `action` in it.
 * @throws AppError FORBIDDEN for who may not, LESSON_CANCELLED where nobody may because it is called off.
 */
export function mustMay(lesson: Pick<Lesson, 'role' | 'cancelled'>, action: Action): void {
  if (!may(lesson.role as LessonRole, action))
    throw new AppError('FORBIDDEN', `${lesson.role} may not ${action}`);
  if (!mayIn(lesson, action)) throw new AppError('LESSON_CANCELLED', 'the lesson is called off');
}
