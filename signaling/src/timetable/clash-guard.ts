import type { z } from 'zod';
import { type Clash, ClashDraft, clashField } from '#protocol/clashes.ts';
import type { Account } from '#protocol/domain.ts';
import { AppError } from '#protocol/errors.ts';
import type { Id } from '#protocol/ids.ts';
import type { Db } from '../database/database.ts';
import { type ClashParts, clashesOf } from './clashes.ts';

/**
 * Lets a lesson be planned when nobody and no room is in another one then, or when whoever plans it has read who is.
 * Two who save at the same moment may both pass: the list of clashes (`standingClashes`) shows what came of it.
 * @throws AppError CLASHES with a field for each
 */
export async function mustKnowClashes(
  parts: ClashParts,
  account: Account,
  despiteClashes: boolean,
  draft: z.input<typeof ClashDraft>,
): Promise<void> {
  if (despiteClashes) return;
  const clashes: Clash[] = await clashesOf(parts, account, ClashDraft.parse(draft));
  if (clashes.length > 0)
    throw new AppError('CLASHES', 'somebody or some room is in another lesson then', {
      fields: clashes.map(clashField),
    });
}

interface LessonRow {
  id: Id;
  organization_id: Id;
  course_id: Id;
  teacher_id: Id;
  master_classroom_id: Id;
  master_class_group_id: Id | null;
}

/** What a planned lesson needs, and what it is: all of a draft but where it goes. */
export async function draftOf(db: Db, lesson: LessonRow) {
  const remotes = await db
    .selectFrom('lesson_remote')
    .select(['classroom_id as classroomId', 'class_group_id as classGroupId', 'assistant_id as assistantId'])
    .where('lesson_id', '=', lesson.id)
    .execute();
  const course = await db
    .selectFrom('course')
    .select('subject')
    .where('id', '=', lesson.course_id)
    .executeTakeFirst();
  return {
    ...{ kind: 'lesson' as const, organizationId: lesson.organization_id, lessonId: lesson.id },
    subject: course?.subject ?? null,
    parties: {
      teacherId: lesson.teacher_id,
      masterClassroomId: lesson.master_classroom_id,
      masterClassGroupId: lesson.master_class_group_id,
      remotes,
    },
  };
}
