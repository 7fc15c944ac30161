import {
  IconFile,
  IconFileText,
  IconMusic,
  IconPackage,
  IconPhoto,
  IconPlayerPause,
  IconPlayerPlay,
  IconRefresh,
  IconVideo,
  IconX,
} from '@tabler/icons-react';
import { Button, Progress } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ERRORS } from '#protocol/errors.ts';
import { join } from '../ui/class-names.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import type { FileRow } from './rows.ts';
import { percent, sizeWords } from './size-words.ts';
import styles from './UploadPage.module.css';

const ICONS = { film: IconVideo, document: IconFileText, image: IconPhoto, package: IconPackage } as const;
const SOUND = /\.(mp3|m4a|wav|aac|flac|ogg)$/i;
const ENDINGS: [RegExp, keyof typeof ICONS][] = [
  [/\.(mp4|m4v|mov|mkv|webm|avi|flv|wmv|ts|mpe?g)$/i, 'film'],
  [/\.(pdf|pptx?)$/i, 'document'],
  [/\.(png|jpe?g|webp)$/i, 'image'],
];

export interface RowActions {
  onPause(row: FileRow): void;
  onResume(row: FileRow): void;
  onRetry(row: FileRow): void;
  onRemove(row: FileRow): void;
  /** Looks into a package. */
  onLook(row: FileRow): void;
}

/** One file: what it is, how far it is, and what can be done about it. */
export function UploadRow({ row, actions }: { row: FileRow; actions: RowActions }) {
  const { t } = useTranslation();
  const { name, bytes, state, part, kind, notices, failure, resourceId } = row;
  const Icon = iconOf(row);
  const moves = state === 'hashing' || state === 'sending' || state === 'preparing' || state === 'paused';
  const done = state === 'ready';
  return (
    <li className={styles.row} data-testid="upload-row" data-state={state}>
      <Icon
        className={join(styles.kind, done && styles.done, state === 'failed' && styles.bad)}
        aria-hidden
      />
      <div className={styles.what}>
        <div className={styles.nameLine}>
          <span className={styles.name} title={name}>
            <bdi>{name}</bdi>
          </span>
          <span className={styles.size}>{sizeWords(t, bytes)}</span>
        </div>
        {(moves || state === 'interrupted') && (
          <Progress
            percent={Math.round(part * 100)}
            showInfo={false}
            size="small"
            status={state === 'paused' || state === 'interrupted' ? 'normal' : 'active'}
            aria-label={name}
          />
        )}
        <StateLine row={row} />
        {notices.map((notice) => (
          <p key={notice} className={styles.notice}>
            {t(`intake.notice.${notice}`)}
          </p>
        ))}
        {failure && <ErrorNote code={failure} />}
      </div>
      <div className={styles.acts}>
        {state === 'sending' && (
          <Act label={t('intake.pause')} icon={<IconPlayerPause />} onClick={() => actions.onPause(row)} />
        )}
        {state === 'paused' && (
          <Act label={t('intake.resume')} icon={<IconPlayerPlay />} onClick={() => actions.onResume(row)} />
        )}
        {state === 'failed' && mayPass(row) && (
          <Act label={t('intake.retry')} icon={<IconRefresh />} onClick={() => actions.onRetry(row)} />
        )}
        {done && resourceId && (
          <Link className={styles.view} to={`/resources/${resourceId}`}>
            {t('intake.view')}
          </Link>
        )}
        {done && kind === 'package' && (
          <Button onClick={() => actions.onLook(row)} data-testid="look-into-package">
            {t('intake.package.open')}
          </Button>
        )}
        {(!done || kind === 'package') && (
          <Act
            label={t(
              state === 'failed' || state === 'preparing' || done ? 'intake.withdraw' : 'intake.cancel',
            )}
            icon={<IconX />}
            onClick={() => actions.onRemove(row)}
          />
        )}
      </div>
    </li>
  );
}

function StateLine({ row: { state, part, rate, bytes } }: { row: FileRow }) {
  const { t } = useTranslation();
  const left = rate > 0 ? ((1 - part) * bytes) / rate : 0;
  const time =
    left > 90
      ? t('intake.minutes', { count: Math.round(left / 60) })
      : t('intake.seconds', { count: Math.max(1, Math.round(left)) });
  const speed = rate > 0 ? t('intake.rate', { size: sizeWords(t, rate) }) : '…';
  return (
    <p
      className={join(styles.state, state === 'ready' && styles.done, state === 'failed' && styles.bad)}
      aria-live="polite"
    >
      {t(`intake.state.${state}`, { part: percent(part), rate: speed })}
      {state === 'sending' && left > 5 && <span> · {t('intake.later', { time })}</span>}
    </p>
  );
}

function Act({ label, icon, onClick }: { label: string; icon: ReactNode; onClick: () => void }) {
  return (
    <Button type="text" className={styles.act} icon={icon} onClick={onClick}>
      {label}
    </Button>
  );
}

function iconOf({ kind, name, notices }: FileRow) {
  if (notices.includes('audioOnly') || SOUND.test(name)) return IconMusic;
  const known = kind ?? ENDINGS.find(([ending]) => ending.test(name))?.[1];
  return known ? ICONS[known] : IconFile;
}

/** Whether the same file may be taken in later without a change. */
function mayPass({ failure }: FileRow): boolean {
  return (
    failure === 'NETWORK' ||
    (failure !== null && failure in ERRORS && ERRORS[failure as keyof typeof ERRORS].retry)
  );
}
