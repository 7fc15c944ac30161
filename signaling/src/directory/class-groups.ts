import { type Expression, type SqlBool, sql, type Transaction } from 'kysely';
import type { z } from 'zod';
import { newId } from '#platform/ids.ts';
import type {
  ClassGroup,
  ClassGroupChange,
  ClassGroupQuery,
  Member,
  NewClassGroup,
} from '#protocol/directory.ts';
import type { Account } from '#protocol/domain.ts';
import type { Id } from '#protocol/ids.ts';
import type { TablePage } from '#protocol/table.ts';
import type { Actor } from '../audit/audit.ts';
import type { Database } from '../database/schema.ts';
import type { OfficeParts } from '../office/office-api.ts';
import { LOCK_DIRECTORY, msOf, objectOf, refuse, step } from './change.ts';
import { mustBeFree, placeOf } from './place-of.ts';
import { stageOf } from './reference.ts';
import { asked, pageOf, sortOf } from './rows.ts';

type Text = z.output<typeof NewClassGroup>;

const GRADE_ORDER = `(select position from reference_item i where i.kind = 'grade' and i.name = x.grade)`;
const SORTS = {
  name: [GRADE_ORDER, 'x.name'],
  organization: ['o.name', GRADE_ORDER, 'x.name'],
  grade: [GRADE_ORDER, 'o.name', 'x.name'],
  pupils: ['pupils'],
};

/** As a class list is written; the database knows no order of Chinese names. */
const BY_PINYIN = new Intl.Collator('zh-CN');

/** Classes and who is in them. */
export class ClassGroups {
  readonly #parts: OfficeParts;

  constructor(parts: OfficeParts) {
    this.#parts = parts;
  }

  async page(account: Account, query: z.output<typeof ClassGroupQuery>): Promise<TablePage<ClassGroup>> {
    const visible = this.#parts.office.where(account, 'directory.see', 'x.organization_id');
    const grade = query.grade ? sql`and x.grade = ${query.grade}` : sql``;
    const condition = sql<SqlBool>`${visible} and ${asked(query, ['x.name', 'o.name', 'x.grade'])} ${grade}`;
    const { rows } = await sql<{ total: number }>`select count(*)::int as total
      from class_group x join organization o on o.id = x.organization_id where ${condition}`.execute(
      this.#parts.db,
    );
    const tail = sql`${sortOf(SORTS, query.sort, 'organization')} ${pageOf(query)}`;
    return { rows: await this.#read(condition, tail), total: rows[0]!.total };
  }

  /** Whoever asks. */
  async find(id: Id): Promise<ClassGroup | null> {
    return (await this.#read(sql<SqlBool>`x.id = ${id}`, sql`x.id`))[0] ?? null;
  }

  async create(actor: Actor, account: Account, text: Text): Promise<Id> {
    const { db, office } = this.#parts;
    await office.mustMay(account, 'directory.edit', text.organizationId);
    return await db.transaction().execute(async (trx) => {
      await sql.raw(LOCK_DIRECTORY).execute(trx);
      return await this.make(trx, actor, text);
    });
  }

  /** Within a transaction that has the directory's lock, by somebody of whom it is known that they may. */
  async make(trx: Transaction<Database>, actor: Actor, text: Text): Promise<Id> {
    const id = newId();
    const columns = await columnsOf(trx, text, null);
    await trx
      .insertInto('class_group')
      .values({ id, ...columns })
      .execute();
    await this.#parts.audit.within(trx, actor, {
      action: 'directory.changed',
      organizationId: text.organizationId,
      object: objectOf('class_group', id),
      detail: { change: 'created', ...text },
    });
    return id;
  }

  async change(
    actor: Actor,
    account: Account,
    id: Id,
    body: z.output<typeof ClassGroupChange>,
  ): Promise<void> {
    const { db, office, audit } = this.#parts;
    const { version, ...text } = body;
    await office.mustMay(account, 'directory.edit', await placeOf(db, 'class_group', id));
    await office.mustMay(account, 'directory.edit', text.organizationId);
    await db.transaction().execute(async (trx) => {
      await sql.raw(LOCK_DIRECTORY).execute(trx);
      await step(trx, 'class_group', id, version);
      const columns = await columnsOf(trx, text, id);
      await trx.updateTable('class_group').set(columns).where('id', '=', id).execute();
      await audit.within(trx, actor, {
        action: 'directory.changed',
        organizationId: text.organizationId,
        object: objectOf('class_group', id),
        detail: { change: 'changed', ...text },
      });
    });
  }

  /** The pupils, in the order of their names. */
  async members(account: Account, id: Id): Promise<Member[]> {
    const { db, office } = this.#parts;
    await office.mustMay(account, 'person.edit', await placeOf(db, 'class_group', id));
    const rows = await db
      .selectFrom('class_group_member as m')
      .innerJoin('account as a', 'a.id', 'm.account_id')
      .where('m.class_group_id', '=', id)
      .where('a.archived_at', 'is', null)
      .select(['a.id as accountId', 'a.name', 'a.is_nickname as isNickname', 'a.number', 'a.login'])
      .execute();
    return rows.sort((a, b) => BY_PINYIN.compare(a.name, b.name));
  }

  /** Puts somebody in, or takes them out; either is fine twice. */
  async setMember(actor: Actor, account: Account, id: Id, accountId: Id, belongs: boolean): Promise<void> {
    const { db, office, audit } = this.#parts;
    const place = await placeOf(db, 'class_group', id);
    await office.mustMay(account, 'person.edit', place);
    const person = await db
      .selectFrom('account')
      .select('organization_id')
      .where('id', '=', accountId)
      .where('kind', '=', 'person')
      .executeTakeFirst();
    await office.mustMay(account, 'person.edit', person?.organization_id ?? null);
    await db.transaction().execute(async (trx) => {
      if (belongs)
        await trx
          .insertInto('class_group_member')
          .values({ class_group_id: id, account_id: accountId })
          .onConflict((conflict) => conflict.doNothing())
          .execute();
      else
        await trx
          .deleteFrom('class_group_member')
          .where('class_group_id', '=', id)
          .where('account_id', '=', accountId)
          .execute();
      await audit.within(trx, actor, {
        action: 'directory.changed',
        organizationId: place,
        object: objectOf('class_group', id),
        detail: { change: belongs ? 'memberAdded' : 'memberRemoved', accountId },
      });
    });
  }

  async #read(condition: Expression<SqlBool>, tail: Expression<unknown>): Promise<ClassGroup[]> {
    const { rows } = await sql<Omit<ClassGroup, 'archivedAt'> & { archivedAt: Date | null }>`
      select x.id as "classGroupId", x.name, x.organization_id as "organizationId", o.name as "organizationName",
        x.stage, x.grade, x.enrolled_year as "enrolledYear", x.classroom_id as "classroomId", c.name as "classroomName",
        x.head_teacher_id as "headTeacherId", t.name as "headTeacherName", x.archived_at as "archivedAt", x.version,
        (select count(*)::int from class_group_member m join account a on a.id = m.account_id
          where m.class_group_id = x.id and a.archived_at is null) as pupils
      from class_group x join organization o on o.id = x.organization_id
      left join classroom c on c.id = x.classroom_id left join account t on t.id = x.head_teacher_id
      where ${condition} order by ${tail}`.execute(this.#parts.db);
    return rows.map(({ archivedAt, ...row }) => ({ ...row, archivedAt: msOf(archivedAt) }));
  }
}

/** @throws AppError FIELDS where something of it is not of this place */
async function columnsOf(trx: Transaction<Database>, text: Text, except: Id | null) {
  const { name, organizationId, grade, enrolledYear, classroomId, headTeacherId } = text;
  await mustBeFree(trx, 'class_group', { name, organizationId, except, path: 'name' });
  if (classroomId !== null && !(await isAt(trx, 'classroom', classroomId, organizationId)))
    throw refuse('classroomId', 'unknown');
  if (headTeacherId !== null && !(await isAt(trx, 'account', headTeacherId, organizationId)))
    throw refuse('headTeacherId', 'unknown');
  return {
    name,
    grade,
    organization_id: organizationId,
    stage: await stageOf(trx, grade),
    enrolled_year: enrolledYear,
    classroom_id: classroomId,
    head_teacher_id: headTeacherId,
  };
}

/** Whether it belongs to the place, or, of a person, has a role there. */
async function isAt(
  trx: Transaction<Database>,
  table: 'classroom' | 'account',
  id: Id,
  place: Id,
): Promise<boolean> {
  const role =
    table === 'account'
      ? sql`or exists (select 1 from account_role r where r.account_id = x.id and r.organization_id = ${place})`
      : sql``;
  const { rows } = await sql`select 1 from ${sql.table(table)} x where x.id = ${id} and x.archived_at is null
    and (x.organization_id = ${place} ${role})`.execute(trx);
  return rows.length > 0;
}
