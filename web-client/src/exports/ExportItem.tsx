import { IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type Export, isOver } from '#protocol/export.ts';
import { measure } from '../theme/tokens.ts';
import { Button } from '../ui/Button.tsx';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { clockTime, longDate } from '../ui/time.ts';
import { useLanguage } from '../ui/use-language.ts';
import styles from './Exports.module.css';
import { fileSize } from './file-size.ts';

interface Props {
  item: Export;
  busy: boolean;
  onChange: (to: 'cancel' | 'retry') => void;
}

/** One MP4 that was asked for: how far it is, and the one thing that can be done with it now. */
export function ExportItem({ item, busy, onChange }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { state, progress, waiting, error, bytes, download, fileName, participantName, createdAt } = item;
  const over = isOver(state);
  const name = participantName
    ? t('exports.feed', { name: participantName })
    : t(item.what === 'programme' ? 'exports.programme' : 'exports.feedOnly');
  const when = `${longDate(createdAt, language)} ${clockTime(createdAt, language)}`;
  return (
    <li className={styles.item} data-testid="export-item" data-state={state}>
      <div className={styles.what}>
        <span className={styles.name}>{name}</span>
        <span className={styles.state}>
          {waiting ? t('exports.waiting') : t(`exports.${state}`, { size: fileSize(bytes ?? 0) })}
          {state === 'running' && !waiting && ` ${Math.floor(progress * 100)}%`}
        </span>
        {!over && (
          <progress className={styles.progress} value={progress} max={1} aria-label={t('exports.progress')} />
        )}
        {state === 'failed' && error && <ErrorNote code={error} />}
        <span className={styles.by}>{t('exports.by', { name: item.requestedByName, when })}</span>
      </div>
      {!over && (
        <Button disabled={busy} onClick={() => onChange('cancel')}>
          {t('exports.cancel')}
        </Button>
      )}
      {(state === 'failed' || state === 'cancelled') && (
        <Button disabled={busy} onClick={() => onChange('retry')}>
          {t(state === 'failed' ? 'exports.retry' : 'exports.again')}
        </Button>
      )}
      {download && (
        <a className={styles.download} href={download} download={fileName} data-testid="export-download">
          <IconDownload size={measure.icon} aria-hidden="true" />
          {t('exports.download')}
        </a>
      )}
    </li>
  );
}
