import { type Expression, type SqlBool, sql } from 'kysely';
import type { Account } from '#protocol/domain.ts';
import type { Id } from '#protocol/ids.ts';
import { isOpen, type Pairing } from '#protocol/pairing.ts';
import type { Db } from '../database/database.ts';
import type { OfficeAccess } from '../office/office-access.ts';
import { reachable } from '../office/reachable.ts';
import { SIDES } from './sides.ts';

/** Reads pairings as one of their sides sees them. */
export class PairingReader {
  readonly #db: Db;
  readonly #office: OfficeAccess;

  constructor(db: Db, office: OfficeAccess) {
    this.#db = db;
    this.#office = office;
  }

  /** Those with a side where `account` looks, newest first. @throws AppError FORBIDDEN */
  async seenBy(account: Account, condition: Expression<SqlBool> = sql<SqlBool>`true`): Promise<Pairing[]> {
    const mine = sql<SqlBool>`exists (select 1 from ${SIDES} side where side.pairing_id = pairing.id
      and ${this.#office.where(account, 'pairing.see', 'side.organization_id')})`;
    const heads = await this.#heads(sql<SqlBool>`${mine} and ${condition}`);
    if (heads.length === 0) return [];
    const ids = heads.map(({ id }) => id);
    const [may, approves] = [
      await reachable(this.#db, this.#office, account, 'pairing.edit'),
      await reachable(this.#db, this.#office, account, 'pairing.approve'),
    ];
    const remotes = groupBy(await this.#remotes(ids));
    const courses = groupBy(await this.#courses(ids));
    const slots = groupBy(await this.#slots(ids));
    const lessons = new Map((await this.#lessonCounts(ids)).map((row) => [row.pairing_id, row]));
    return heads.map((row) => {
      const others = remotes.get(row.id) ?? [];
      const sides = [row.organization_id, ...others.map((remote) => remote.organization_id)];
      return {
        pairingId: row.id,
        state: row.state,
        version: row.version,
        term: { id: row.term_id, name: row.term_name, startsOn: row.starts_on, endsOn: row.ends_on },
        master: {
          ...sideOf(row, approves),
          classGroup: { id: row.master_class_group_id, name: row.class_name },
          classroom: { id: row.master_classroom_id, name: row.room_name },
        },
        remotes: others.map((remote) => ({
          ...sideOf(remote, approves),
          classGroup: { id: remote.class_group_id, name: remote.class_name },
          classroom: { id: remote.classroom_id, name: remote.room_name },
          assistant: remote.assistant_id
            ? { id: remote.assistant_id, name: remote.assistant_name ?? '' }
            : null,
        })),
        courses: (courses.get(row.id) ?? []).map((course) => ({
          courseId: course.course_id,
          title: course.title,
          subject: course.subject,
          teacher: { id: course.teacher_id, name: course.teacher_name },
        })),
        slots: (slots.get(row.id) ?? []).map(({ id, course_id, weekday, period, weeks }) => ({
          ...{ slotId: id, courseId: course_id, weekday, period, weeks },
        })),
        autoOpen: row.auto_open,
        note: row.note,
        cancelReason: row.cancel_reason,
        createdBy: row.created_by_name,
        createdAt: row.created_at.getTime(),
        lessonsAhead: Number(lessons.get(row.id)?.ahead ?? 0),
        lessonsHeld: Number(lessons.get(row.id)?.held ?? 0),
        mayEdit: isOpen(row.state) && may.has(row.organization_id),
        maySteer: isOpen(row.state) && row.state !== 'draft' && sides.some((id) => may.has(id)),
      };
    });
  }

  /** Null: none that `account` may see. */
  async one(pairingId: Id, account: Account): Promise<Pairing | null> {
    return (await this.seenBy(account, sql<SqlBool>`pairing.id = ${pairingId}`))[0] ?? null;
  }

  #heads(condition: Expression<SqlBool>) {
    return this.#db
      .selectFrom('pairing')
      .innerJoin('term', 'term.id', 'pairing.term_id')
      .innerJoin('organization', 'organization.id', 'pairing.organization_id')
      .innerJoin('class_group', 'class_group.id', 'pairing.master_class_group_id')
      .innerJoin('classroom', 'classroom.id', 'pairing.master_classroom_id')
      .innerJoin('account as creator', 'creator.id', 'pairing.created_by')
      .leftJoin('account as approver', 'approver.id', 'pairing.approved_by')
      .selectAll('pairing')
      .select(['term.name as term_name', 'term.starts_on', 'term.ends_on'])
      .select(['organization.name as organization_name', 'class_group.name as class_name'])
      .select(['classroom.name as room_name', 'creator.name as created_by_name'])
      .select('approver.name as approver_name')
      .where(condition)
      .orderBy('pairing.created_at', 'desc')
      .orderBy('pairing.id')
      .execute();
  }

  #remotes(ids: readonly Id[]) {
    return this.#db
      .selectFrom('pairing_remote')
      .innerJoin('organization', 'organization.id', 'pairing_remote.organization_id')
      .innerJoin('class_group', 'class_group.id', 'pairing_remote.class_group_id')
      .innerJoin('classroom', 'classroom.id', 'pairing_remote.classroom_id')
      .leftJoin('account as assistant', 'assistant.id', 'pairing_remote.assistant_id')
      .leftJoin('account as approver', 'approver.id', 'pairing_remote.approved_by')
      .selectAll('pairing_remote')
      .select(['organization.name as organization_name', 'class_group.name as class_name'])
      .select(['classroom.name as room_name', 'assistant.name as assistant_name'])
      .select('approver.name as approver_name')
      .where('pairing_id', 'in', ids)
      .orderBy('position')
      .execute();
  }

  #courses(ids: readonly Id[]) {
    return this.#db
      .selectFrom('pairing_course')
      .innerJoin('course', 'course.id', 'pairing_course.course_id')
      .innerJoin('account', 'account.id', 'pairing_course.teacher_id')
      .selectAll('pairing_course')
      .select(['course.title', 'course.subject', 'account.name as teacher_name'])
      .where('pairing_id', 'in', ids)
      .orderBy('course.subject')
      .orderBy('course.id')
      .execute();
  }

  #slots(ids: readonly Id[]) {
    return this.#db
      .selectFrom('pairing_slot')
      .selectAll()
      .where('pairing_id', 'in', ids)
      .orderBy('weekday')
      .orderBy('period')
      .orderBy('weeks')
      .execute();
  }

  #lessonCounts(ids: readonly Id[]) {
    return this.#db
      .selectFrom('lesson')
      .select('pairing_id')
      .select([
        sql<string>`count(*) filter (where state = 'scheduled' and planned_start > ${new Date()})`.as(
          'ahead',
        ),
        sql<string>`count(*) filter (where state in ('live', 'ended', 'ready'))`.as('held'),
      ])
      .where('pairing_id', 'in', ids)
      .where('cancelled_at', 'is', null)
      .groupBy('pairing_id')
      .execute();
  }
}

const sideOf = (
  row: {
    organization_id: Id;
    organization_name: string;
    approver_name: string | null;
    approved_at: Date | null;
  },
  approves: ReadonlySet<Id>,
) => ({
  organizationId: row.organization_id,
  organizationName: row.organization_name,
  approvedBy: row.approver_name,
  approvedAt: row.approved_at?.getTime() ?? null,
  mayApprove: approves.has(row.organization_id),
});

function groupBy<Row extends { pairing_id: Id }>(rows: readonly Row[]): Map<Id, Row[]> {
  return Map.groupBy(rows, ({ pairing_id }) => pairing_id);
}
