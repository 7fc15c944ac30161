import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Progress, Result, Skeleton } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { RosterImport } from '#protocol/roster.ts';
import { TABLE } from '../admin/kit/DataTable.tsx';
import { ApiError } from '../api/api-error.ts';
import { DropZone } from '../intake/DropZone.tsx';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { FateCounts, totalOf } from './FateCounts.tsx';
import { FileList } from './FileList.tsx';
import { ROSTER_FILES, sendFiles } from './ImportStart.tsx';
import { MissingChoice } from './MissingChoice.tsx';
import { PlanTable } from './PlanTable.tsx';
import styles from './RosterPage.module.css';
import { importQuery, rosterApi, rowsPath } from './roster-api.ts';

interface Props {
  importId: string;
  onEnd: () => void;
}

/** One import: what was sent, what would become of it, and the button that does it. */
export function ImportSheet({ importId, onEnd }: Props) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const query = importQuery(importId);
  const { data: told, error } = useQuery(query);
  const keep = (next: RosterImport) => queries.setQueryData(query.queryKey, next);
  const busy = told?.busy ?? null;
  useEffect(() => {
    // What the table has was asked for while it was worked out.
    if (!busy) void queries.invalidateQueries({ queryKey: [TABLE, rowsPath(importId)] });
  }, [busy, queries, importId]);
  const apply = useMutation({ mutationFn: () => rosterApi.apply(importId), onSuccess: keep });
  const again = useMutation({
    mutationFn: async (files: readonly File[]) => {
      await sendFiles(importId, files, () => {});
      return await rosterApi.plan(importId);
    },
    onSuccess: keep,
  });
  const drop = useMutation({ mutationFn: () => rosterApi.remove(importId), onSettled: onEnd });
  const failure = error ?? apply.error ?? again.error;
  if (error && ApiError.from(error).code === 'NOT_FOUND')
    return (
      <Result
        title={t('roster.expired')}
        subTitle={t('roster.expiredHint')}
        extra={<Button onClick={onEnd}>{t('roster.another')}</Button>}
      />
    );
  if (!told) return <Skeleton active />;
  if (told.state === 'applied') return <Done told={told} onEnd={onEnd} />;
  return (
    <div className={styles.start}>
      {failure && <Alert type="error" showIcon title={<ErrorNote code={ApiError.from(failure).code} />} />}
      {told.failure && !told.busy && (
        <Alert
          type="error"
          showIcon
          title={<ErrorNote code={told.failure} />}
          action={<Button onClick={() => again.mutate([])}>{t('roster.planAgain')}</Button>}
        />
      )}
      {told.busy ? (
        <Busy told={told} />
      ) : (
        told.counts && (
          <section className={styles.card}>
            <div className={styles.verdict}>
              <div className={styles.verdictWords}>
                <h2 className={styles.cardTitle}>
                  {t(`roster.verdict.${verdictOf(told)}`, { count: refusedOf(told) })}
                </h2>
                <p>{t(`roster.verdictHint.${verdictOf(told)}`, { place: told.organizationName })}</p>
              </div>
              <div className={styles.buttons}>
                <Button onClick={() => drop.mutate()}>{t('roster.drop_it')}</Button>
                <Button
                  type="primary"
                  size="large"
                  disabled={!told.ready}
                  loading={apply.isPending}
                  onClick={() => apply.mutate()}
                  data-testid="roster-apply"
                >
                  {t('roster.apply')}
                </Button>
              </div>
            </div>
            {told.ready && rowsOf(told) > MANY && (
              <Alert type="warning" showIcon title={t('roster.slow', { count: rowsOf(told) })} />
            )}
            <FateCounts counts={told.counts} />
            <MissingChoice told={told} onTold={keep} />
          </section>
        )
      )}
      <FileList files={told.files} />
      {!told.busy && (
        <DropZone
          title={t('roster.dropAgain')}
          hint={t('roster.dropAgainHint')}
          accept={ROSTER_FILES}
          small
          onFiles={(files) => files.length > 0 && again.mutate(files)}
        />
      )}
      {told.state === 'planned' && !told.busy && <PlanTable importId={importId} />}
    </div>
  );
}

/** More than this keep everybody waiting while they are written. */
const MANY = 20_000;
const rowsOf = ({ counts }: RosterImport): number =>
  counts ? totalOf(counts, ['new', 'changed', 'archived', 'left']) : 0;

type Verdict = 'ready' | 'refused' | 'files' | 'kept' | 'nothing';
function verdictOf(told: RosterImport): Verdict {
  if (told.ready) return 'ready';
  if (refusedOf(told) > 0) return 'refused';
  if (rowsOf(told) > 0) return 'files';
  return told.counts && totalOf(told.counts, ['kept']) > 0 ? 'kept' : 'nothing';
}
const refusedOf = ({ counts }: RosterImport): number => (counts ? totalOf(counts, ['refused']) : 0);

function Busy({ told }: { told: RosterImport }) {
  const { t } = useTranslation();
  const { done, total } = told.progress;
  return (
    <section className={styles.card} aria-live="polite">
      <h2 className={styles.cardTitle}>{t(`roster.busy.${told.busy ?? 'plan'}`)}</h2>
      <p>{t('roster.busyHint', { count: total / 2 })}</p>
      <Progress percent={total > 0 ? Math.min(99, Math.round((done / total) * 100)) : 0} status="active" />
    </section>
  );
}

function Done({ told, onEnd }: { told: RosterImport; onEnd: () => void }) {
  const { t } = useTranslation();
  return (
    <section className={styles.card}>
      <Result
        status="success"
        title={t('roster.done')}
        subTitle={t('roster.doneHint', { place: told.organizationName })}
        extra={[
          <Link key="people" to="/admin/people">
            <Button type="primary">{t('roster.toPeople')}</Button>
          </Link>,
          <Button key="more" onClick={onEnd}>
            {t('roster.another')}
          </Button>,
        ]}
      />
      {told.counts && <FateCounts counts={told.counts} />}
    </section>
  );
}
