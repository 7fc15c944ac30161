import { Empty } from 'antd';
import styles from './Kit.module.css';
import type { TableEmpty } from './table-column.ts';

/** An empty list: what belongs here, and what to begin with. */
export function EmptyNote({ title, hint, action }: TableEmpty) {
  return (
    <Empty
      className={styles.empty}
      image={Empty.PRESENTED_IMAGE_SIMPLE}
      description={
        <>
          <p className={styles.emptyTitle}>{title}</p>
          {hint && <p className={styles.emptyHint}>{hint}</p>}
        </>
      }
    >
      {action}
    </Empty>
  );
}
