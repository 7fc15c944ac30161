import {
  IconAlertTriangleFilled,
  IconCircleCheckFilled,
  IconCircleDashed,
  IconLoader2,
  IconSquareXFilled,
} from '@tabler/icons-react';
import type { Light } from '#protocol/quality.ts';
import { join } from '../ui/class-names.ts';
import styles from './LightMark.module.css';

const ICONS = {
  green: IconCircleCheckFilled,
  amber: IconAlertTriangleFilled,
  red: IconSquareXFilled,
  off: IconCircleDashed,
  busy: IconLoader2,
} as const;

interface Props {
  /** `off`: not known; `busy`: being found out. */
  light: Light | 'off' | 'busy';
  word: string;
  className?: string;
}

/** A light as a colour, a shape of its own (disc, triangle, square) and a word. */
export function LightMark({ light, word, className }: Props) {
  const Icon = ICONS[light];
  return (
    <span className={join(styles.mark, styles[light], className)} data-light={light}>
      <Icon className={styles.icon} aria-hidden="true" />
      {word}
    </span>
  );
}
