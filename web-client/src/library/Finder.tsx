import { IconAdjustmentsHorizontal } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Alert, Badge, Button, Drawer, Empty, Pagination, Segmented, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { FacetField, PAGE_SIZE, type SearchPage, SearchSort } from '#protocol/search.ts';
import { ApiError } from '../api/api-error.ts';
import { measure } from '../theme/tokens.ts';
import { join } from '../ui/class-names.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { FacetList } from './FacetList.tsx';
import styles from './Library.module.css';
import { ASKED_FIELDS, type Asked, addressOf, searchQuery } from './library-api.ts';
import { ResourceCard } from './ResourceCard.tsx';
import { SearchBox } from './SearchBox.tsx';

/**
 * Finding resources: the question above, what narrows it at the left, what was found. All of it stands in the page's
 * address, so that "back" goes back and an address can be handed on.
 */
export function Finder({ fixed = {} }: { fixed?: Partial<Record<FacetField, string>> }) {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const [narrowing, setNarrowing] = useState(false);
  const asked: Asked = { ...askedIn(params), ...fixed };
  const { data, error, isPlaceholderData, refetch } = useQuery(searchQuery(asked));
  const ask = (change: Asked) => {
    const { page: _, ...kept } = askedIn(params);
    setParams(addressOf({ ...kept, ...change }));
    if (change.page !== undefined) window.scrollTo({ top: 0 });
  };
  const chosen = FacetField.options.filter((field) => asked[field] && !(field in fixed));
  const facets = data && (
    <FacetList
      facets={data.facets}
      total={data.total}
      more={data.more}
      asked={asked}
      fixed={Object.keys(fixed) as FacetField[]}
      onChoose={(field, value) => ask({ [field]: value })}
    />
  );
  return (
    <>
      <SearchBox key={asked.q} q={asked.q ?? ''} onSearch={(q) => ask({ q })} />
      <div className={styles.columns}>
        <aside className={styles.side} aria-label={t('library.narrow')}>
          {facets}
        </aside>
        <section
          className={join(styles.found, isPlaceholderData && styles.older)}
          aria-busy={isPlaceholderData}
        >
          <header className={styles.bar}>
            <p className={styles.count} role="status" data-testid="found-count">
              {data &&
                data.total > 0 &&
                t(data.more ? 'library.foundMore' : 'library.found', { count: data.total })}
            </p>
            {asked.course && <Link to={`/library/courses/${asked.course}`}>{t('library.course.open')}</Link>}
            <Badge count={chosen.length} className={styles.narrow}>
              <Button
                icon={<IconAdjustmentsHorizontal size={measure.icon} />}
                onClick={() => setNarrowing(true)}
                data-testid="open-facets"
              >
                {t('library.narrow')}
              </Button>
            </Badge>
            <Segmented
              aria-label={t('library.sortBy')}
              value={asked.sort ?? (asked.q ? 'relevance' : 'new')}
              onChange={(sort) => ask({ sort: SearchSort.parse(sort) })}
              options={SearchSort.options
                .filter((sort) => asked.q || sort !== 'relevance')
                .map((sort) => ({ value: sort, label: t(`library.sort.${sort}`) }))}
            />
          </header>
          {error && !data && (
            <Alert
              type="warning"
              showIcon
              title={<ErrorNote code={ApiError.from(error).code} />}
              action={<Button onClick={() => void refetch()}>{t('common.retry')}</Button>}
            />
          )}
          {!data && !error && <Skeletons />}
          {data?.relaxed && <Alert type="info" showIcon title={t('library.relaxed', { q: asked.q ?? '' })} />}
          {data && data.hits.length === 0 && (
            <Nothing asked={asked} narrowed={chosen.length > 0} onAll={() => setParams('')} />
          )}
          {data && <Hits page={data} asRows={Boolean(asked.q)} />}
          {data && data.total > PAGE_SIZE && (
            <Pagination
              className={styles.pages}
              current={asked.page ?? 1}
              pageSize={PAGE_SIZE}
              total={data.total}
              showSizeChanger={false}
              onChange={(page) => ask({ page })}
            />
          )}
        </section>
      </div>
      <Drawer
        open={narrowing}
        placement="bottom"
        size="large"
        title={t('library.narrow')}
        onClose={() => setNarrowing(false)}
        footer={
          <Button type="primary" block onClick={() => setNarrowing(false)} data-testid="close-facets">
            {t('library.showFound', { count: data?.total ?? 0 })}
          </Button>
        }
      >
        {facets}
      </Drawer>
    </>
  );
}

function Hits({ page, asRows }: { page: SearchPage; asRows: boolean }) {
  return (
    <div className={asRows ? styles.rows : styles.cards}>
      {page.hits.map(({ card, moments }) => (
        <ResourceCard
          key={card.resourceId}
          card={card}
          shape={asRows ? 'row' : 'card'}
          words={page.words}
          moments={moments}
        />
      ))}
    </div>
  );
}

interface NothingProps {
  asked: Asked;
  narrowed: boolean;
  onAll(): void;
}

function Nothing({ asked, narrowed, onAll }: NothingProps) {
  const { t } = useTranslation();
  const looked = Boolean(asked.q) || narrowed;
  return (
    <div className={styles.panel}>
      <Empty
        description={
          <>
            <p>
              {asked.q
                ? t('library.nothing', { q: asked.q })
                : t(looked ? 'library.nothingHere' : 'library.empty')}
            </p>
            <p className={styles.quiet}>{t(looked ? 'library.nothingHint' : 'library.emptyHint')}</p>
          </>
        }
      >
        {looked && (
          <Button type="primary" onClick={onAll}>
            {t('library.showAll')}
          </Button>
        )}
      </Empty>
    </div>
  );
}

function Skeletons() {
  return (
    <div className={styles.cards} aria-hidden="true">
      {[0, 1, 2, 3, 4, 5].map((line) => (
        <div key={line} className={styles.panel}>
          <Skeleton active title={false} paragraph={{ rows: 4 }} />
        </div>
      ))}
    </div>
  );
}

function askedIn(params: URLSearchParams): Asked {
  const asked: Record<string, string | number> = {};
  for (const field of ASKED_FIELDS) {
    const value = params.get(field);
    if (value) asked[field] = field === 'page' ? Number(value) || 1 : value;
  }
  if (asked.sort && !SearchSort.safeParse(asked.sort).success) delete asked.sort;
  return asked as Asked;
}
