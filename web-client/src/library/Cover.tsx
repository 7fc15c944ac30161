import { IconBook2, IconFileText, IconMovie, IconPhoto, IconScissors } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WatchProgress } from '#protocol/progress.ts';
import type { ResourceKind } from '#protocol/resource.ts';
import type { LibraryCard } from '#protocol/search.ts';
import { measure } from '../theme/tokens.ts';
import { join } from '../ui/class-names.ts';
import { duration } from '../ui/time.ts';
import styles from './Cover.module.css';

const ICONS: Record<ResourceKind, typeof IconMovie> = {
  replay: IconBook2,
  microVideo: IconScissors,
  film: IconMovie,
  document: IconFileText,
  image: IconPhoto,
};

interface Props {
  card: LibraryCard;
  progress?: WatchProgress | null;
  /** The picture and the length alone. */
  small?: boolean;
}

/** A resource's picture, what it is and how long; how far one has watched it. */
export function Cover({ card, progress, small = false }: Props) {
  const { t } = useTranslation();
  const [broken, setBroken] = useState(false);
  const { cover, kind, durationMs, catalogue } = card;
  const Icon = ICONS[kind];
  const share = progress ? Math.min(1, progress.furthestMs / Math.max(1, progress.durationMs)) : 0;
  return (
    <div className={join(styles.cover, small && styles.small)}>
      {cover && !broken ? (
        <img className={styles.picture} src={cover} alt="" loading="lazy" onError={() => setBroken(true)} />
      ) : (
        <div className={styles.blank} aria-hidden="true">
          <span className={styles.subject}>{catalogue.subject ?? t(`library.kind.${kind}`)}</span>
          {catalogue.grade && <span>{catalogue.grade}</span>}
        </div>
      )}
      {!small && (
        <span className={styles.kind}>
          <Icon size={measure.thumb} aria-hidden="true" />
          {t(`library.kind.${kind}`)}
        </span>
      )}
      {durationMs !== null && <span className={styles.length}>{duration(durationMs)}</span>}
      {share > 0 && (
        <progress
          className={styles.progress}
          value={progress?.completed ? 1 : share}
          max={1}
          aria-label={t('library.watched', { percent: Math.round(share * 100) })}
        />
      )}
    </div>
  );
}
