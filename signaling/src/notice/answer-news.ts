import type { Id } from '#protocol/ids.ts';
import type { Db } from '../database/database.ts';
import { matterOfLesson } from './lesson-news.ts';
import { pictureOf } from './lesson-picture.ts';
import { hasSeen, tell } from './tell.ts';

/** Tells who has invited somebody to a lesson what they answer; another answer takes the place of an unread one. */
export async function tellOfAnswer(
  trx: Db,
  lessonId: Id,
  guestId: Id,
  answer: 'accepted' | 'declined',
): Promise<void> {
  const { invited_by, part, planned_start } = await trx
    .selectFrom('invitation')
    .innerJoin('lesson', 'lesson.id', 'invitation.lesson_id')
    .select(['invitation.invited_by', 'invitation.part', 'lesson.planned_start'])
    .where('lesson_id', '=', lessonId)
    .where('account_id', '=', guestId)
    .executeTakeFirstOrThrow();
  await hasSeen(trx, matterOfLesson(lessonId), guestId);
  const picture = await pictureOf(trx, lessonId);
  if (invited_by === guestId || !picture) return;
  await tell(trx, [
    {
      ...{
        accountId: invited_by,
        part: 'host',
        matter: `answer ${lessonId} ${guestId}`,
        by: guestId,
        lessonId,
      },
      body: {
        ...{ kind: 'answer', answer, part, lesson: picture.lesson },
        start: planned_start.getTime(),
      },
    },
  ]);
}
