import { type ReactNode, useEffect, useRef } from 'react';
import styles from './Sheet.module.css';

interface Props {
  title: string;
  children: ReactNode;
  onClose: () => void;
}

/** A small panel that opens upwards from its button in the bar; Escape or a touch elsewhere closes it. */
export function Sheet({ title, children, onClose }: Props) {
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
    <section ref={ref} className={styles.sheet} aria-label={title}>
      <h2 className={styles.title}>{title}</h2>
      {children}
    </section>
  );
}
