import type { ReactNode } from 'react';
import { join } from './class-names.ts';
import styles from './Message.module.css';

interface Props {
  icon?: ReactNode;
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
  /** `stage` fills a dark page of its own; without it the message stands inside its page. */
  page?: 'stage' | 'office';
}

/** One thing to say and what to do about it, in the middle of a page. */
export function Message({ icon, title, children, actions, page }: Props) {
  return (
    <section
      className={join(styles.message, page && styles.page, page === 'stage' && styles.stage)}
      data-theme={page === 'stage' ? 'stage' : undefined}
    >
      {icon && <div className={styles.icon}>{icon}</div>}
      <h1 className={styles.title}>{title}</h1>
      {children && <div className={styles.lead}>{children}</div>}
      {actions && <div className={styles.actions}>{actions}</div>}
    </section>
  );
}
