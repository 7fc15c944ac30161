import { TABLE_PAGE_SIZE } from '#protocol/table.ts';
import type { TableColumn } from './table-column.ts';
import type { TableState } from './table-state.ts';

const ORDER = new Intl.Collator('zh-CN', { numeric: true });

/** What of all `rows` stands on the page that `state` tells, and how many there are on all pages. */
export function rowsOnPage<Row>(
  rows: readonly Row[],
  columns: readonly TableColumn<Row>[],
  { search, sort, page, filters }: TableState,
): { rows: Row[]; total: number } {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const textOf = (row: Row) =>
    columns
      .map(({ text }) => (text ? String(text(row) ?? '') : ''))
      .join('\n')
      .toLowerCase();
  const found = rows.filter(
    (row) =>
      columns.every(
        ({ key, filter }) =>
          !filter || !filters[key] || filterValues(filter.of?.(row)).includes(filters[key]),
      ) &&
      (words.length === 0 || words.every((word) => textOf(row).includes(word))),
  );
  const [descending, key] = sort?.startsWith('-') ? [true, sort.slice(1)] : [false, sort];
  const { text } = columns.find((column) => column.key === key && column.sort) ?? {};
  if (text) {
    const sign = descending ? -1 : 1;
    found.sort((a, b) => sign * compare(text(a), text(b)));
  }
  const from = (page - 1) * TABLE_PAGE_SIZE;
  return { rows: found.slice(from, from + TABLE_PAGE_SIZE), total: found.length };
}

const filterValues = (of: string | readonly string[] | null | undefined): readonly string[] =>
  typeof of === 'string' ? [of] : (of ?? []);

function compare(a: string | number | null, b: string | number | null): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return ORDER.compare(String(a ?? ''), String(b ?? ''));
}
