import { IconPlus } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Skeleton, Tabs } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useOutletContext } from 'react-router';
import type { Account } from '#protocol/domain.ts';
import { EmptyNote } from '../admin/kit/EmptyNote.tsx';
import { PageHead } from '../admin/kit/PageHead.tsx';
import { ApiError } from '../api/api-error.ts';
import { measure } from '../theme/tokens.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { ActivityCard } from './ActivityCard.tsx';
import { ActivityForm } from './ActivityForm.tsx';
import styles from './Invitation.module.css';
import { activitiesQuery } from './invitation-api.ts';
import { Rubrics } from './Rubrics.tsx';

/** Master lessons as who plans them sees them, and the rubrics that they are reviewed by. */
export function InvitationsPage() {
  const { t } = useTranslation();
  const account = useOutletContext<Account>();
  return (
    <>
      <PageHead title={t('invitation.title')} lead={t('invitation.lead')} />
      <Tabs
        items={[
          {
            key: 'activities',
            label: t('invitation.activities'),
            children: <Activities account={account} />,
          },
          { key: 'rubrics', label: t('invitation.rubrics'), children: <Rubrics account={account} /> },
        ]}
      />
    </>
  );
}

function Activities({ account }: { account: Account }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { data, error } = useQuery(activitiesQuery);
  const [making, setMaking] = useState(false);
  const renew = () => queries.invalidateQueries({ queryKey: activitiesQuery.queryKey, exact: true });
  const add = (
    <Button
      type="primary"
      icon={<IconPlus size={measure.icon} stroke={1.5} />}
      data-testid="add-activity"
      onClick={() => setMaking(true)}
    >
      {t('invitation.add')}
    </Button>
  );
  const parts = Map.groupBy(data ?? [], ({ state }) =>
    state === 'planned' || state === 'running' ? 'upcoming' : 'past',
  );
  return (
    <>
      {error && <Alert type="warning" showIcon title={<ErrorNote code={ApiError.from(error).code} />} />}
      {!data && !error && <Skeleton active title={false} paragraph={{ rows: 6 }} />}
      {data?.length === 0 && (
        <div className={styles.card}>
          <EmptyNote title={t('invitation.none')} hint={t('invitation.noneHint')} action={add} />
        </div>
      )}
      {data && data.length > 0 && <p className={styles.actions}>{add}</p>}
      {(['upcoming', 'past'] as const).map((part) => {
        const activities = parts.get(part);
        return (
          activities && (
            <section key={part}>
              <h2 className={styles.heading}>{t(`invitation.${part}`)}</h2>
              {(part === 'past' ? activities.toReversed() : activities).map((activity) => (
                <ActivityCard key={activity.lessonId} activity={activity} onChanged={renew} />
              ))}
            </section>
          )
        );
      })}
      <ActivityForm
        activity={null}
        organizationId={account.organizationId}
        open={making}
        onClose={() => setMaking(false)}
        onSaved={renew}
      />
    </>
  );
}
