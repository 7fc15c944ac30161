import { type CSSProperties, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { InkColor } from '#protocol/board-page.ts';
import { inkColor } from '../theme/tokens.ts';
import styles from './BoardView.module.css';
import { PAGE_UNITS } from './ink/mark-shape.ts';
import type { PageBox } from './use-page-box.ts';

interface Props {
  /** In page widths. */
  at: { x: number; y: number };
  box: PageBox;
  color: InkColor;
  size: number;
  onDone: (text: string) => void;
}

/** A line of text where the board was touched. Enter or a touch elsewhere puts it there, Escape gives it up. */
export function TextEntry({ at, box, color, size, onDone }: Props) {
  const { t } = useTranslation();
  const ref = useRef<HTMLTextAreaElement>(null);
  const done = useRef(onDone);
  done.current = onDone;
  useEffect(() => {
    const field = ref.current;
    // The pointer that made it still goes up and would take the focus away.
    const timer = setTimeout(() => field?.focus());
    return () => clearTimeout(timer);
  }, []);
  const style: CSSProperties = {
    left: at.x * box.width,
    top: at.y * box.width,
    fontSize: (size / PAGE_UNITS) * box.width,
    color: inkColor[color],
    maxWidth: box.width * (1 - at.x),
  };
  return (
    <textarea
      ref={ref}
      className={styles.text}
      style={style}
      rows={1}
      maxLength={500}
      aria-label={t('board.textHere')}
      data-testid="board-text"
      onBlur={(event) => done.current(event.currentTarget.value)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Escape') event.currentTarget.value = '';
        if (
          event.key === 'Escape' ||
          (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing)
        )
          event.currentTarget.blur();
      }}
    />
  );
}
