import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/api-error.ts';
import { Button } from '../ui/Button.tsx';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { clockTime, duration } from '../ui/time.ts';
import { useLanguage } from '../ui/use-language.ts';
import styles from './Editor.module.css';
import { versionsQuery } from './editor-api.ts';
import type { Edit } from './state/use-edit.ts';

/** Somebody else was faster: who, when, and which of the two goes on. Neither is lost. */
export function Overtaken({ resourceId, edit }: { resourceId: string; edit: Edit }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { data } = useQuery(versionsQuery(resourceId));
  const choose = useMutation({
    mutationFn: async (whose: 'mine' | 'theirs') =>
      whose === 'mine' ? await edit.keepMine() : await edit.takeTheirs(),
  });
  const newest = data?.[0];
  return (
    <div className={styles.notice} role="alert" data-testid="overtaken">
      <p>
        {newest
          ? t('editor.overtaken.who', {
              name: newest.byMe
                ? t('editor.overtaken.meElsewhere')
                : (newest.byName ?? t('editor.versions.platform')),
              at: clockTime(newest.at, language),
              length: duration(newest.durationMs ?? 0),
            })
          : t('editor.overtaken.somebody')}{' '}
        {t('editor.overtaken.safe')}
      </p>
      <div className={styles.noticeActions}>
        <Button disabled={choose.isPending} data-testid="take-theirs" onClick={() => choose.mutate('theirs')}>
          {t('editor.overtaken.theirs')}
        </Button>
        <Button
          kind="primary"
          disabled={choose.isPending}
          data-testid="keep-mine"
          onClick={() => choose.mutate('mine')}
        >
          {t('editor.overtaken.mine')}
        </Button>
      </div>
      {choose.error && <ErrorNote code={ApiError.from(choose.error).code} />}
    </div>
  );
}
