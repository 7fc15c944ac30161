import { type SqlBool, sql } from 'kysely';
import {
  type Attendance,
  attendanceOf,
  hadBy,
  type RoomAttendance,
  teacherStretches,
} from '#protocol/attendance.ts';
import {
  type AttendanceLine,
  type AttendanceLines,
  type AttendanceQuery,
  type AttendanceReport,
  countsAs,
  type LessonSheet,
} from '#protocol/attendance-report.ts';
import { addDays, dayAndMinuteOf, instantOf, mondayOf } from '#protocol/calendar.ts';
import type { Account } from '#protocol/domain.ts';
import { AppError } from '#protocol/errors.ts';
import type { Id, WallMs } from '#protocol/ids.ts';
import type { Db } from '../database/database.ts';
import type { OfficeAccess } from '../office/office-access.ts';
import { countsOf, hadAt } from './attendance-counts.ts';
import { type LessonFacts, readFacts } from './lesson-facts.ts';
import { lessonsOfMine } from './lessons-of-mine.ts';

/** A lesson with what came of it. */
export interface Held {
  facts: LessonFacts;
  attendance: Attendance;
  line: AttendanceLine;
}

const MOST_LINES = 1_000;

/** 应开, 实开 and 开课率, and who was where: worked out from timelines whenever they are asked for. */
export class AttendanceService {
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

  async report(account: Account, query: AttendanceQuery): Promise<AttendanceReport> {
    const held = await this.lessons(account, query);
    const mine = await this.#organizations(account);
    return { from: query.from, to: query.to, ...countsOf(held, mine) };
  }

  async lines(account: Account, query: AttendanceQuery): Promise<AttendanceLines> {
    const held = await this.lessons(account, query);
    return { total: held.length, lessons: held.slice(0, MOST_LINES).map(({ line }) => line) };
  }

  /** All lessons that a query finds, in order of time. */
  async lessons(account: Account, query: AttendanceQuery): Promise<Held[]> {
    const now = this.#clock();
    const facts = await readFacts(this.#db, this.#whereOf(account, query), now);
    const receiver = query.side === 'remote' ? query.organizationId : undefined;
    const held = facts.map((each) => this.#held(each, now, receiver));
    return held.filter(
      ({ line: { monday, verdict, had } }) =>
        (query.week === undefined || monday === query.week) &&
        (query.outcome === undefined || countsAs(query.outcome, verdict, had)),
    );
  }

  /** @throws AppError NOT_FOUND for a lesson of others. */
  async sheet(account: Account, lessonId: Id): Promise<LessonSheet> {
    const now = this.#clock();
    const where = sql<SqlBool>`lesson.id = ${lessonId} and ${lessonsOfMine(this.#office, account, 'attendance.see')}`;
    const [facts] = await readFacts(this.#db, where, now);
    if (!facts) throw new AppError('NOT_FOUND', 'no such lesson');
    const { attendance, line } = this.#held(facts, now);
    const { plan, presence } = facts;
    const room = (at: number, sheet: RoomAttendance, part: 'master' | 'remote') => {
      const { name, organizationName, classGroupName } =
        part === 'master' ? facts.master : facts.remotes[at]!;
      const stretches =
        part === 'master' ? teacherStretches(presence, plan) : (presence.there.get(sheet.accountId) ?? []);
      const had = part === 'master' ? attendance.verdict === 'held' : hadBy(attendance, sheet, plan);
      return { ...sheet, name, organizationName, classGroupName, part, had, stretches: [...stretches] };
    };
    return {
      ...line,
      lastedMs: attendance.lastedMs,
      rooms: [
        room(0, attendance.teacherSide, 'master'),
        ...attendance.rooms.map((sheet, at) => room(at, sheet, 'remote')),
      ],
    };
  }

  /** @param receiver whose rooms have to have had it; without: the lesson itself counts. */
  #held(facts: LessonFacts, now: WallMs, receiver?: Id): Held {
    const attendance = attendanceOf(facts.presence, facts.plan, now);
    const { plannedStart, plannedEnd } = facts.plan;
    const { day } = dayAndMinuteOf(plannedStart, this.#timeZone);
    const { lessonId, title, subject, grade, mode, period, teacherName, organizationName } = facts;
    const line: AttendanceLine = {
      ...{ lessonId, title, subject, grade, mode, period, teacherName, organizationName },
      ...{ day, monday: mondayOf(day), plannedStart, plannedEnd },
      remoteNames: facts.remotes.map((remote) => remote.organizationName),
      verdict: attendance.verdict,
      had: receiver === undefined ? attendance.verdict === 'held' : hadAt(receiver, facts, attendance),
      startedAt: attendance.startedAt,
      endedAt: attendance.endedAt,
      cancelReason: facts.cancelReason,
    };
    return { facts, attendance, line };
  }

  #whereOf(account: Account, query: AttendanceQuery) {
    const { organizationId, side, subject, mode } = query;
    const from = new Date(instantOf(query.from, 0, this.#timeZone));
    const to = new Date(instantOf(addDays(query.to, 1), 0, this.#timeZone));
    const parts = [
      sql<SqlBool>`lesson.planned_start >= ${from} and lesson.planned_start < ${to}`,
      lessonsOfMine(this.#office, account, 'attendance.see'),
    ];
    if (subject !== undefined) parts.push(sql`course.subject = ${subject}`);
    if (mode !== undefined) parts.push(sql`lesson.mode = ${mode}`);
    if (organizationId !== undefined) {
      const taught = sql<SqlBool>`lesson.organization_id = ${organizationId}`;
      const received = sql<SqlBool>`exists (select from lesson_remote r join classroom c on c.id = r.classroom_id
        where r.lesson_id = lesson.id and c.organization_id = ${organizationId}
          and lesson.organization_id <> ${organizationId})`;
      parts.push(side === 'master' ? taught : side === 'remote' ? received : sql`(${taught} or ${received})`);
    }
    return sql<SqlBool>`${sql.join(parts, sql` and `)}`;
  }

  /** Those of which the account sees numbers, with their names. */
  async #organizations(account: Account): Promise<Map<Id, string>> {
    const rows = await this.#db
      .selectFrom('organization')
      .select(['id', 'name'])
      .where(this.#office.where(account, 'attendance.see', 'organization.id'))
      .execute();
    return new Map(rows.map(({ id, name }) => [id, name]));
  }
}
