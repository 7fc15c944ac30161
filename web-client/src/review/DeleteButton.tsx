import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Resource } from '#protocol/resource.ts';
import { BIN_DAYS } from '#protocol/retention.ts';
import { ApiError } from '../api/api-error.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import styles from './Review.module.css';
import { reviewApi } from './review-api.ts';

/** Puts it into the bin, from where it can be had back for a week. */
export function DeleteButton({ resource: { resourceId, version } }: { resource: Resource }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [why, setWhy] = useState<string | null>(null);
  const again = () => queries.invalidateQueries();
  const undo = useMutation({ mutationFn: () => reviewApi.takeOut(resourceId), onSettled: again });
  const remove = useMutation({
    mutationFn: () => reviewApi.remove(resourceId, { version, why: why?.trim() ?? '', now: false }),
    onSuccess: async () => {
      void message.open({
        type: 'info',
        duration: 10,
        content: (
          <>
            {t('review.binned', { count: BIN_DAYS })}{' '}
            <Button type="link" onClick={() => undo.mutate()}>
              {t('review.undo')}
            </Button>
          </>
        ),
      });
      await navigate('/resources/mine');
      await again();
    },
  });
  if (why === null)
    return (
      <Button type="text" data-testid="delete" onClick={() => setWhy('')}>
        {t('review.delete')}
      </Button>
    );
  return (
    <section className={styles.card}>
      <Input
        autoFocus
        value={why}
        maxLength={200}
        placeholder={t('review.whyDelete')}
        aria-label={t('review.whyDelete')}
        onChange={({ target }) => setWhy(target.value)}
      />
      {remove.error && <ErrorNote code={ApiError.from(remove.error).code} />}
      <div className={styles.buttons}>
        <Button
          danger
          loading={remove.isPending}
          disabled={why.trim() === ''}
          onClick={() => remove.mutate()}
        >
          {t('review.intoBin')}
        </Button>
        <Button onClick={() => setWhy(null)}>{t('common.cancel')}</Button>
      </div>
    </section>
  );
}
