import type { Account, Lesson } from '#protocol/domain.ts';
import type { Id } from '#protocol/ids.ts';
import type { LessonReadiness, RoomPresence, RoomReadiness } from '#protocol/room-screen.ts';
import type { Db } from '../database/database.ts';
import { phoneOf } from '../directory/phone-of.ts';
import type { LessonRepository } from '../lesson/lesson-repository.ts';
import type { Presences } from './presences.ts';
import { whoIsInside } from './who-is-inside.ts';

export interface ReadinessParts {
  db: Db;
  lessons: LessonRepository;
  presences: Presences;
}

/** How far the rooms of one lesson are, and which of them were lost from it. */
export interface LessonRooms {
  rooms: RoomReadiness[];
  lost: ReadonlySet<Id>;
}

/** Whether the rooms of lessons are there and well, before the bell and after it: the same from every process. */
export class Readiness {
  readonly #parts: ReadinessParts;

  constructor(parts: ReadinessParts) {
    this.#parts = parts;
  }

  /** Of those of the lessons that `account` may see. */
  async ofLessons(lessonIds: readonly Id[], account: Account): Promise<LessonReadiness[]> {
    const lessons = await this.#parts.lessons.findAll([...new Set(lessonIds)], account);
    const roomsOf = await this.of(lessons);
    return lessons.map((lesson) => ({ lessonId: lesson.lessonId, rooms: roomsOf(lesson).rooms }));
  }

  /** The rooms of each lesson, the master classroom first. */
  async of(lessons: readonly Lesson[]): Promise<(lesson: Lesson) => LessonRooms> {
    const { db, presences } = this.#parts;
    const roomIds = [
      ...new Set(lessons.flatMap((lesson) => roomsOf(lesson).map(({ accountId }) => accountId))),
    ];
    const running = await this.#runningWith(roomIds);
    const inside = await whoIsInside(db, [
      ...new Set([...lessons.map(({ lessonId }) => lessonId), ...running]),
    ]);
    const on = await presences.among(roomIds);
    const phones = await phonesOf(db, roomIds);
    return (lesson) => {
      const { here, lost, taught, lights } = inside(lesson.lessonId);
      const elsewhere = (accountId: Id) =>
        running.some((lessonId) => lessonId !== lesson.lessonId && inside(lessonId).here.has(accountId));
      const presenceOf = (accountId: Id, isMaster: boolean): RoomPresence => {
        // The teacher may teach from a machine of her own: the master classroom is where she is.
        if (here.has(accountId) || (isMaster && taught)) return 'inLesson';
        if (elsewhere(accountId)) return 'elsewhere';
        return on.has(accountId) ? 'ready' : 'away';
      };
      const rooms = roomsOf(lesson).map((room, index): RoomReadiness => {
        const { accountId, name, organizationName, classGroupName, period } = room;
        const isMaster = index === 0;
        return {
          ...{ accountId, name, organizationName, classGroupName, period, isMaster },
          presence: presenceOf(accountId, isMaster),
          phone: phones.get(accountId) ?? '',
          light: lights.get(accountId) ?? null,
        };
      });
      return { rooms, lost };
    };
  }

  /** Lessons that go on in these rooms now, each of which can sit in one only. */
  async #runningWith(roomIds: readonly Id[]): Promise<Id[]> {
    if (roomIds.length === 0) return [];
    const rows = await this.#parts.db
      .selectFrom('lesson')
      .select('id')
      .where('state', 'in', ['open', 'live'])
      .where(({ or, eb, selectFrom }) =>
        or([
          eb('master_classroom_id', 'in', [...roomIds]),
          eb(
            'lesson.id',
            'in',
            selectFrom('lesson_remote')
              .select('lesson_id')
              .where('classroom_id', 'in', [...roomIds]),
          ),
        ]),
      )
      .execute();
    return rows.map(({ id }) => id);
  }
}

async function phonesOf(db: Db, roomIds: readonly Id[]): Promise<ReadonlyMap<Id, string>> {
  if (roomIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('classroom')
    .innerJoin('organization as place', 'place.id', 'classroom.organization_id')
    .leftJoin('organization as above', 'above.id', 'place.parent_id')
    .select(['classroom.id', phoneOf('place', 'above').as('phone')])
    .where('classroom.id', 'in', [...roomIds])
    .execute();
  return new Map(rows.map(({ id, phone }) => [id, phone]));
}

const roomsOf = ({ masterClassroom, remoteClassrooms }: Lesson) => [masterClassroom, ...remoteClassrooms];
