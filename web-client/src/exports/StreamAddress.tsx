import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Id } from '#protocol/ids.ts';
import { ApiError } from '../api/api-error.ts';
import { Button } from '../ui/Button.tsx';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { clockTime } from '../ui/time.ts';
import { useLanguage } from '../ui/use-language.ts';
import styles from './Exports.module.css';
import { askStream } from './exports-api.ts';

/** The cut as an address that any player opens: mpv, VLC, a TV box. Nothing has to be made for it. */
export function StreamAddress({ resourceId }: { resourceId: Id }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const ask = useMutation({ mutationFn: () => askStream(resourceId) });
  if (ask.data)
    return (
      <label className={styles.stream}>
        {t('exports.streamUntil', { time: clockTime(ask.data.expiresAt, language) })}
        <input
          className={styles.address}
          readOnly
          value={new URL(ask.data.address, location.href).href}
          data-testid="stream-address"
          onFocus={({ target }) => target.select()}
        />
      </label>
    );
  return (
    <div className={styles.stream}>
      <p>{t('exports.streamLead')}</p>
      <Button disabled={ask.isPending} data-testid="stream-ask" onClick={() => ask.mutate()}>
        {t('exports.stream')}
      </Button>
      {ask.error && <ErrorNote code={ApiError.from(ask.error).code} />}
    </div>
  );
}
