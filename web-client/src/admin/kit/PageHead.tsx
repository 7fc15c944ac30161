import type { ReactNode } from 'react';
import styles from './Kit.module.css';

interface Props {
  title: string;
  /** One sentence what this page is for. */
  lead?: ReactNode;
  /** The page's one main button. */
  action?: ReactNode;
  /** Quieter buttons beside it. */
  more?: ReactNode;
}

export function PageHead({ title, lead, action, more }: Props) {
  return (
    <header className={styles.head}>
      <div className={styles.headWords}>
        <h1 className={styles.title}>{title}</h1>
        {lead && <p className={styles.lead}>{lead}</p>}
      </div>
      {(action || more) && (
        <div className={styles.headActions}>
          {more}
          {action}
        </div>
      )}
    </header>
  );
}
