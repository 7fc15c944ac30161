import { Button, Checkbox, Pagination } from 'antd';
import { useTranslation } from 'react-i18next';
import { TABLE_PAGE_SIZE } from '#protocol/table.ts';
import styles from './Kit.module.css';
import type { TableColumn } from './table-column.ts';

interface Props<Row> {
  columns: readonly TableColumn<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  total: number;
  page: number;
  toPage: (page: number) => void;
  selected: readonly string[] | null;
  select: (keys: string[]) => void;
  onOpen?: (row: Row) => void;
}

/** A table's rows one below the other, where there is no room for its columns. */
export function RowCards<Row>(props: Props<Row>) {
  const { columns, rows, keyOf, total, page, toPage, selected, select, onOpen } = props;
  const { t } = useTranslation();
  const [first, ...rest] = columns.filter(({ wideOnly }) => !wideOnly);
  return (
    <>
      <ul className={styles.cards}>
        {rows.map((row) => {
          const key = keyOf(row);
          return (
            <li key={key} className={styles.card}>
              <div className={styles.cardHead}>
                {selected && (
                  <Checkbox
                    checked={selected.includes(key)}
                    onChange={({ target }) =>
                      select(target.checked ? [...selected, key] : selected.filter((other) => other !== key))
                    }
                  />
                )}
                <div className={styles.cardTitle}>{first?.value(row)}</div>
                {onOpen && <Button onClick={() => onOpen(row)}>{t('admin.table.open')}</Button>}
              </div>
              <dl className={styles.cardLines}>
                {rest.map(({ key: column, title, value }) => (
                  <div key={column} className={title ? styles.cardLine : styles.cardActions}>
                    {title && <dt>{title}</dt>}
                    <dd>{value(row)}</dd>
                  </div>
                ))}
              </dl>
            </li>
          );
        })}
      </ul>
      <Pagination
        className={styles.pages}
        size="small"
        align="center"
        hideOnSinglePage
        showSizeChanger={false}
        pageSize={TABLE_PAGE_SIZE}
        current={page}
        total={total}
        onChange={toPage}
      />
    </>
  );
}
