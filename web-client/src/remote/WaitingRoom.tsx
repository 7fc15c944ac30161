import { IconArrowLeft, IconStethoscope } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Lesson } from '#protocol/domain.ts';
import { WaitingCheck } from '../check/WaitingCheck.tsx';
import { BarButton } from '../classroom/BarButton.tsx';
import { BellTime } from '../classroom/BellTime.tsx';
import { FullscreenButton } from '../classroom/FullscreenButton.tsx';
import { useWakeLock } from '../classroom/use-wake-lock.ts';
import { homePath } from '../room/room-memory.ts';
import { clockTime, MINUTE_MS } from '../ui/time.ts';
import { topicOf } from '../ui/topic-of.ts';
import { useLanguage } from '../ui/use-language.ts';
import { useNow } from '../ui/use-now.ts';
import styles from './WaitingRoom.module.css';

const TICK_MS = 1000;
/** Earlier than this the hour alone says enough. */
const COUNTED_MS = 99 * MINUTE_MS;

interface Props {
  lesson: Lesson;
  /** A remote classroom, which checks itself while it waits. */
  sends: boolean;
}

/** Before the lesson opens: whom we wait for and how long still. The room goes in by itself. */
export function WaitingRoom({ lesson, sends }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const navigate = useNavigate();
  const now = useNow(TICK_MS);
  useWakeLock();
  return (
    <section className={styles.page} data-theme="stage" data-testid="waiting-room">
      <p className={styles.lesson}>
        {lesson.subject} · {topicOf(lesson)}
      </p>
      <h1 className={styles.title}>{t('remote.waitTitle', { teacher: lesson.teacherName })}</h1>
      <p className={styles.time}>
        {t('stage.startsAt', { time: clockTime(lesson.plannedStart, language) })}
        {lesson.plannedStart - now < COUNTED_MS && (
          <span className={styles.left}>
            <BellTime lesson={lesson} begun={false} now={now} />
          </span>
        )}
      </p>
      {sends && isSecureContext && <WaitingCheck lesson={lesson} />}
      <div className={styles.actions}>
        <FullscreenButton stage />
        {sends && (
          <BarButton
            icon={IconStethoscope}
            word={t('check.link')}
            stage
            onClick={() => void navigate(`/lessons/${lesson.lessonId}/check`)}
          />
        )}
        <BarButton
          icon={IconArrowLeft}
          word={t('common.back')}
          stage
          onClick={() => void navigate(homePath())}
        />
      </div>
    </section>
  );
}
