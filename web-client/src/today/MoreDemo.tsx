import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/api-error.ts';
import { platform } from '../api/platform.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import styles from './TodayPage.module.css';

/** When all of today's demo lessons are over, another one that begins now. */
export function MoreDemo() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { message } = App.useApp();
  const plan = useMutation({
    mutationFn: platform.planDemo,
    onSuccess: () => queries.invalidateQueries({ queryKey: ['lessons'] }),
    onError: (error) => message.error(<ErrorNote code={ApiError.from(error).code} />),
  });
  return (
    <div className={styles.more}>
      <p>{t('today.demoMoreHint')}</p>
      <Button type="primary" data-testid="demo-more" loading={plan.isPending} onClick={() => plan.mutate()}>
        {t('today.demoMore')}
      </Button>
    </div>
  );
}
