import { type PointerEvent, useRef } from 'react';
import { duration } from '../../ui/time.ts';
import { stepOf } from './lane.ts';
import styles from './Strip.module.css';

interface Props {
  ms: number;
  durationMs: number;
  left: string;
  label: string;
  /** Which side of its place it lies on: a block's beginning or its end. */
  side: 'begin' | 'end';
  timeAt: (clientX: number) => number;
  /** While it is dragged; null: let go without moving. */
  onDrag: (ms: number | null) => void;
  onDrop: (ms: number) => void;
  testId?: string;
}

/** An edge that is dragged, or moved by arrow keys when it has the focus. Large enough for a finger. */
export function Handle({ ms, durationMs, left, label, side, timeAt, onDrag, onDrop, testId }: Props) {
  const last = useRef<number | null>(null);
  const drop = (event: PointerEvent) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    event.currentTarget.releasePointerCapture(event.pointerId);
    const to = last.current;
    last.current = null;
    onDrag(null);
    if (to !== null) onDrop(to);
  };
  return (
    <div
      className={styles.handle}
      data-side={side}
      data-testid={testId}
      style={{ left }}
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={Math.round(durationMs)}
      aria-valuenow={Math.round(ms)}
      aria-valuetext={duration(ms)}
      onPointerDown={(event) => {
        event.stopPropagation();
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
        last.current = timeAt(event.clientX);
        onDrag(last.current);
      }}
      onPointerUp={drop}
      onPointerCancel={drop}
      onKeyDown={(event) => {
        const step = stepOf(event.key);
        if (step === 0) return;
        event.stopPropagation();
        event.preventDefault();
        onDrop(ms + step);
      }}
    />
  );
}
