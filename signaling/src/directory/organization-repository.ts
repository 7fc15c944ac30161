import { type Expression, type SqlBool, sql } from 'kysely';
import type { Organization } from '#protocol/directory.ts';
import type { OrganizationKind } from '#protocol/domain.ts';
import type { Id } from '#protocol/ids.ts';
import type { Db } from '../database/database.ts';
import { organizationsBelow } from '../office/office-access.ts';
import { msOf } from './change.ts';

/** Reads organizations: as a list, with what hangs on them. */
export class OrganizationRepository {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  /** In the order of their siblings. */
  async list(visible: Expression<SqlBool>, { archived = false } = {}): Promise<Organization[]> {
    return await this.#read(visible, archived);
  }

  async find(organizationId: Id): Promise<Organization | null> {
    return (await this.#read(sql<SqlBool>`o.id = ${organizationId}`, true))[0] ?? null;
  }

  /** Whether a lies at or below b. */
  async isBelow(a: Id, b: Id): Promise<boolean> {
    const { rows } = await sql<{ is: boolean }>`
      select ${a}::text in ${organizationsBelow(b)} as "is"`.execute(this.#db);
    return rows[0]!.is;
  }

  async #read(condition: Expression<SqlBool>, archived: boolean): Promise<Organization[]> {
    const rows = await this.#db
      .selectFrom('organization as o')
      .where(condition)
      .$if(!archived, (query) => query.where('o.archived_at', 'is', null))
      .select([
        'o.id',
        'o.parent_id',
        'o.kind',
        'o.name',
        'o.code',
        'o.phone',
        'o.ordinal',
        'o.archived_at',
        'o.version',
      ])
      .select(({ selectFrom, fn }) => [
        selectFrom('account as a')
          .select(fn.countAll<number>().as('n'))
          .whereRef('a.organization_id', '=', 'o.id')
          .where('a.kind', '=', 'person')
          .where('a.archived_at', 'is', null)
          .as('people'),
        selectFrom('classroom as r')
          .select(fn.countAll<number>().as('n'))
          .whereRef('r.organization_id', '=', 'o.id')
          .where('r.archived_at', 'is', null)
          .as('classrooms'),
        selectFrom('class_group as g')
          .select(fn.countAll<number>().as('n'))
          .whereRef('g.organization_id', '=', 'o.id')
          .where('g.archived_at', 'is', null)
          .as('classGroups'),
      ])
      .orderBy('o.ordinal')
      .orderBy('o.name')
      .orderBy('o.id')
      .execute();
    return rows.map(({ id, parent_id, archived_at, people, classrooms, classGroups, kind, ...row }) => ({
      ...row,
      organizationId: id,
      parentId: parent_id,
      kind: kind as OrganizationKind,
      archivedAt: msOf(archived_at),
      people: Number(people),
      classrooms: Number(classrooms),
      classGroups: Number(classGroups),
    }));
  }
}
