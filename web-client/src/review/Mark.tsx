import type { ReactNode } from 'react';
import styles from './Mark.module.css';

interface Props {
  kind: 'plain' | 'going' | 'good' | 'look' | 'bad';
  testId?: string;
  children: ReactNode;
}

/** A word on a ground that says how it is meant. */
export function Mark({ kind, testId, children }: Props) {
  return (
    <span className={styles.mark} data-kind={kind} data-testid={testId}>
      {children}
    </span>
  );
}
