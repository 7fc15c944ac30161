import { IconPlayerPauseFilled, IconPlayerRecordFilled } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { RecordingPolicy } from '#protocol/policy.ts';
import type { RecordingPlan } from '#protocol/rest.ts';
import { spaceLevel } from '#protocol/space.ts';
import { ApiError } from '../api/api-error.ts';

import type { PageErrorCode } from '../i18n/errors.ts';
import type { LessonSnapshot } from '../lesson/session.ts';
import type { Act } from '../steering/use-act.ts';
import { measure } from '../theme/tokens.ts';
import { Button } from '../ui/Button.tsx';
import { join } from '../ui/class-names.ts';
import { duration } from '../ui/time.ts';
import styles from './RecordPanel.module.css';
import { moodOf, type RecordingMood, recordedMs } from './recorded.ts';
import { recordingPlanQuery, setRecordingPolicy } from './recording-api.ts';
import { leftWords, sizeWords } from './space-words.ts';

const HOUR_SECONDS = 3_600;
const POLICIES: readonly RecordingPolicy[] = ['auto', 'manual', 'off'];

interface Props {
  snapshot: LessonSnapshot;
  /** Server's wall ms. */
  now: number;
  act: Act;
  onError: (code: PageErrorCode | null) => void;
}

/** Whether it records, the one button for that, and how long the disk lasts. */
export function RecordPanel({ snapshot, now, act, onError }: Props) {
  const { t } = useTranslation();
  const { live } = snapshot;
  const { data: plan, refetch } = useQuery(recordingPlanQuery(live.lessonId, live.recording !== null));
  const policy = live.directing.policy ?? plan?.policy ?? null;
  const mood = moodOf(live, policy === 'auto');
  const choose = async (next: RecordingPolicy) => {
    try {
      await setRecordingPolicy(live.lessonId, next);
      onError(null);
      await refetch();
    } catch (error) {
      onError(ApiError.from(error).code);
    }
  };
  return (
    <section
      className={styles.panel}
      aria-label={t('desk.panel')}
      data-testid="record-panel"
      data-mood={mood}
    >
      <p className={join(styles.mood, styles[mood])} role="status">
        {mood === 'held' ? (
          <IconPlayerPauseFilled size={measure.icon} aria-hidden="true" />
        ) : (
          <IconPlayerRecordFilled size={measure.icon} aria-hidden="true" />
        )}
        <span className={styles.word}>{t(`desk.mood.${mood}`)}</span>
        {live.recording && <span className={styles.elapsed}>{duration(recordedMs(live, now))}</span>}
      </p>
      {mood === 'held' && <p className={styles.lead}>{t('desk.pausedLead')}</p>}
      {mood === 'trouble' && <p className={styles.lead}>{t('desk.troubleLead')}</p>}
      {mood === 'off' && policy === 'off' && <p className={styles.lead}>{t('desk.offLead')}</p>}
      {mood === 'off' && policy === 'manual' && live.state !== 'live' && (
        <p className={styles.lead}>{t('desk.notLive')}</p>
      )}
      <RecordButton mood={mood} begun={live.state === 'live'} off={policy === 'off'} act={act} />
      <Facts snapshot={snapshot} plan={plan ?? null} />
      {!live.recording && policy && (
        <fieldset className={styles.policy}>
          <legend>{t('desk.policy')}</legend>
          <div className={styles.choices}>
            {POLICIES.map((known) => (
              <button
                key={known}
                type="button"
                className={join(styles.choice, known === policy && styles.chosen)}
                aria-pressed={known === policy}
                data-testid={`policy-${known}`}
                onClick={() => void choose(known)}
              >
                {t(`desk.policies.${known}`)}
              </button>
            ))}
          </div>
        </fieldset>
      )}
    </section>
  );
}

function RecordButton({
  mood,
  begun,
  off,
  act,
}: {
  mood: RecordingMood;
  begun: boolean;
  off: boolean;
  act: Act;
}) {
  const { t } = useTranslation();
  if (mood === 'on' || mood === 'trouble')
    return (
      <Button data-testid="record-pause" onClick={() => void act('recording.hold', {})}>
        {t('desk.pause')}
      </Button>
    );
  if (mood === 'waiting' || off || (mood === 'off' && !begun)) return null;
  return (
    <Button kind="primary" data-testid="record-run" onClick={() => void act('recording.run', {})}>
      {t(mood === 'held' ? 'desk.resume' : 'desk.start')}
    </Button>
  );
}

/** Size so far, room and time left. */
function Facts({ snapshot, plan }: { snapshot: LessonSnapshot; plan: RecordingPlan | null }) {
  const { t } = useTranslation();
  const { live, recordingStatus } = snapshot;
  const status = live.recording ? recordingStatus?.status : null;
  const free = status ? status.diskFreeBytes : (plan?.diskFreeBytes ?? null);
  const missing = !status && plan?.recorderReady === false;
  const leftMs = live.recording ? (recordingStatus?.leftMs ?? null) : null;
  const level = live.directing.space?.level ?? spaceLevel(leftMs, null);
  return (
    <>
      <dl className={styles.facts}>
        {status && (
          <>
            <dt>{t('desk.size')}</dt>
            <dd data-testid="record-size">
              {sizeWords(status.bytes)}
              {status.bytesPerSecond !== null && (
                <span className={styles.rate}>
                  {t('desk.rate', { size: sizeWords(status.bytesPerSecond * HOUR_SECONDS) })}
                </span>
              )}
            </dd>
          </>
        )}
        {(free !== null || missing) && (
          <>
            <dt>{t('desk.free')}</dt>
            <dd>{free === null ? t('desk.noRecorder') : sizeWords(free)}</dd>
          </>
        )}
        {live.recording && free !== null && (
          <>
            <dt>{t('desk.left')}</dt>
            <dd className={join(styles.left, level && styles[level])}>
              {leftMs === null ? t('desk.unknown') : leftWords(t, leftMs)}
            </dd>
          </>
        )}
      </dl>
      {live.directing.space && (
        <p className={join(styles.alarm, styles[live.directing.space.level])} role="alert">
          {t(`desk.space.${live.directing.space.level}`, {
            left: leftWords(t, leftMs ?? live.directing.space.leftMs),
          })}
        </p>
      )}
    </>
  );
}
