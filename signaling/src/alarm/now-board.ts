import { type SqlBool, sql } from 'kysely';
import { type AlarmCount, alarmsOf, type NowBoard, type NowLesson, nowStateOf } from '#protocol/alarm.ts';
import { teacherHere } from '#protocol/attendance.ts';
import { addDays, dayAndMinuteOf, instantOf } from '#protocol/calendar.ts';
import type { Account } from '#protocol/domain.ts';
import type { WallMs } from '#protocol/ids.ts';
import { type LessonFacts, readFacts } from '../attendance/lesson-facts.ts';
import { lessonsOfMine } from '../attendance/lessons-of-mine.ts';
import type { Db } from '../database/database.ts';
import type { OfficeAccess } from '../office/office-access.ts';

/** Today's lessons of somebody's schools and what is wrong with them, worked out at each look. */
export class NowBoards {
  readonly #db: Db;
  readonly #office: OfficeAccess;
  readonly #timeZone: string;
  readonly #clock: () => WallMs;

  constructor(db: Db, office: OfficeAccess, timeZone: string, clock: () => WallMs = Date.now) {
    this.#db = db;
    this.#office = office;
    this.#timeZone = timeZone;
    this.#clock = clock;
  }

  async board(account: Account): Promise<NowBoard> {
    const now = this.#clock();
    const { day } = dayAndMinuteOf(now, this.#timeZone);
    const from = new Date(instantOf(day, 0, this.#timeZone));
    const to = new Date(instantOf(addDays(day, 1), 0, this.#timeZone));
    // What began yesterday and still runs is of today, too.
    const where = sql<SqlBool>`lesson.planned_start < ${to}
      and (lesson.planned_start >= ${from} or lesson.state = 'live')
      and ${lessonsOfMine(this.#office, account, 'alarm.see')}`;
    const facts = await readFacts(this.#db, where, now);
    return { now, lessons: facts.map((each) => nowLessonOf(each, now)) };
  }

  /** For the badge: only lessons that could be in trouble are looked at. */
  async count(account: Account): Promise<AlarmCount> {
    const now = this.#clock();
    const where = sql<SqlBool>`lesson.planned_start <= ${new Date(now)}
      and (lesson.planned_end > ${new Date(now)} or lesson.state = 'live')
      and lesson.state in ('scheduled', 'open', 'live') and lesson.cancelled_at is null
      and ${lessonsOfMine(this.#office, account, 'alarm.see')}`;
    const lessons = (await readFacts(this.#db, where, now)).map((each) => nowLessonOf(each, now));
    return {
      trouble: lessons.filter(({ alarms }) => alarms.some(({ to }) => to === null)).length,
      running: lessons.filter(({ state }) => state === 'running').length,
    };
  }
}

function nowLessonOf(facts: LessonFacts, now: WallMs): NowLesson {
  const { plan, presence, master, remotes } = facts;
  const { lessonId, title, subject, grade, mode, period, teacherName, cancelReason } = facts;
  const { accountId, name, organizationName, phone } = master;
  return {
    ...{ lessonId, title, subject, grade, mode, period, teacherName, cancelReason },
    plannedStart: plan.plannedStart,
    plannedEnd: plan.plannedEnd,
    startedAt: presence.startedAt,
    endedAt: presence.endedAt,
    state: nowStateOf(presence, plan, now),
    rooms: [
      { accountId, name, organizationName, phone, part: 'master', here: teacherHere(presence, plan) },
      ...remotes.map((room) => ({
        accountId: room.accountId,
        name: room.name,
        organizationName: room.organizationName,
        phone: room.phone,
        part: 'remote' as const,
        here: presence.here.has(room.accountId),
      })),
    ],
    alarms: alarmsOf(presence, plan, now),
  };
}
