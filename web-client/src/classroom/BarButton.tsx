import type { Icon } from '@tabler/icons-react';
import type { ButtonHTMLAttributes } from 'react';
import { measure } from '../theme/tokens.ts';
import { join } from '../ui/class-names.ts';
import styles from './BarButton.module.css';

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  icon: Icon;
  /** The word below the icon; icons never stand alone on a classroom page. */
  word: string;
  look?: 'plain' | 'on' | 'off' | 'primary' | 'danger';
  /** Sized for a big screen. */
  stage?: boolean;
}

export function BarButton({ icon: Icon, word, look = 'plain', stage = false, className, ...rest }: Props) {
  return (
    <button
      type="button"
      className={join(styles.button, styles[look], stage && styles.stage, className)}
      {...rest}
    >
      <Icon size={measure.iconLarge} stroke={1.75} aria-hidden="true" />
      <span>{word}</span>
    </button>
  );
}
