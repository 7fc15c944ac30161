import { join } from './class-names.ts';
import styles from './SharedText.module.css';

interface Props {
  text: string;
  className?: string;
  /** Shown as written, line by line. */
  lines?: boolean;
}

/** What somebody else wrote: text and nothing but text, whose direction ends where it ends. */
export function SharedText({ text, className, lines = false }: Props) {
  return (
    <bdi dir="auto" className={join(styles.text, lines && styles.lines, className)}>
      {text}
    </bdi>
  );
}
