import { useTranslation } from 'react-i18next';
import type { Quality } from '../lesson/session.ts';
import { join } from '../ui/class-names.ts';
import styles from './LineMark.module.css';
import { type LineWord, lineWord } from './line-quality.ts';

const LIT: Record<LineWord, number> = { unknown: 0, poor: 1, fair: 2, good: 3 };

/** How good this room's line is, as a shape and a word; the numbers on hover. */
export function LineMark({ quality }: { quality: Quality }) {
  const { t } = useTranslation();
  const word = lineWord(quality);
  const detail =
    word === 'unknown'
      ? undefined
      : t('stage.lineDetail', {
          rtt: Math.round(quality.rttMs ?? 0),
          loss: (quality.lossPercent ?? 0).toFixed(1),
        });
  return (
    <span className={join(styles.mark, styles[word])} title={detail}>
      <span className={styles.bars} aria-hidden="true">
        {[1, 2, 3].map((bar) => (
          <span key={bar} className={join(styles.bar, bar <= LIT[word] && styles.lit)} />
        ))}
      </span>
      {t(`stage.line.${word}`)}
    </span>
  );
}
