import { type KeyboardEvent, type ReactNode, useId, useState } from 'react';
import { join } from '../ui/class-names.ts';
import styles from './SideTabs.module.css';

export interface SideTab {
  readonly key: string;
  readonly word: string;
  /** How much of it waits for the teacher; 0 for nothing. */
  readonly waiting: number;
  readonly panel: ReactNode;
}

interface Props {
  tabs: readonly SideTab[];
  label: string;
  onShow: (key: string) => void;
}

/** The right-hand side of the console: one thing at a time. What is not shown keeps what was typed into it. */
export function SideTabs({ tabs, label, onShow }: Props) {
  const [shown, setShownHere] = useState(tabs[0]?.key);
  const setShown = (key: string) => {
    setShownHere(key);
    onShow(key);
  };
  const id = useId();
  const onKey = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const at = tabs.findIndex(({ key }) => key === shown);
    const next = tabs[(at + step + tabs.length) % tabs.length];
    if (step === 0 || !next) return;
    setShown(next.key);
    document.getElementById(`${id}${next.key}`)?.focus();
  };
  return (
    <div className={styles.side}>
      <div className={styles.tabs} role="tablist" aria-label={label} onKeyDown={onKey}>
        {tabs.map(({ key, word, waiting }) => (
          <button
            key={key}
            id={`${id}${key}`}
            type="button"
            role="tab"
            className={styles.tab}
            aria-selected={key === shown}
            aria-controls={`${id}${key}-panel`}
            tabIndex={key === shown ? 0 : -1}
            data-testid={`tab-${key}`}
            onClick={() => setShown(key)}
          >
            {word}
            {waiting > 0 && <span className={styles.waiting}>{waiting}</span>}
          </button>
        ))}
      </div>
      {tabs.map(({ key, panel }) => (
        <div
          key={key}
          id={`${id}${key}-panel`}
          role="tabpanel"
          aria-labelledby={`${id}${key}`}
          className={join(styles.panel, key !== shown && styles.hidden)}
        >
          {panel}
        </div>
      ))}
    </div>
  );
}
