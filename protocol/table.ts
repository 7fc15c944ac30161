import { z } from 'zod';

/*
 * Every list of the office is asked for alike: `GET /api/<list>?search=&sort=-name&page=2&<filter>=<value>` answers a
 * page of it; with `format=csv` or `xlsx` the same question answers a file of all that it found.
 */

export const TABLE_PAGE_SIZE = 50;

export const TableFormat = z.enum(['csv', 'xlsx']);
export type TableFormat = z.infer<typeof TableFormat>;

/** What may be asked of every list; a list extends it by its filters. */
export const TableQuery = z.object({
  search: z.string().trim().max(100).optional(),
  /** A column's key, with a minus before it from the last to the first. */
  sort: z
    .string()
    .regex(/^-?\w{1,40}$/)
    .optional(),
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  pageSize: z.coerce.number().int().min(1).max(500).default(TABLE_PAGE_SIZE),
  format: TableFormat.optional(),
});
export type TableQuery = z.infer<typeof TableQuery>;

/** One page of a list, and how many rows there are on all its pages. */
export const tablePage = <Row extends z.ZodType>(row: Row) =>
  z.object({ rows: z.array(row), total: z.number().int().nonnegative() });
export interface TablePage<Row> {
  rows: Row[];
  total: number;
}
