import { Empty } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Hit } from '#protocol/review.ts';
import { Mark } from './Mark.tsx';
import styles from './Review.module.css';
import { SecondButton } from './SecondButton.tsx';

/** Sensitive words in what a viewer reads; a touch shows the moment. */
export function HitList({ hits, onSeek }: { hits: readonly Hit[]; onSeek: (ms: number) => void }) {
  const { t } = useTranslation();
  if (hits.length === 0)
    return <Empty description={t('review.noHits')} image={Empty.PRESENTED_IMAGE_SIMPLE} />;
  return (
    <ul className={styles.list} data-testid="hits">
      {hits.map((hit) => (
        <li key={`${hit.where} ${hit.atMs} ${hit.word} ${hit.text}`} className={styles.line}>
          <SecondButton atMs={hit.atMs} onSeek={onSeek} />
          <div className={styles.lineText}>
            <bdi>{hit.text}</bdi>
            <div className={styles.quiet}>{t(`review.where.${hit.where}`)}</div>
          </div>
          <Mark kind={hit.wordClass === 'block' ? 'bad' : 'look'}>
            <bdi>{hit.word}</bdi> · {t(`moderation.class.${hit.wordClass}`)}
          </Mark>
        </li>
      ))}
    </ul>
  );
}
