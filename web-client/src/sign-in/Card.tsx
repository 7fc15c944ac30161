import type { ReactNode } from 'react';
import styles from './Card.module.css';

interface Props {
  title: string;
  lead?: ReactNode;
  children: ReactNode;
}

/** One step of signing in, in the middle of the page. */
export function Card({ title, lead, children }: Props) {
  return (
    <section className={styles.card}>
      <h1 className={styles.title}>{title}</h1>
      {lead && <p className={styles.lead}>{lead}</p>}
      {children}
    </section>
  );
}
