import { Table } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Resource } from '#protocol/resource.ts';
import { duration, longDate } from '../ui/time.ts';
import { useLanguage } from '../ui/use-language.ts';
import styles from './Review.module.css';
import { StateTag } from './StateTag.tsx';

interface Props {
  resources: readonly Resource[] | undefined;
  /** Where a title leads. */
  hrefOf: (resource: Resource) => string;
  /** Whose work it is, where it is not one's own. */
  withAuthor?: boolean;
  actions: (resource: Resource) => ReactNode;
}

/** Resources one below the other: what it is, where it stands, what to do next. */
export function ResourceTable({ resources, hrefOf, withAuthor = false, actions }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <Table<Resource>
      rowKey="resourceId"
      loading={!resources}
      dataSource={[...(resources ?? [])]}
      pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
      columns={[
        {
          title: t('review.resource'),
          render: (_, resource) => (
            <div className={styles.what}>
              <Link to={hrefOf(resource)} className={styles.name} data-testid="resource-title">
                <bdi>{resource.title}</bdi>
              </Link>
              <span className={styles.quiet}>
                {[
                  t(`review.kind.${resource.kind}`),
                  [resource.catalogue.grade, resource.catalogue.subject].filter(Boolean).join(' '),
                  resource.durationMs === null ? '' : duration(resource.durationMs),
                  withAuthor ? `${resource.organizationName} ${resource.authorName}` : '',
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </div>
          ),
        },
        {
          title: t('review.standing'),
          width: 150,
          render: (_, { state }) => <StateTag state={state} />,
        },
        {
          title: t('review.reachTitle'),
          width: 150,
          responsive: ['md'],
          render: (_, { reach }) => t(`review.reach.${reach}`),
        },
        {
          title: t('review.made'),
          width: 190,
          responsive: ['lg'],
          render: (_, { createdAt }) => longDate(createdAt, language),
        },
        { key: 'actions', align: 'end', render: (_, resource) => actions(resource) },
      ]}
    />
  );
}
