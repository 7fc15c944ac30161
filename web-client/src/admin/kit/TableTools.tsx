import { Button, Input, Select } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './Kit.module.css';
import type { TableColumn } from './table-column.ts';
import type { ChangeTable, TableState } from './table-state.ts';

const TYPING_MS = 300;

interface Props<Row> {
  columns: readonly TableColumn<Row>[];
  state: TableState;
  change: ChangeTable;
  /** What the search box looks in: `姓名、工号`; null: no search box. */
  searchWord: string | null;
  children?: ReactNode;
}

/** The line above a table: what is looked for, what is let through, what is done with all of it. */
export function TableTools<Row>({ columns, state, change, searchWord, children }: Props<Row>) {
  const { t } = useTranslation();
  return (
    <div className={styles.tools}>
      {searchWord !== null && <SearchBox word={searchWord} state={state} change={change} />}
      {columns.map(
        ({ key, title, filter }) =>
          filter && (
            <Select
              key={key}
              className={styles.filter}
              allowClear
              showSearch={{ optionFilterProp: 'label' }}
              popupMatchSelectWidth={false}
              placeholder={title}
              aria-label={title}
              data-testid={`filter-${key}`}
              value={state.filters[key] ?? null}
              options={[...filter.options]}
              onChange={(value: string | null | undefined) =>
                change({ filters: { ...state.filters, [key]: value ?? '' } })
              }
            />
          ),
      )}
      {isNarrowed(state) && (
        <Button type="link" onClick={() => change({ search: '', filters: {} })}>
          {t('admin.table.clear')}
        </Button>
      )}
      <div className={styles.toolsEnd}>{children}</div>
    </div>
  );
}

/** Whether fewer rows are shown than there are. */
export const isNarrowed = ({ search, filters }: TableState): boolean =>
  search !== '' || Object.values(filters).some(Boolean);

function SearchBox({ word, state, change }: { word: string; state: TableState; change: ChangeTable }) {
  const [typed, setTyped] = useState(state.search);
  useEffect(() => setTyped(state.search), [state.search]);
  useEffect(() => {
    if (typed.trim() === state.search) return;
    const timer = setTimeout(() => change({ search: typed.trim() }), TYPING_MS);
    return () => clearTimeout(timer);
  }, [typed, state.search, change]);
  return (
    <Input.Search
      className={styles.search}
      allowClear
      placeholder={word}
      aria-label={word}
      maxLength={100}
      data-testid="table-search"
      value={typed}
      onChange={({ target }) => setTyped(target.value)}
      onSearch={(text) => change({ search: text.trim() })}
    />
  );
}
