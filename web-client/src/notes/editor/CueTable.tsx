import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Cue } from '#protocol/caption.ts';
import { plainOf } from '#protocol/cue-text.ts';
import { measure } from '../../theme/tokens.ts';
import { SharedText } from '../../ui/SharedText.tsx';
import styles from './Editor.module.css';
import { shortTime } from './TimeField.tsx';

/** Rows drawn above and below what is seen. */
const MARGIN = 10;
const ROW = measure.cueRow;

interface Props {
  cues: readonly Cue[];
  at: number;
  /** What is said now; -1 before the first. */
  now: number;
  language: string;
  onChoose: (at: number) => void;
  /** Enter: goes to what the cue says. */
  onOpen: () => void;
}

/** All cues, one line each; of ten thousand only those in sight are drawn. */
export function CueTable({ cues, at, now, language, onChoose, onOpen }: Props) {
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ from: 0, rows: 30 });
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const look = () => {
      const from = Math.max(0, Math.floor(element.scrollTop / ROW) - MARGIN);
      const rows = Math.ceil(element.clientHeight / ROW) + 2 * MARGIN;
      setView((known) => (known.from === from && known.rows === rows ? known : { from, rows }));
    };
    look();
    element.addEventListener('scroll', look, { passive: true });
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => {
      element.removeEventListener('scroll', look);
      observer.disconnect();
    };
  }, []);
  // The chosen line is in sight, wherever it was chosen.
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element || at < 0) return;
    const top = at * ROW;
    if (top < element.scrollTop) element.scrollTop = top - ROW;
    else if (top + ROW > element.scrollTop + element.clientHeight)
      element.scrollTop = top + 2 * ROW - element.clientHeight;
  }, [at]);
  const onKey = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 }[event.key];
    if (step !== undefined) onChoose(Math.max(0, Math.min(cues.length - 1, at + step)));
    else if (event.key === 'Home') onChoose(0);
    else if (event.key === 'End') onChoose(cues.length - 1);
    else if (event.key === 'Enter') onOpen();
    else return;
    event.preventDefault();
  };
  const shown = cues.slice(view.from, view.from + view.rows);
  return (
    <div
      ref={scroller}
      className={styles.table}
      role="listbox"
      tabIndex={0}
      aria-label={t('captions.editor.list', { count: cues.length })}
      aria-activedescendant={at >= 0 ? `cue-${at}` : undefined}
      data-testid="cue-table"
      onKeyDown={onKey}
    >
      <div style={{ height: cues.length * ROW }} className={styles.rows}>
        {shown.map((cue, index) => {
          const place = view.from + index;
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the list has the keys, for all its lines
            <div
              key={place}
              id={`cue-${place}`}
              role="option"
              tabIndex={-1}
              aria-selected={place === at}
              aria-current={place === now}
              className={styles.rowLine}
              style={{ top: place * ROW }}
              onClick={() => onChoose(place)}
            >
              <span className={styles.rowTime}>{shortTime(cue.startMs)}</span>
              <span className={styles.rowText} lang={language}>
                {cue.speaker !== null && `${cue.speaker}${t('captions.says')}`}
                <SharedText text={plainOf(cue.text)} />
              </span>
            </div>
          );
        })}
      </div>
    </div>
  );
}
