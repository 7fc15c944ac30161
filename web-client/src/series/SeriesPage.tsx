import { IconPlus } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useOutletContext } from 'react-router';
import type { Account } from '#protocol/domain.ts';
import type { Series } from '#protocol/series.ts';
import { EmptyNote } from '../admin/kit/EmptyNote.tsx';
import { PageHead } from '../admin/kit/PageHead.tsx';
import { ApiError } from '../api/api-error.ts';
import { measure } from '../theme/tokens.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import styles from './Series.module.css';
import { SeriesCard } from './SeriesCard.tsx';
import { SeriesForm } from './SeriesForm.tsx';
import { seriesQuery } from './series-api.ts';

/** A school's open series: made, filled with lessons, published, withdrawn. */
export function SeriesPage() {
  const { t } = useTranslation();
  const account = useOutletContext<Account>();
  const queries = useQueryClient();
  const { data, error } = useQuery(seriesQuery);
  const [making, setMaking] = useState(false);
  const renew = () => queries.invalidateQueries({ queryKey: seriesQuery.queryKey });
  const add = (
    <Button
      type="primary"
      icon={<IconPlus size={measure.icon} stroke={1.5} />}
      data-testid="add-series"
      onClick={() => setMaking(true)}
    >
      {t('series.add')}
    </Button>
  );
  return (
    <>
      <PageHead title={t('series.title')} lead={t('series.lead')} action={data && data.length > 0 && add} />
      {error && <Alert type="warning" showIcon title={<ErrorNote code={ApiError.from(error).code} />} />}
      {!data && !error && <Skeleton active title={false} paragraph={{ rows: 6 }} />}
      {data?.length === 0 && (
        <div className={styles.card}>
          <EmptyNote title={t('series.none')} hint={t('series.noneHint')} action={add} />
        </div>
      )}
      {inOrder(data ?? []).map((each) => (
        <SeriesCard key={each.seriesId} series={each} onChanged={renew} />
      ))}
      <SeriesForm
        series={null}
        organizationId={account.organizationId}
        open={making}
        onClose={() => setMaking(false)}
        onSaved={renew}
      />
    </>
  );
}

const ORDER = ['draft', 'published', 'withdrawn'];
/** What is still to be done first. */
const inOrder = (all: readonly Series[]): Series[] =>
  all.toSorted((one, other) => ORDER.indexOf(one.state) - ORDER.indexOf(other.state));
