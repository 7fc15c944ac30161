import { sql } from 'kysely';
import type { Id } from '#protocol/ids.ts';
import type { RoomNews } from '#protocol/room-screen.ts';
import type { Db } from '../database/database.ts';
import { NOW } from './tell.ts';

const MOST = 4;

/**
 * What a classroom was told of lessons that stood, or stand now, within `[from, to)` and are not over: the newest of
 * each lesson. Whoever stands before the screen has read it.
 */
export async function roomNews(
  db: Db,
  roomId: Id,
  [from, to]: [number, number],
  now: number,
): Promise<RoomNews[]> {
  const within = (side: 'was' | 'now') => sql<boolean>`((body->${sql.lit(side)}->>'start')::bigint >= ${from}
    and (body->${sql.lit(side)}->>'start')::bigint < ${to}
    and (body->${sql.lit(side)}->>'end')::bigint > ${now})`;
  const rows = await db
    .selectFrom('notice')
    .select(['id', 'lesson_id', 'body', 'read_at'])
    .where('account_id', '=', roomId)
    .where('withdrawn_at', 'is', null)
    .where('lesson_id', 'is not', null)
    .where(sql<boolean>`(${within('was')} or ${within('now')})`)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  const unread = rows.filter(({ read_at }) => read_at === null).map(({ id }) => id);
  if (unread.length > 0)
    await db.updateTable('notice').set({ read_at: NOW, stirred_at: NOW }).where('id', 'in', unread).execute();
  const newest = new Map<Id, RoomNews>();
  for (const { id, lesson_id, body } of rows)
    if (body.kind === 'lesson' && lesson_id && !newest.has(lesson_id))
      newest.set(lesson_id, {
        ...{ noticeId: id, subject: body.lesson.subject, was: body.was, now: body.now },
      });
  return [...newest.values()].slice(0, MOST);
}
