import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Resource } from '#protocol/resource.ts';
import { duration, longDate } from '../ui/time.ts';
import { useLanguage } from '../ui/use-language.ts';
import styles from './ResourceList.module.css';
import { StateTag } from './StateTag.tsx';

interface Props {
  resources: readonly Resource[];
  /** Whose work it is, where it is not one's own. */
  withAuthor?: boolean;
  actions: (resource: Resource) => ReactNode;
}

/** Resources one below the other: what it is, where it stands, what to do next. */
export function ResourceList({ resources, withAuthor = false, actions }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const detailsOf = ({ kind, catalogue, durationMs, organizationName, authorName, createdAt }: Resource) =>
    [
      withAuthor ? `${organizationName} ${authorName}` : '',
      t(`review.kind.${kind}`),
      [catalogue.grade, catalogue.subject].filter(Boolean).join(' '),
      durationMs === null ? '' : duration(durationMs),
      longDate(createdAt, language),
    ].filter(Boolean);
  return (
    <ul className={styles.list}>
      {resources.map((resource) => (
        <li key={resource.resourceId} className={styles.row}>
          <div className={styles.what}>
            <Link
              to={`/resources/${resource.resourceId}/review`}
              className={styles.name}
              data-testid="resource-title"
            >
              <bdi>{resource.title}</bdi>
            </Link>
            <span className={styles.details}>{detailsOf(resource).join(' · ')}</span>
          </div>
          <div className={styles.standing}>
            <StateTag state={resource.state} />
            <span className={styles.details}>{t(`review.reach.${resource.reach}`)}</span>
          </div>
          <div className={styles.actions}>{actions(resource)}</div>
        </li>
      ))}
    </ul>
  );
}
