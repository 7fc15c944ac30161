import { type Expression, type SqlBool, sql, type Transaction } from 'kysely';
import type { z } from 'zod';
import { newId } from '#platform/ids.ts';
import type { Course, CourseChange, CourseQuery, NewCourse } from '#protocol/directory.ts';
import type { Account } from '#protocol/domain.ts';
import type { Id } from '#protocol/ids.ts';
import type { TablePage } from '#protocol/table.ts';
import type { Actor } from '../audit/audit.ts';
import type { Database } from '../database/schema.ts';
import type { OfficeParts } from '../office/office-api.ts';
import { LOCK_DIRECTORY, msOf, objectOf, step } from './change.ts';
import { mustBeFree, placeOf } from './place-of.ts';
import { stageOf } from './reference.ts';
import { asked, pageOf, sortOf } from './rows.ts';

const position = (kind: string) =>
  `(select min(position) from reference_item i where i.kind = '${kind}' and i.name = x.${kind})`;
const SORTS = {
  title: ['x.title'],
  organization: ['o.name', position('subject'), position('grade'), 'x.title'],
  subject: [position('subject'), position('grade'), 'x.title'],
  grade: [position('grade'), position('subject'), 'x.title'],
};

/** Courses: what is taught in a series of lessons. */
export class Courses {
  readonly #parts: OfficeParts;

  constructor(parts: OfficeParts) {
    this.#parts = parts;
  }

  async page(account: Account, query: z.output<typeof CourseQuery>): Promise<TablePage<Course>> {
    const visible = this.#parts.office.where(account, 'directory.see', 'x.organization_id');
    const subject = query.subject ? sql`and x.subject = ${query.subject}` : sql``;
    const grade = query.grade ? sql`and x.grade = ${query.grade}` : sql``;
    const condition = sql<SqlBool>`${visible} and ${asked(query, ['x.title', 'o.name', 'x.subject', 'x.textbook'])}
      ${subject} ${grade}`;
    const { rows } = await sql<{ total: number }>`select count(*)::int as total
      from course x join organization o on o.id = x.organization_id where ${condition}`.execute(
      this.#parts.db,
    );
    const tail = sql`${sortOf(SORTS, query.sort, 'organization')} ${pageOf(query)}`;
    return { rows: await this.#read(condition, tail), total: rows[0]!.total };
  }

  /** Whoever asks. */
  async find(id: Id): Promise<Course | null> {
    return (await this.#read(sql<SqlBool>`x.id = ${id}`, sql`x.id`))[0] ?? null;
  }

  async create(actor: Actor, account: Account, body: z.output<typeof NewCourse>): Promise<Id> {
    const { db, office } = this.#parts;
    await office.mustMay(account, 'directory.edit', body.organizationId);
    return await db.transaction().execute(async (trx) => {
      await sql.raw(LOCK_DIRECTORY).execute(trx);
      return await this.make(trx, actor, body);
    });
  }

  /** Within a transaction that has the directory's lock, by somebody of whom it is known that they may. */
  async make(trx: Transaction<Database>, actor: Actor, body: z.output<typeof NewCourse>): Promise<Id> {
    const { title, organizationId, grade, subject, textbook } = body;
    const id = newId();
    await mustBeFree(trx, 'course', { name: title, organizationId, except: null, path: 'title' });
    const stage = await stageOf(trx, grade);
    await trx
      .insertInto('course')
      .values({ id, organization_id: organizationId, title, subject, grade, stage, textbook })
      .execute();
    await this.#parts.audit.within(trx, actor, {
      action: 'directory.changed',
      organizationId,
      object: objectOf('course', id),
      detail: { change: 'created', ...body },
    });
    return id;
  }

  async change(actor: Actor, account: Account, id: Id, body: z.output<typeof CourseChange>): Promise<void> {
    const { db, office, audit } = this.#parts;
    const { version, ...text } = body;
    const { title, organizationId, grade, subject, textbook } = text;
    await office.mustMay(account, 'directory.edit', await placeOf(db, 'course', id));
    await office.mustMay(account, 'directory.edit', organizationId);
    await db.transaction().execute(async (trx) => {
      await sql.raw(LOCK_DIRECTORY).execute(trx);
      await step(trx, 'course', id, version);
      await mustBeFree(trx, 'course', { name: title, organizationId, except: id, path: 'title' });
      const stage = await stageOf(trx, grade);
      await trx
        .updateTable('course')
        .set({ organization_id: organizationId, title, subject, grade, stage, textbook })
        .where('id', '=', id)
        .execute();
      await audit.within(trx, actor, {
        action: 'directory.changed',
        organizationId,
        object: objectOf('course', id),
        detail: { change: 'changed', ...text },
      });
    });
  }

  async #read(condition: Expression<SqlBool>, tail: Expression<unknown>): Promise<Course[]> {
    const { rows } = await sql<Omit<Course, 'archivedAt'> & { archivedAt: Date | null }>`
      select x.id as "courseId", x.title, x.organization_id as "organizationId", o.name as "organizationName",
        x.stage, x.grade, x.subject, x.textbook, x.archived_at as "archivedAt", x.version,
        (select count(*)::int from lesson l where l.course_id = x.id and l.cancelled_at is null) as lessons
      from course x join organization o on o.id = x.organization_id
      where ${condition} order by ${tail}`.execute(this.#parts.db);
    return rows.map(({ archivedAt, ...row }) => ({ ...row, archivedAt: msOf(archivedAt) }));
  }
}
