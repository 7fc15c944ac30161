import { type SqlBool, sql } from 'kysely';
import { newId } from '#platform/ids.ts';
import type { Account } from '#protocol/domain.ts';
import type { Id } from '#protocol/ids.ts';
import type { Rubric, RubricChange, RubricDraft } from '#protocol/invitation.ts';
import type { Db } from '../database/database.ts';
import type { OfficeAccess } from '../office/office-access.ts';
import { overtaken } from '../office/overtaken.ts';

/** An organization and all above it: whose rubrics it may use. */
const above = (organizationId: Id) => sql`(with recursive above as (
    select id, parent_id from organization where id = ${organizationId}
    union select o.id, o.parent_id from organization o join above a on o.id = a.parent_id
  ) select id from above)`;

/** 评分表: kept by a school or a bureau, used there and below. */
export class RubricRepository {
  readonly #db: Db;
  readonly #office: OfficeAccess;

  constructor(db: Db, office: OfficeAccess) {
    this.#db = db;
    this.#office = office;
  }

  /** Those that may be used at an organization: its own, and those of all above it. */
  async usableAt(account: Account, organizationId: Id): Promise<Rubric[]> {
    await this.#office.mustMay(account, 'invitation.edit', organizationId);
    const rows = await this.#rows(account)
      .where(sql<SqlBool>`rubric.organization_id in ${above(organizationId)}`)
      .where('rubric.archived_at', 'is', null)
      .execute();
    return rows.map(rubricOf);
  }

  /** Those that the account may change, the archived too, and those that it may use. */
  async ofMine(account: Account): Promise<Rubric[]> {
    const own = this.#office.where(account, 'invitation.edit', 'rubric.organization_id');
    const rows = await this.#rows(account)
      .where(sql<SqlBool>`(${own} or rubric.organization_id in ${above(account.organizationId)})`)
      .execute();
    return rows.map(rubricOf);
  }

  async make(account: Account, { organizationId, title, items }: RubricDraft): Promise<Rubric> {
    await this.#office.mustMay(account, 'invitation.edit', organizationId);
    const id = newId();
    await this.#db
      .insertInto('rubric')
      .values({ id, organization_id: organizationId, title, items: JSON.stringify(items) })
      .execute();
    return await this.mine(account, id);
  }

  /** Activities that use it show what it says now; what was scored is kept with the score. */
  async change(account: Account, rubricId: Id, { title, items, version }: RubricChange): Promise<Rubric> {
    await this.mine(account, rubricId);
    const { numUpdatedRows } = await this.#db
      .updateTable('rubric')
      .set(({ eb }) => ({ title, items: JSON.stringify(items), version: eb('version', '+', 1) }))
      .where('id', '=', rubricId)
      .where('version', '=', version)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n) throw await overtaken(this.#db, { kind: 'rubric', id: rubricId });
    return await this.mine(account, rubricId);
  }

  async archive(account: Account, rubricId: Id, archived: boolean): Promise<Rubric> {
    await this.mine(account, rubricId);
    await this.#db
      .updateTable('rubric')
      .set({ archived_at: archived ? new Date() : null })
      .where('id', '=', rubricId)
      .execute();
    return await this.mine(account, rubricId);
  }

  /** @throws AppError NOT_FOUND when there is none that the account may change. */
  async mine(account: Account, rubricId: Id): Promise<Rubric> {
    const row = await this.#rows(account).where('rubric.id', '=', rubricId).executeTakeFirst();
    await this.#office.mustMay(account, 'invitation.edit', row?.organization_id ?? null);
    return rubricOf(row!);
  }

  /** Whether an organization may hold an activity by it. */
  async isUsable(rubricId: Id, organizationId: Id): Promise<boolean> {
    const row = await this.#db
      .selectFrom('rubric')
      .select('id')
      .where('id', '=', rubricId)
      .where(sql<SqlBool>`organization_id in ${above(organizationId)}`)
      .executeTakeFirst();
    return row !== undefined;
  }

  #rows(account: Account) {
    return this.#db
      .selectFrom('rubric')
      .innerJoin('organization', 'organization.id', 'rubric.organization_id')
      .selectAll('rubric')
      .select([
        'organization.name as organization_name',
        sql<boolean>`${this.#office.where(account, 'invitation.edit', 'rubric.organization_id')}`.as(
          'may_edit',
        ),
      ])
      .orderBy('rubric.title')
      .orderBy('rubric.id');
  }
}

interface Row {
  id: Id;
  organization_id: Id;
  organization_name: string;
  title: string;
  items: object[];
  archived_at: Date | null;
  may_edit: boolean;
  version: number;
}

const rubricOf = (row: Row): Rubric => ({
  rubricId: row.id,
  organizationId: row.organization_id,
  organizationName: row.organization_name,
  title: row.title,
  items: row.items as Rubric['items'],
  archived: row.archived_at !== null,
  mayEdit: row.may_edit,
  version: row.version,
});
