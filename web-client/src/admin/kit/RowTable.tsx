import { Table } from 'antd';
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
  sort: string | null;
  toSort: (sort: string | null) => void;
  selected: readonly string[] | null;
  select: (keys: string[]) => void;
  onOpen?: (row: Row) => void;
}

/** A table's rows as a table. */
export function RowTable<Row>(props: Props<Row>) {
  const { columns, rows, keyOf, total, page, toPage, sort, toSort, selected, select, onOpen } = props;
  const { t } = useTranslation();
  const orderOf = (key: string) => (sort === key ? 'ascend' : sort === `-${key}` ? 'descend' : null);
  return (
    <Table<Row>
      className={styles.rows}
      size="small"
      rowKey={keyOf}
      dataSource={rows as Row[]}
      scroll={{ x: 'max-content' }}
      columns={columns.map(({ key, title, value, sort: sorts, align }) => ({
        key,
        title,
        align,
        // What can be done with a row stays in sight however wide it is.
        ...(title === '' && { fixed: 'end' as const }),
        sorter: sorts === true,
        sortOrder: orderOf(key),
        showSorterTooltip: false,
        render: (_: unknown, row: Row) =>
          title === '' ? value(row) : <div className={styles.cell}>{value(row)}</div>,
      }))}
      {...(selected && {
        rowSelection: {
          selectedRowKeys: [...selected],
          preserveSelectedRowKeys: true,
          onChange: (keys) => select(keys.map(String)),
        },
      })}
      {...(onOpen && {
        rowClassName: styles.openable,
        onRow: (row: Row) => ({
          onClick: ({ target }) => {
            // Links, buttons and boxes in a row do their own work.
            if (!(target as Element).closest('a, button, label, input, [role="menuitem"]')) onOpen(row);
          },
          tabIndex: 0,
          onKeyDown: (event) => {
            if (event.key !== 'Enter' || event.target !== event.currentTarget) return;
            event.preventDefault();
            onOpen(row);
          },
        }),
      })}
      onChange={(_paging, _filters, sorter, { action }) => {
        if (action !== 'sort' || Array.isArray(sorter)) return;
        const key = String(sorter.columnKey);
        toSort(sorter.order === 'ascend' ? key : sorter.order === 'descend' ? `-${key}` : null);
      }}
      pagination={{
        current: page,
        pageSize: TABLE_PAGE_SIZE,
        total,
        showSizeChanger: false,
        hideOnSinglePage: total <= TABLE_PAGE_SIZE,
        showTotal: (count) => t('admin.table.total', { count }),
        onChange: toPage,
      }}
    />
  );
}
