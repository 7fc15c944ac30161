import { newId } from '#platform/ids.ts';
import { hashOf, newToken } from '../../signaling/src/account/token.ts';
import { openDatabase } from '../../signaling/src/database/database.ts';
import { sessionCookie } from '../../signaling/src/http/session-cookie.ts';

export interface ManyLessons {
  /** Each with the session cookies of its classrooms, the master's first. */
  lessons: { lessonId: string; cookies: string[] }[];
}

const ROWS_AT_ONCE = 200;

/**
 * Puts a county into a new database: one school, `classrooms` classrooms that are signed in already, and `lessons`
 * lessons that begin now, each with a master classroom and its share of the others.
 */
export async function planManyLessons(
  folder: string,
  lessons: number,
  classrooms: number,
): Promise<ManyLessons> {
  const { db, close } = await openDatabase(folder);
  const organization_id = newId();
  const course_id = newId();
  await db
    .insertInto('organization')
    .values({ id: organization_id, parent_id: null, kind: 'school', name: 'county' })
    .execute();
  await db
    .insertInto('course')
    .values({ id: course_id, organization_id, title: 'course', subject: 'english', grade: '5' })
    .execute();
  const rooms = Array.from({ length: classrooms }, (_, index) => ({
    id: newId(),
    name: `classroom ${index}`,
    token: newToken(),
  }));
  const now = Date.now();
  const plans = Array.from({ length: lessons }, (_, index) => ({
    lessonId: newId(),
    rooms: rooms.filter((_room, room) => room % lessons === index),
  }));
  for (const some of chunks(rooms)) {
    const each = <T>(row: (room: (typeof rooms)[number]) => T) => some.map(row);
    await db
      .insertInto('account')
      .values(each(({ id, name }) => ({ id, organization_id, kind: 'classroom' as const, name })))
      .execute();
    await db
      .insertInto('account_role')
      .values(each(({ id }) => ({ account_id: id, organization_id, role: 'classroom' as const })))
      .execute();
    await db
      .insertInto('classroom')
      .values(each(({ id, name }) => ({ id, organization_id, name })))
      .execute();
    await db
      .insertInto('session')
      .values(
        each(({ id, token }) => ({
          token_hash: hashOf(token),
          account_id: id,
          expires_at: new Date(now + 3_600_000),
        })),
      )
      .execute();
  }
  for (const some of chunks(plans)) {
    await db
      .insertInto('lesson')
      .values(
        some.map(({ lessonId, rooms: [master] }) => ({
          id: lessonId,
          organization_id,
          course_id,
          mode: 'delivery' as const,
          state: 'scheduled' as const,
          title: 'lesson',
          period: null,
          planned_start: new Date(now),
          planned_end: new Date(now + 2_400_000),
          actual_start: null,
          actual_end: null,
          teacher_id: master!.id,
          master_classroom_id: master!.id,
          master_class_group_id: null,
        })),
      )
      .execute();
    const remotes = some.flatMap(({ lessonId, rooms: [, ...others] }) =>
      others.map(({ id }, position) => ({
        lesson_id: lessonId,
        classroom_id: id,
        class_group_id: null,
        assistant_id: null,
        position,
      })),
    );
    if (remotes.length > 0) await db.insertInto('lesson_remote').values(remotes).execute();
  }
  await close();
  const expires = new Date(now + 3_600_000);
  return {
    lessons: plans.map(({ lessonId, rooms: own }) => ({
      lessonId,
      cookies: own.map(({ token }) => sessionCookie(token, { secure: false, expires }).split(';')[0]!),
    })),
  };
}

function chunks<T>(items: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(items.length / ROWS_AT_ONCE) }, (_, index) =>
    items.slice(index * ROWS_AT_ONCE, (index + 1) * ROWS_AT_ONCE),
  );
}
