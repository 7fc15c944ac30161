import { sql } from 'kysely';
import type { Account } from '#protocol/domain.ts';
import type { Db } from '../database/database.ts';
import { REVIEWERS } from '../resource/access.ts';
import { type ResourceRow, resourceRows, toResource } from '../resource/resource-rows.ts';

/** Who there is to review, and what waits for them. */
export class Reviewers {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  /** Whether anybody but its author could review it for the school. */
  async hasSchool({
    organizationId,
    authorId,
  }: Pick<ResourceRow, 'organizationId' | 'authorId'>): Promise<boolean> {
    const { rows } = await sql`
      select 1 from account_role r join account a on a.id = r.account_id
      where a.id <> ${authorId} and r.role in (${sql.join(REVIEWERS)})
        and a.organization_id in ${schoolOf(sql.val(organizationId))} limit 1`.execute(this.#db);
    return rows.length > 0;
  }

  /**
   * What waits for `account`, the longest waiting first: for the school what was submitted in it, for the bureau what
   * the school passed and is to reach further, and what no school can review. What is only to be published, too.
   */
  async queueOf({ accountId, organizationId, role }: Account): Promise<ResourceRow[]> {
    if (!REVIEWERS.includes(role)) return [];
    const rows = await resourceRows(this.#db)
      .where('resource.author_id', '<>', accountId)
      .where('resource.state', 'in', ['submitted', 'schoolPassed', 'bureauPassed'])
      .where(sql<boolean>`resource.organization_id in (
        with recursive below as (
          select id from organization where id = ${organizationId}
          union select o.id from organization o join below b on o.parent_id = b.id
        ) select id from below)`)
      .orderBy('resource.updated_at')
      .limit(500)
      .execute();
    const all = rows.map(toResource);
    if (!(await this.#isBureau(organizationId)))
      return all.filter(({ state, reach }) => isForSchool(state, reach));
    const waiting: ResourceRow[] = [];
    for (const row of all) {
      const isOwn = row.organizationId === organizationId;
      if (row.state !== 'submitted' || isOwn || !(await this.hasSchool(row)))
        if (row.state !== 'schoolPassed' || !isLocal(row.reach)) waiting.push(row);
    }
    return waiting;
  }

  async #isBureau(organizationId: string): Promise<boolean> {
    const row = await this.#db
      .selectFrom('organization')
      .select('kind')
      .where('id', '=', organizationId)
      .executeTakeFirst();
    return row?.kind === 'bureau';
  }
}

const isLocal = (reach: ResourceRow['reach']) => reach === 'classes' || reach === 'school';
/** Submitted is to be reviewed, passed as far as it needs is to be published; the rest lies at the bureau. */
const isForSchool = (state: ResourceRow['state'], reach: ResourceRow['reach']) =>
  state === 'submitted' || state === 'bureauPassed' || isLocal(reach);

/** An organization itself, and for a teaching point its school. */
export function schoolOf(organizationId: ReturnType<typeof sql.val>) {
  return sql`(select ${organizationId} union select p.id from organization o
    join organization p on p.id = o.parent_id and p.kind = 'school' where o.id = ${organizationId})`;
}
