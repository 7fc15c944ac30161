import { type ReactNode, useId } from 'react';
import styles from './Review.module.css';

interface Props {
  label: string;
  /** The control; it takes the id that its label names. */
  children: (id: string) => ReactNode;
}

/** A control with its name above it. */
export function Field({ label, children }: Props) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      {children(id)}
    </div>
  );
}
