import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ExportRequest } from '#protocol/export.ts';
import type { Id } from '#protocol/ids.ts';
import { ApiError } from '../api/api-error.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { ExportItem } from './ExportItem.tsx';
import styles from './Exports.module.css';
import { askExport, changeExport, type ExportSubject, exportsQuery } from './exports-api.ts';
import { StreamAddress } from './StreamAddress.tsx';

interface Props {
  of: ExportSubject;
  feeds: readonly { trackId: Id; name: string }[];
  onClose: () => void;
}

const WHOLE = 'programme';

/** One choice and one button; below it what was asked for before, by whomever, as it goes on. */
export function ExportDialog({ of, feeds, onClose }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const selectId = useId();
  const [chosen, setChosen] = useState<string>(WHOLE);
  const list = useQuery(exportsQuery(of));
  const onSettled = () => client.invalidateQueries({ queryKey: exportsQuery(of).queryKey });
  const ask = useMutation({ mutationFn: (request: ExportRequest) => askExport(of, request), onSettled });
  const change = useMutation({
    mutationFn: ({ exportId, to }: { exportId: Id; to: 'cancel' | 'retry' }) => changeExport(exportId, to),
    onSettled,
  });
  const failure = ask.error ?? change.error ?? list.error;
  const what = chosen === WHOLE ? WHOLE : { trackId: chosen };
  return (
    <Dialog
      title={t('exports.title')}
      onClose={onClose}
      actions={<Button onClick={onClose}>{t('exports.close')}</Button>}
    >
      <p>{t('exports.lead')}</p>
      <div className={styles.ask}>
        <label className={styles.label} htmlFor={selectId}>
          {t('exports.what')}
        </label>
        <select
          id={selectId}
          className={styles.select}
          value={chosen}
          data-testid="export-what"
          onChange={({ target }) => setChosen(target.value)}
        >
          <option value={WHOLE}>{t('exports.programme')}</option>
          {feeds.map(({ trackId, name }) => (
            <option key={trackId} value={trackId}>
              {t('exports.feed', { name })}
            </option>
          ))}
        </select>
        <Button
          kind="primary"
          disabled={ask.isPending}
          data-testid="export-ask"
          onClick={() => ask.mutate({ what })}
        >
          {t('exports.ask')}
        </Button>
      </div>
      {failure && <ErrorNote code={ApiError.from(failure).code} />}
      {list.data?.length === 0 && <p className={styles.empty}>{t('exports.empty')}</p>}
      <ul className={styles.list} aria-live="polite">
        {list.data?.map((one) => (
          <ExportItem
            key={one.exportId}
            item={one}
            busy={change.isPending}
            onChange={(to) => change.mutate({ exportId: one.exportId, to })}
          />
        ))}
      </ul>
      {'resourceId' in of && <StreamAddress resourceId={of.resourceId} />}
    </Dialog>
  );
}
