import { useQuery } from '@tanstack/react-query';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ApiError } from '../api/api-error.ts';
import type { PanelProps } from '../replay/panels/panel-props.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { Cover } from './Cover.tsx';
import { relatedQuery } from './library-api.ts';
import { placeOf } from './place-of.ts';
import styles from './RelatedPanel.module.css';

/** What else there is on what is watched: the same knowledge points, section, course, or words. */
export function RelatedPanel({ subject }: PanelProps) {
  return subject.resourceId === null ? null : <Related resourceId={subject.resourceId} />;
}

function Related({ resourceId }: { resourceId: string }) {
  const { t } = useTranslation();
  const { data, error } = useQuery(relatedQuery(resourceId));
  if (error && !data) return <ErrorNote code={ApiError.from(error).code} />;
  if (!data) return <Fragment />;
  if (data.length === 0) return <p className={styles.none}>{t('library.noneRelated')}</p>;
  return (
    <ul className={styles.list} data-testid="related">
      {data.map((card) => (
        <li key={card.resourceId}>
          <Link to={placeOf(card)} className={styles.item}>
            <div className={styles.cover}>
              <Cover card={card} small />
            </div>
            <span className={styles.words}>
              <bdi className={styles.title}>{card.title}</bdi>
              <span className={styles.from}>
                {card.authorName} · {card.organizationName}
              </span>
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
