import { addDays, dayAndMinuteOf, instantOf } from '#protocol/calendar.ts';
import type { Account } from '#protocol/domain.ts';
import type { RoomLesson, RoomScreen } from '#protocol/room-screen.ts';
import type { Db } from '../database/database.ts';
import type { LessonRepository } from '../lesson/lesson-repository.ts';
import { roomNews } from '../notice/room-news.ts';
import type { Readiness } from './readiness.ts';

const OVERNIGHT_MS = 8 * 3_600_000;

export interface RoomScreenParts {
  db: Db;
  lessons: LessonRepository;
  readiness: Readiness;
  timeZone: string;
}

/** What a classroom's screen shows between its lessons. */
export class RoomScreens {
  readonly #parts: RoomScreenParts;

  constructor(parts: RoomScreenParts) {
    this.#parts = parts;
  }

  async of(room: Account, now = Date.now()): Promise<RoomScreen> {
    const { lessons, readiness, timeZone } = this.#parts;
    const { day } = dayAndMinuteOf(now, timeZone);
    const midnight = new Date(instantOf(day, 0, timeZone));
    const tomorrow = new Date(instantOf(addDays(day, 1), 0, timeZone));
    const today = await this.#planned(room)
      .select('lesson.id')
      // A lesson that runs over midnight is still today's; one that nobody ever ended is not.
      .where(({ or, and, eb }) =>
        or([
          eb('planned_start', '>=', midnight),
          and([
            eb('lesson.state', 'in', ['open', 'live'] as const),
            eb('planned_start', '>=', new Date(now - OVERNIGHT_MS)),
          ]),
        ]),
      )
      .where('planned_start', '<', tomorrow)
      .orderBy('planned_start')
      .execute();
    const known = await lessons.findAll(
      today.map(({ id }) => id),
      room,
    );
    const roomsOf = await readiness.of(known);
    const seen = known.map((lesson): RoomLesson => {
      const { rooms, lost } = roomsOf(lesson);
      return { lesson, rooms, lost: lost.has(room.accountId) };
    });
    const next = await this.#planned(room)
      .innerJoin('course', 'course.id', 'lesson.course_id')
      .select(['lesson.title', 'course.subject', 'planned_start'])
      .where('planned_start', '>=', tomorrow)
      .orderBy('planned_start')
      .limit(1)
      .executeTakeFirst();
    return {
      serverNow: Date.now(),
      timeZone,
      accountId: room.accountId,
      name: room.name,
      organizationName: room.organizationName,
      lessons: seen,
      news: await roomNews(this.#parts.db, room.accountId, [midnight.getTime(), tomorrow.getTime()], now),
      next: next
        ? { title: next.title, subject: next.subject, plannedStart: next.planned_start.getTime() }
        : null,
    };
  }

  /** Lessons in which this room sits, cancelled ones left out. */
  #planned({ accountId }: Account) {
    return this.#parts.db
      .selectFrom('lesson')
      .where('cancelled_at', 'is', null)
      .where(({ or, eb, selectFrom }) =>
        or([
          eb('master_classroom_id', '=', accountId),
          eb(
            'lesson.id',
            'in',
            selectFrom('lesson_remote').select('lesson_id').where('classroom_id', '=', accountId),
          ),
        ]),
      );
  }
}
