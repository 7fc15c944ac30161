import { IconPlus } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Skeleton, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '#protocol/domain.ts';
import { type Rubric, rubricTotal } from '#protocol/invitation.ts';
import { EmptyNote } from '../admin/kit/EmptyNote.tsx';
import { useUndoToast } from '../admin/kit/use-undo-toast.tsx';
import { ApiError } from '../api/api-error.ts';
import { measure } from '../theme/tokens.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import styles from './Invitation.module.css';
import { invitationApi, rubricsQuery } from './invitation-api.ts';
import { RubricForm } from './RubricForm.tsx';
import { RubricSheet } from './RubricSheet.tsx';

/** 评分表: what reviewers look at. */
export function Rubrics({ account }: { account: Account }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const toast = useUndoToast();
  const { data, error } = useQuery(rubricsQuery);
  /** Null: a new one; undefined: none is open. */
  const [editing, setEditing] = useState<Rubric | null | undefined>(undefined);
  const renew = () => queries.invalidateQueries({ queryKey: rubricsQuery.queryKey });
  const act = useMutation({ mutationFn: (what: () => Promise<unknown>) => what(), onSuccess: renew });
  const archive = ({ rubricId, title }: Rubric) =>
    act.mutate(async () => {
      await invitationApi.archiveRubric(rubricId);
      toast(t('invitation.archived', { title }), async () => {
        await invitationApi.restoreRubric(rubricId);
        await renew();
      });
    });
  const restore = ({ rubricId, title }: Rubric) =>
    act.mutate(async () => {
      await invitationApi.restoreRubric(rubricId);
      toast(t('invitation.restored', { title }));
    });
  const add = (
    <Button
      type="primary"
      icon={<IconPlus size={measure.icon} stroke={1.5} />}
      data-testid="add-rubric"
      onClick={() => setEditing(null)}
    >
      {t('invitation.rubricAdd')}
    </Button>
  );
  const trouble = error ?? act.error;
  return (
    <>
      {trouble && <Alert type="warning" showIcon title={<ErrorNote code={ApiError.from(trouble).code} />} />}
      {!data && !error && <Skeleton active title={false} paragraph={{ rows: 4 }} />}
      {data?.length === 0 && (
        <div className={styles.card}>
          <EmptyNote title={t('invitation.rubricNone')} hint={t('invitation.rubricNoneHint')} action={add} />
        </div>
      )}
      {data && data.length > 0 && <p className={styles.actions}>{add}</p>}
      {data?.map((rubric) => (
        <article key={rubric.rubricId} className={styles.card}>
          <div className={styles.words}>
            <h3 className={styles.title}>
              <bdi>{rubric.title}</bdi> {rubric.archived && <Tag>{t('invitation.isArchived')}</Tag>}
            </h3>
            <p className={styles.quiet}>
              {rubric.organizationName} ·{' '}
              {t('invitation.total', { total: rubricTotal(rubric), count: rubric.items.length })}
              {!rubric.mayEdit && ` · ${t('invitation.readOnly')}`}
            </p>
            <RubricSheet items={rubric.items} />
          </div>
          {rubric.mayEdit && (
            <div className={styles.buttons}>
              {rubric.archived ? (
                <Button onClick={() => restore(rubric)}>{t('invitation.restore')}</Button>
              ) : (
                <>
                  <Button onClick={() => setEditing(rubric)}>{t('invitation.rubricEdit')}</Button>
                  <Button onClick={() => archive(rubric)}>{t('invitation.archive')}</Button>
                </>
              )}
            </div>
          )}
        </article>
      ))}
      <RubricForm
        key={editing?.rubricId ?? 'new'}
        rubric={editing ?? null}
        organizationId={account.organizationId}
        open={editing !== undefined}
        onClose={() => setEditing(undefined)}
        onSaved={renew}
      />
    </>
  );
}
