import { type Expression, type SqlBool, sql } from 'kysely';
import type { Id } from '#protocol/ids.ts';
import { organizationsBelow } from '../office/office-access.ts';
import { likeOf } from './change.ts';

interface Asked {
  search?: string | undefined;
  organization?: Id | undefined;
  archived?: boolean | undefined;
}

/**
 * What every list of rooms, classes and courses is asked for, as a condition on its row `x`.
 * @param searched the columns in which is searched
 */
export function asked(
  { search, organization, archived }: Asked,
  searched: readonly string[],
): Expression<SqlBool> {
  const conditions: Expression<SqlBool>[] = [
    archived === true ? sql<SqlBool>`x.archived_at is not null` : sql<SqlBool>`x.archived_at is null`,
  ];
  if (organization) conditions.push(sql<SqlBool>`x.organization_id in ${organizationsBelow(organization)}`);
  for (const word of search?.split(/\s+/).filter(Boolean) ?? [])
    conditions.push(
      sql<SqlBool>`(${sql.join(
        searched.map((column) => sql`${sql.ref(column)} ilike ${likeOf(word)}`),
        sql` or `,
      )})`,
    );
  return sql<SqlBool>`(${sql.join(conditions, sql` and `)})`;
}

/** The columns to sort by, and whether from the last to the first. */
export function sortOf(sorts: Record<string, readonly string[]>, sort: string | undefined, usual: string) {
  const columns = sorts[sort?.replace('-', '') ?? usual] ?? sorts[usual]!;
  const direction = sort?.startsWith('-') ? sql`desc` : sql`asc`;
  return sql.join(
    [...columns.map((column) => sql`${sql.raw(column)} ${direction} nulls last`), sql`x.id`],
    sql`, `,
  );
}

/** `limit` and `offset` of a page; nothing where all is asked for. */
export const pageOf = ({ page, pageSize, format }: { page: number; pageSize: number; format?: unknown }) =>
  format === undefined ? sql`limit ${pageSize} offset ${(page - 1) * pageSize}` : sql``;
