import type { Id } from '#protocol/ids.ts';
import type { LessonStanding } from '#protocol/notice.ts';
import type { Db } from '../database/database.ts';
import { type LessonPicture, pictureOf } from './lesson-picture.ts';
import { hasSeen, type Told, tell, withdraw } from './tell.ts';

export const matterOfLesson = (lessonId: Id): string => `lesson ${lessonId}`;

/**
 * Does something to a lesson and tells everybody whom it concerns what is different for them. An unread notice grows
 * with it, from what they knew to what is now; where that is the same again it is withdrawn, as nothing has happened.
 * @param trx the transaction of the change. @param by who did it, who is not told. @returns what `change` gives.
 */
export async function tellingOfLesson<Result>(
  trx: Db,
  lessonId: Id,
  by: Id | null,
  change: () => Promise<Result>,
): Promise<Result> {
  const before = await pictureOf(trx, lessonId);
  const result = await change();
  await tellOfLesson(trx, lessonId, by, before);
  return result;
}

/** @param before null: the lesson is new. */
export async function tellOfLesson(
  trx: Db,
  lessonId: Id,
  by: Id | null,
  before: LessonPicture | null,
): Promise<void> {
  const after = await pictureOf(trx, lessonId);
  const lesson = after?.lesson ?? before?.lesson;
  if (!lesson) return;
  const matter = matterOfLesson(lessonId);
  const everybody = new Set([...(before?.people.keys() ?? []), ...(after?.people.keys() ?? [])]);
  await hasSeen(trx, matter, by);
  const unread = await trx
    .selectFrom('notice')
    .select(['account_id', 'body'])
    .where('matter', '=', matter)
    .where('account_id', 'in', [...everybody])
    .where('read_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .execute();
  const known = new Map(
    unread.map(({ account_id, body }) => [account_id, body.kind === 'lesson' ? body.was : null]),
  );
  const news: Told[] = [];
  const over: Id[] = [];
  for (const accountId of everybody) {
    if (accountId === by) continue;
    const stood = before?.people.get(accountId) ?? null;
    const now = after?.people.get(accountId) ?? null;
    if (isSame(stood, now)) continue;
    const was = known.has(accountId) ? (known.get(accountId) ?? null) : stood;
    if (isSame(was, now) || isNothing(was, now)) over.push(accountId);
    else {
      const part = (now ?? was)!.part;
      const of = { accountId, part, matter, by, lessonId: after ? lessonId : null };
      news.push({ ...of, body: { kind: 'lesson', lesson, was, now } });
    }
  }
  await withdraw(trx, matter, over);
  await tell(trx, news);
}

const isSame = (one: LessonStanding | null, other: LessonStanding | null): boolean =>
  JSON.stringify(one && keyOf(one)) === JSON.stringify(other && keyOf(other));

/** Who never heard of a lesson need not hear that it is off. */
const isNothing = (was: LessonStanding | null, now: LessonStanding | null): boolean =>
  was === null && now !== null && now.cancelled !== null;

const keyOf = ({ part, start, end, period, teacher, assistant, room, cancelled }: LessonStanding) => [
  ...[part, start, end, period, teacher, assistant, room, cancelled],
];
