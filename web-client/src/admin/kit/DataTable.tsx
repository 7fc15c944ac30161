import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button, Skeleton } from 'antd';
import { type ReactNode, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { tablePage } from '#protocol/table.ts';
import { ApiError } from '../../api/api-error.ts';
import { call } from '../../api/call.ts';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { EmptyNote } from './EmptyNote.tsx';
import { ExportMenu } from './ExportMenu.tsx';
import styles from './Kit.module.css';
import { RowCards } from './RowCards.tsx';
import { RowTable } from './RowTable.tsx';
import { isNarrowed, TableTools } from './TableTools.tsx';
import type { TableColumn, TableEmpty } from './table-column.ts';
import { rowsOnPage } from './table-rows.ts';
import { questionOf, useTableState } from './table-state.ts';
import { usePhone } from './use-phone.ts';

/** Rows that the platform searches, sorts and pages: `GET path` answers `tablePage(row)`. */
export interface ServerRows<Row> {
  path: string;
  row: z.ZodType<Row>;
  /** What is always asked for, beside what the table's own filters say. */
  params?: Record<string, string>;
}

/** Rows that are all on the page; undefined while they are on their way. */
export interface LocalRows<Row> {
  rows: readonly Row[] | undefined;
  error?: unknown;
  retry?: () => void;
  /** Where a file of them is had; without it there is no export. */
  exportPath?: string;
}

interface Props<Row> {
  /** Where a page has two tables: keeps their addresses apart. */
  name?: string;
  /** What the table holds, for who cannot see it. */
  label: string;
  columns: readonly TableColumn<Row>[];
  source: ServerRows<Row> | LocalRows<Row>;
  keyOf: (row: Row) => string;
  /** What the search box looks in: `姓名、工号`; without it there is none. */
  searchWord?: string;
  empty: TableEmpty;
  /** What is done to the rows that are ticked; without it none can be. */
  bulk?: (rows: Row[], clear: () => void) => ReactNode;
  onOpen?: (row: Row) => void;
  tools?: ReactNode;
}

/** Begin a key with this and the path to have a server's table ask again: `invalidateQueries({ queryKey: [TABLE, path] })`. */
export const TABLE = 'table';

/** A list of the office: searched, filtered, sorted and paged, with its state in the address bar. */
export function DataTable<Row>(props: Props<Row>) {
  const { name = '', label, columns, keyOf, searchWord = null, empty, bulk, onOpen, tools } = props;
  const { t } = useTranslation();
  const phone = usePhone();
  const [state, change] = useTableState(
    name,
    columns.flatMap(({ key, filter }) => (filter ? [key] : [])),
  );
  const asked = useRows(props.source, columns, state);
  const [chosen, setChosen] = useState<Row[]>([]);
  const select = (keys: readonly string[]) => {
    const known = new Map([...chosen, ...(asked.page?.rows ?? [])].map((row) => [keyOf(row), row]));
    setChosen(keys.flatMap((key) => known.get(key) ?? []));
  };
  const clear = () => setChosen([]);
  const { page } = asked;
  const shown = {
    columns,
    keyOf,
    rows: page?.rows ?? [],
    total: page?.total ?? 0,
    page: state.page,
    toPage: (next: number) => change({ page: next }),
    selected: bulk ? chosen.map(keyOf) : null,
    select,
  };
  const isEmpty = page !== undefined && page.total === 0;
  if (isEmpty && !isNarrowed(state)) return <EmptyNote {...empty} />;
  return (
    <section className={styles.table} aria-label={label} aria-busy={asked.busy}>
      <TableTools columns={columns} state={state} change={change} searchWord={searchWord}>
        {tools}
        {asked.exportPath && <ExportMenu path={asked.exportPath} question={asked.question} />}
      </TableTools>
      {bulk && chosen.length > 0 && (
        <div
          className={styles.bulk}
          role="toolbar"
          aria-label={t('admin.table.chosen', { count: chosen.length })}
        >
          <span className={styles.bulkCount}>{t('admin.table.chosen', { count: chosen.length })}</span>
          {bulk(chosen, clear)}
          <Button type="link" onClick={clear}>
            {t('admin.table.unchoose')}
          </Button>
        </div>
      )}
      {asked.error ? (
        <div className={styles.failed}>
          <ErrorNote code={ApiError.from(asked.error).code} />
          <Button onClick={asked.retry}>{t('common.retry')}</Button>
        </div>
      ) : page === undefined ? (
        <Skeleton className={styles.skeleton} active title={false} paragraph={{ rows: 6 }} />
      ) : isEmpty ? (
        <EmptyNote
          title={t('admin.table.nothing')}
          hint={t('admin.table.nothingHint')}
          action={
            <Button onClick={() => change({ search: '', filters: {} })}>{t('admin.table.clear')}</Button>
          }
        />
      ) : phone ? (
        <RowCards {...shown} {...(onOpen && { onOpen })} />
      ) : (
        <RowTable
          {...shown}
          sort={state.sort}
          toSort={(sort) => change({ sort })}
          {...(onOpen && { onOpen })}
        />
      )}
    </section>
  );
}

function useRows<Row>(
  source: ServerRows<Row> | LocalRows<Row>,
  columns: readonly TableColumn<Row>[],
  state: ReturnType<typeof useTableState>[0],
) {
  const server = 'path' in source ? source : null;
  const question = questionOf(state, server?.params);
  const query = useQuery({
    queryKey: [TABLE, server?.path, question.toString()],
    queryFn: () => call(tablePage(server!.row), `${server!.path}?${question}`),
    enabled: server !== null,
    placeholderData: keepPreviousData,
  });
  const local = server ? null : (source as LocalRows<Row>);
  const page = useMemo(
    () => (local?.rows ? rowsOnPage(local.rows, columns, state) : undefined),
    [local?.rows, columns, state],
  );
  return server
    ? {
        page: query.data,
        error: query.data ? null : query.error,
        retry: () => void query.refetch(),
        busy: query.isFetching,
        exportPath: server.path,
        question,
      }
    : {
        page,
        error: local!.rows ? null : local!.error,
        retry: local!.retry,
        busy: local!.rows === undefined,
        exportPath: local!.exportPath,
        question,
      };
}
