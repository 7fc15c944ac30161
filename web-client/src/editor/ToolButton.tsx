import type { Icon } from '@tabler/icons-react';
import type { ButtonHTMLAttributes } from 'react';
import { measure } from '../theme/tokens.ts';
import styles from './ToolButton.module.css';

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  icon: Icon;
  word: string;
  /** The key that does the same. */
  hint?: string;
}

/** Icon and word beside each other; the key is told on a screen that has one. */
export function ToolButton({ icon: Icon, word, hint, ...rest }: Props) {
  return (
    <button type="button" className={styles.button} title={hint ? `${word} (${hint})` : word} {...rest}>
      <Icon size={measure.icon} aria-hidden="true" />
      <span className={styles.word}>{word}</span>
      {hint && (
        <span className={styles.hint} aria-hidden="true">
          {hint}
        </span>
      )}
    </button>
  );
}
