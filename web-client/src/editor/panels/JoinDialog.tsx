import { useMutation, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EditSource } from '#protocol/edit-rest.ts';
import type { Id } from '#protocol/ids.ts';
import { ApiError } from '../../api/api-error.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { duration, longDate } from '../../ui/time.ts';
import { useLanguage } from '../../ui/use-language.ts';
import { editorApi, joinableQuery } from '../editor-api.ts';
import styles from './Panel.module.css';

interface Props {
  resourceId: string;
  /** Recordings that are there already. */
  joined: readonly Id[];
  onJoin: (source: EditSource) => void;
  onClose: () => void;
}

/** Which other recording comes behind what is there. */
export function JoinDialog({ resourceId, joined, onJoin, onClose }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [search, setSearch] = useState('');
  const { data, error } = useQuery(joinableQuery(resourceId, useDeferredValue(search.trim())));
  const take = useMutation({
    mutationFn: (recordingId: Id) => editorApi.source(resourceId, recordingId),
    onSuccess: onJoin,
  });
  const found = data?.filter(({ recordingId }) => !joined.includes(recordingId));
  const failure = error ?? take.error;
  return (
    <Dialog
      title={t('editor.join.title')}
      onClose={onClose}
      actions={<Button onClick={onClose}>{t('common.cancel')}</Button>}
    >
      <div className={styles.section}>
        <p className={styles.hint}>{t('editor.join.lead')}</p>
        <input
          className={styles.input}
          type="search"
          value={search}
          maxLength={80}
          placeholder={t('editor.join.search')}
          aria-label={t('editor.join.search')}
          onChange={(event) => setSearch(event.target.value)}
        />
        {failure && <ErrorNote code={ApiError.from(failure).code} />}
        {found?.length === 0 && <p className={styles.hint}>{t('editor.join.empty')}</p>}
        {found?.map((one) => (
          <button
            key={one.recordingId}
            type="button"
            className={styles.choice}
            disabled={take.isPending}
            onClick={() => take.mutate(one.recordingId)}
          >
            <span className={styles.versionText}>
              <span className={styles.choiceName}>
                {one.subject} {one.title}
              </span>
              <span className={styles.versionDetail}>
                {one.teacherName}
                {one.startedAt !== null && ` · ${longDate(one.startedAt, language)}`} ·{' '}
                {duration(one.durationMs)}
              </span>
            </span>
          </button>
        ))}
      </div>
    </Dialog>
  );
}
