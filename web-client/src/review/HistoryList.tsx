import { useTranslation } from 'react-i18next';
import type { HistoryLine } from '#protocol/review.ts';
import { clockTime, duration, longDate } from '../ui/time.ts';
import { useLanguage } from '../ui/use-language.ts';
import styles from './Review.module.css';
import { useMoveWord } from './use-move-word.ts';

/** Every version: who did what when, and what they wrote to it; the newest first. */
export function HistoryList({ history }: { history: readonly HistoryLine[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const word = useMoveWord();
  return (
    <ul className={styles.list} data-testid="history">
      {history.map((line) => (
        <li key={line.version} className={styles.line}>
          <span className={styles.number}>{t('review.versionNumber', { version: line.version })}</span>
          <div className={styles.lineText}>
            {word(line)}
            {line.note && <div>{line.note}</div>}
            <div className={styles.quiet}>
              {[
                `${longDate(line.at, language)} ${clockTime(line.at, language)}`,
                line.durationMs === null ? '' : duration(line.durationMs),
                line.clips > 1 ? t('review.clips', { count: line.clips }) : '',
                line.hidden > 0 ? t('review.hiddenFeeds', { count: line.hidden }) : '',
              ]
                .filter(Boolean)
                .join(' · ')}
            </div>
          </div>
        </li>
      ))}
    </ul>
  );
}
