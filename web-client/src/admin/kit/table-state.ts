import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';

/** What a table shows of its rows. */
export interface TableState {
  search: string;
  /** A column's key, with a minus before it from the last to the first; null: as it comes. */
  sort: string | null;
  /** From 1. */
  page: number;
  /** By column, the one value that is let through. */
  filters: Readonly<Record<string, string>>;
}

export type ChangeTable = (change: Partial<TableState>) => void;

/**
 * The state of a table, kept in the address bar: it survives a reload, goes with a link and steps back with the
 * browser. @param name of the table, where a page has two. @param filters the keys of its filters.
 */
export function useTableState(name: string, filters: readonly string[]): [TableState, ChangeTable] {
  const [params, setParams] = useSearchParams();
  const key = useCallback((part: string) => (name === '' ? part : `${name}.${part}`), [name]);
  const known = filters.join(',');
  const state = useMemo<TableState>(() => {
    const chosen = known
      .split(',')
      .flatMap((filter) => (params.get(key(filter)) ? [[filter, params.get(key(filter))!]] : []));
    return {
      search: params.get(key('q')) ?? '',
      sort: params.get(key('sort')),
      page: Math.max(1, Number.parseInt(params.get(key('page')) ?? '1', 10) || 1),
      filters: Object.fromEntries(chosen),
    };
  }, [params, key, known]);
  const change = useCallback<ChangeTable>(
    (wanted) =>
      setParams(
        (before) => {
          const after = new URLSearchParams(before);
          const put = (part: string, value: string | null | undefined) =>
            value ? after.set(key(part), value) : after.delete(key(part));
          if (wanted.search !== undefined) put('q', wanted.search);
          if (wanted.sort !== undefined) put('sort', wanted.sort);
          for (const filter of wanted.filters ? known.split(',') : []) put(filter, wanted.filters?.[filter]);
          // Whatever is narrowed begins at its first page.
          put('page', wanted.page && wanted.page > 1 ? String(wanted.page) : null);
          return after;
        },
        { replace: true, preventScrollReset: true },
      ),
    [setParams, key, known],
  );
  return [state, change];
}

/** The state as a question to the platform; see `protocol/table.ts`. */
export function questionOf({ search, sort, page, filters }: TableState, more: Record<string, string> = {}) {
  const question = new URLSearchParams({ ...more, ...filters });
  if (search) question.set('search', search);
  if (sort) question.set('sort', sort);
  if (page > 1) question.set('page', String(page));
  return question;
}
