import { type SelectQueryBuilder, sql } from 'kysely';
import type { AuditAction, AuditEntry, AuditQuery } from '#protocol/audit.ts';
import { addDays, instantOf } from '#protocol/calendar.ts';
import type { Account, Role } from '#protocol/domain.ts';
import type { TablePage } from '#protocol/table.ts';
import type { Db } from '../database/database.ts';
import type { Database } from '../database/schema.ts';
import type { OfficeAccess } from '../office/office-access.ts';

/** A file has at most as many lines as a spreadsheet. */
const MOST_EXPORTED = 1_000_000;

/** By which table an object has a name that people know. */
const NAMED: Record<string, { table: string; column: string; inDetail?: true }> = {
  account: { table: 'account', column: 'name', inDetail: true },
  person: { table: 'account', column: 'name' },
  organization: { table: 'organization', column: 'name', inDetail: true },
  classroom: { table: 'classroom', column: 'name' },
  classGroup: { table: 'class_group', column: 'name', inDetail: true },
  course: { table: 'course', column: 'title', inDetail: true },
  lesson: { table: 'lesson', column: 'title', inDetail: true },
  resource: { table: 'resource', column: 'title' },
  term: { table: 'term', column: 'name' },
  device: { table: 'device', column: 'name' },
  series: { table: 'series', column: 'title' },
  rubric: { table: 'rubric', column: 'title' },
};

/** The log as an auditor reads it: of their organization and all below it. */
export class AuditRepository {
  readonly #db: Db;
  readonly #office: OfficeAccess;
  readonly #timeZone: string;

  constructor(db: Db, office: OfficeAccess, timeZone: string) {
    this.#db = db;
    this.#office = office;
    this.#timeZone = timeZone;
  }

  /** @throws AppError FORBIDDEN for whoever may not `audit.read` anywhere. */
  async page(account: Account, query: AuditQuery): Promise<TablePage<AuditEntry>> {
    const found = await this.#found(account, query);
    const { total } = await found
      .select((eb) => eb.fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow();
    const { page, pageSize } = query;
    const rows = await withNames(found, pageSize, (page - 1) * pageSize);
    return { rows: await this.#told(rows), total: Number(total) };
  }

  /** All that the question finds. */
  async all(account: Account, query: AuditQuery): Promise<AuditEntry[]> {
    return await this.#told(await withNames(await this.#found(account, query), MOST_EXPORTED, 0));
  }

  async #found(account: Account, { search, action, result, from, to }: AuditQuery) {
    const here = this.#office.where(account, 'audit.read', 'audit_entry.organization_id');
    const { parent_id } = await this.#db
      .selectFrom('organization')
      .select('parent_id')
      .where('id', '=', account.organizationId)
      .executeTakeFirstOrThrow();
    const pattern = search && `%${search.replace(/[\\%_]/g, '\\$&')}%`;
    return (
      this.#db
        .selectFrom('audit_entry')
        // What belongs to no organization (a sign-in of nobody known) is for the auditors of the whole platform.
        .where((eb) =>
          parent_id === null ? eb.or([here, eb('audit_entry.organization_id', 'is', null)]) : here,
        )
        .$if(!!pattern, (query) => query.where('audit_entry.account_name', 'like', pattern!))
        .$if(action !== undefined, (query) => query.where('audit_entry.action', '=', action!))
        .$if(result !== undefined, (query) => query.where('audit_entry.result', '=', result!))
        .$if(from !== undefined, (query) => query.where('audit_entry.at', '>=', this.#midnight(from!)))
        .$if(to !== undefined, (query) => query.where('audit_entry.at', '<', this.#midnight(addDays(to!, 1))))
    );
  }

  #midnight(day: string): Date {
    return new Date(instantOf(day, 0, this.#timeZone));
  }

  async #told(rows: Awaited<ReturnType<typeof withNames>>): Promise<AuditEntry[]> {
    const names = await this.#namesOf(rows);
    return rows.map((row) => ({
      ...{ seq: row.seq, at: row.at.getTime(), accountName: row.account_name, role: row.role as Role | null },
      ...{ organizationName: row.organization_name, action: row.action as AuditAction, result: row.result },
      object:
        row.object_kind === null || row.object_id === null
          ? null
          : { kind: row.object_kind, id: row.object_id, name: names.get(row.object_id) ?? null },
      ...{ address: row.address, detail: row.detail as Record<string, unknown> },
      names: Object.fromEntries(
        idsIn(row.detail).flatMap((id) => (names.has(id) ? [[id, names.get(id)!]] : [])),
      ),
    }));
  }

  /** What the objects, and whatever else stands in the lines by its id, are called now. */
  async #namesOf(rows: readonly { object_kind: string | null; object_id: string | null; detail: unknown }[]) {
    const names = new Map<string, string>();
    const inDetails = rows.flatMap(({ detail }) => idsIn(detail));
    for (const [kind, { table, column, inDetail }] of Object.entries(NAMED)) {
      const ids = rows.filter(({ object_kind }) => object_kind === kind).map(({ object_id }) => object_id!);
      if (inDetail) ids.push(...inDetails);
      if (ids.length === 0) continue;
      const found = await sql<{ id: string; name: string }>`
        select id, ${sql.ref(column)} as name from ${sql.table(table)}
        where id in (select jsonb_array_elements_text(${JSON.stringify([...new Set(ids)])}::jsonb))`.execute(
        this.#db,
      );
      for (const { id, name } of found.rows) names.set(id, name);
    }
    return names;
  }
}

const ID = /^[A-Za-z0-9_-]{22}$/;

/** Everything in a detail that looks like an id. */
function idsIn(detail: unknown): string[] {
  if (typeof detail === 'string') return ID.test(detail) ? [detail] : [];
  return typeof detail === 'object' && detail !== null ? Object.values(detail).flatMap(idsIn) : [];
}

/** Newest first, with the organization's name. */
async function withNames(
  found: SelectQueryBuilder<Database, 'audit_entry', object>,
  limit: number,
  offset: number,
) {
  return await found
    .leftJoin('organization', 'organization.id', 'audit_entry.organization_id')
    .selectAll('audit_entry')
    .select('organization.name as organization_name')
    .orderBy('audit_entry.seq', 'desc')
    .limit(limit)
    .offset(offset)
    .execute();
}
