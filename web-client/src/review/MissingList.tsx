import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import type { MissingConsent } from '#protocol/consent.ts';
import styles from './Review.module.css';

/** The rooms that publishing so leaves out: their families have not agreed so far. */
export function MissingList({ missing }: { missing: MissingConsent }) {
  const { t } = useTranslation();
  if (missing.length === 0) return null;
  return (
    <Alert
      type="info"
      showIcon
      data-testid="missing"
      title={t('review.missingTitle')}
      description={
        <ul className={styles.list}>
          {missing.map(({ trackId, roomName, role, classGroupName, scope }) => (
            <li key={trackId}>
              {t('review.missingLine', {
                room: roomName,
                feed: t(`review.feed.${role === 'mic' ? 'mic' : 'picture'}`),
                group: classGroupName ?? t('review.noClass'),
                scope: t(`consent.scope.${scope}`),
              })}
            </li>
          ))}
        </ul>
      }
    />
  );
}
