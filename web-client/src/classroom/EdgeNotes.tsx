import { useTranslation } from 'react-i18next';
import type { FeedRole, Lesson } from '#protocol/domain.ts';
import { leftWords } from '../desk/space-words.ts';
import type { PageErrorCode } from '../i18n/errors.ts';
import type { LessonSnapshot } from '../lesson/session.ts';
import { Button } from '../ui/Button.tsx';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import styles from './EdgeNotes.module.css';
import { failedFeeds } from './failed-feeds.ts';
import { LessonNotes } from './lesson-notes.tsx';

interface Props {
  snapshot: LessonSnapshot;
  /** For who sits in it; a teacher's tools are at this edge, and who is missing stands beside them. */
  lesson?: Lesson;
  /** Sentences of the page's own. */
  extra?: readonly PageErrorCode[];
  /** Tries again to start a feed of one's own that failed. */
  onRetry?: (role: FeedRole) => void;
}

/** What troubles the lesson now, at the picture's lower edge; the picture itself stays. */
export function EdgeNotes({ snapshot, lesson, extra = [], onRetry }: Props) {
  const { t } = useTranslation();
  const { phase, media, local, live, me } = snapshot;
  const trouble = live.recording?.trouble;
  // The desk tells it beside the recording; over a picture it is for the teacher, who looks nowhere else.
  const space = me?.role === 'presenter' ? live.directing.space : null;
  return (
    <div className={styles.notes} aria-live="polite">
      {phase === 'reconnecting' && (
        <p className={styles.note}>
          {t(media === 'connected' ? 'stage.reconnectingQuietly' : 'stage.reconnecting')}
        </p>
      )}
      {phase === 'joined' && media === 'recovering' && (
        <p className={styles.note}>{t('stage.mediaRecovering')}</p>
      )}
      {phase === 'joined' && media === 'none' && <p className={styles.note}>{t('stage.mediaWaiting')}</p>}
      {trouble && (
        <p className={styles.note}>
          <ErrorNote code={trouble === 'RECORDING_DISK_FULL' ? 'RECORDING_DISK_FULL' : 'NO_RECORDER'} />
        </p>
      )}
      {space && (
        <p className={styles.note} data-testid="space-note">
          {t(`desk.space.${space.level}`, { left: leftWords(t, space.leftMs) })}
        </p>
      )}
      {failedFeeds(local).map(({ code, roles }) => (
        <div key={code} className={styles.note}>
          <ErrorNote code={code} />
          {onRetry && (
            <Button
              className={styles.retry}
              onClick={() => {
                for (const role of roles) onRetry(role);
              }}
            >
              {t('common.retry')}
            </Button>
          )}
        </div>
      ))}
      {lesson && me && <LessonNotes lesson={lesson} me={me} className={styles.note} />}
      {extra.map((code) => (
        <p key={code} className={styles.note}>
          <ErrorNote code={code} />
        </p>
      ))}
    </div>
  );
}
