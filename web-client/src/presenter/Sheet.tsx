import { type ReactNode, useEffect, useRef } from 'react';
import { join } from '../ui/class-names.ts';
import styles from './Sheet.module.css';

interface Props {
  title: string;
  /** For content that needs room. */
  wide?: boolean;
  /** Grows to the left: for buttons in the right half of the bar. */
  end?: boolean;
  children: ReactNode;
  onClose: () => void;
}

/** A small panel that opens upwards from its button in the bar; Escape or a touch elsewhere closes it. */
export function Sheet({ title, wide, end, children, onClose }: Props) {
  const ref = useRef<HTMLElement>(null);
  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => {
    ref.current?.querySelector('button')?.focus();
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') close.current();
    };
    const onDown = ({ target }: PointerEvent) => {
      // The button that opened it closes it by itself; both together would open it again.
      if (!ref.current?.parentElement?.contains(target as Node)) close.current();
    };
    addEventListener('keydown', onKey);
    addEventListener('pointerdown', onDown);
    return () => {
      removeEventListener('keydown', onKey);
      removeEventListener('pointerdown', onDown);
    };
  }, []);
  return (
    <section
      ref={ref}
      className={join(styles.sheet, wide && styles.wide, end && styles.end)}
      aria-label={title}
    >
      <h2 className={styles.title}>{title}</h2>
      {children}
    </section>
  );
}
