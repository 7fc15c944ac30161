import { type ReactNode, useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { join } from '../ui/class-names.ts';
import styles from './HoverSheet.module.css';

interface Props {
  /** What stands on the page and is touched. */
  children: ReactNode;
  sheet: ReactNode;
  /** For a screen reader: what the sheet is. */
  label: string;
  className?: string | undefined;
  testId?: string | undefined;
}

/**
 * A mark that opens a small sheet beside it: while the mouse is over it, and for good by a touch or a key. The
 * sheet lies above everything, because tiles cut off what stands out of them.
 */
export function HoverSheet({ children, sheet, label, className, testId }: Props) {
  const [open, setOpen] = useState<'no' | 'hover' | 'held'>('no');
  const button = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    if (open === 'no') return;
    place(button.current, panel.current);
    const onKey = ({ key }: KeyboardEvent) => {
      if (key === 'Escape') setOpen('no');
    };
    const onDown = ({ target }: PointerEvent) => {
      const inside = [button.current, panel.current].some((part) => part?.contains(target as Node));
      if (!inside) setOpen('no');
    };
    addEventListener('keydown', onKey);
    addEventListener('pointerdown', onDown);
    return () => {
      removeEventListener('keydown', onKey);
      removeEventListener('pointerdown', onDown);
    };
  }, [open]);
  return (
    <>
      <button
        ref={button}
        type="button"
        className={join(styles.button, className)}
        aria-expanded={open !== 'no'}
        data-testid={testId}
        onPointerEnter={({ pointerType }) => pointerType === 'mouse' && open === 'no' && setOpen('hover')}
        onPointerLeave={() => open === 'hover' && setOpen('no')}
        onClick={() => setOpen(open === 'held' ? 'no' : 'held')}
      >
        {children}
      </button>
      {open !== 'no' &&
        createPortal(
          <section
            ref={panel}
            className={join(styles.sheet, open === 'hover' && styles.passing)}
            data-theme="stage"
            aria-label={label}
          >
            {sheet}
          </section>,
          document.body,
        )}
    </>
  );
}

const GAP = 8;

/** Below its button, else above, else beside it: never over an edge of the window, nor over the button itself. */
function place(button: HTMLElement | null, panel: HTMLElement | null): void {
  if (!button || !panel) return;
  const at = button.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = panel;
  const within = (from: number, size: number, all: number) => Math.max(GAP, Math.min(from, all - GAP - size));
  let left = within(at.right - width, width, innerWidth);
  let top = at.bottom + GAP;
  if (top + height > innerHeight - GAP) top = at.top - GAP - height;
  if (top < GAP) {
    top = within(at.top, height, innerHeight);
    left = within(at.left - GAP - width, width, innerWidth);
  }
  panel.style.translate = `${left}px ${top}px`;
}
