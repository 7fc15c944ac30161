import { sql } from 'kysely';

/**
 * The telephone of an organization, of two that a query has joined: a teaching point without one of its own is reached
 * through its school. Empty where neither is known.
 */
export const phoneOf = (place: string, above: string) =>
  sql<string>`coalesce(nullif(${sql.ref(`${place}.phone`)}, ''), ${sql.ref(`${above}.phone`)}, '')`;
