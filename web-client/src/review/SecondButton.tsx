import { useTranslation } from 'react-i18next';
import { duration } from '../ui/time.ts';
import styles from './Review.module.css';

/** A moment of the resource: a touch shows it. What has no moment belongs to the whole. */
export function SecondButton({ atMs, onSeek }: { atMs: number | null; onSeek: (ms: number) => void }) {
  const { t } = useTranslation();
  return (
    <button
      type="button"
      className={styles.second}
      disabled={atMs === null}
      aria-label={atMs === null ? t('review.whole') : t('review.seekTo', { time: duration(atMs) })}
      onClick={() => atMs !== null && onSeek(atMs)}
    >
      {atMs === null ? t('review.whole') : duration(atMs)}
    </button>
  );
}
