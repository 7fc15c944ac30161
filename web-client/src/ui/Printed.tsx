import type { ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { join } from './class-names.ts';
import styles from './Printed.module.css';

/** What goes to paper in place of the page; nothing of it is on the screen. */
export function Printed({ className, children }: { className?: string | undefined; children: ReactNode }) {
  return createPortal(
    <div className={join(styles.printed, className)} data-printed="">
      {children}
    </div>,
    document.body,
  );
}
