import { useTranslation } from 'react-i18next';
import type { Lesson } from '#protocol/domain.ts';
import { join } from '../ui/class-names.ts';
import { MINUTE_MS } from '../ui/time.ts';
import styles from './StateBadge.module.css';

const SOON_MINUTES = 60;

/** How a lesson stands: its state, and while it has not begun how long until it does. */
export function StateBadge({ lesson, now }: { lesson: Lesson; now: number }) {
  const { t } = useTranslation();
  const { state, plannedStart, plannedEnd, replayMs } = lesson;
  if (lesson.cancelled)
    return <span className={join(styles.badge, styles.ended)}>{t('timetable.cancelled')}</span>;
  const minutes = Math.ceil((plannedStart - now) / MINUTE_MS);
  if (state === 'scheduled' && minutes <= 0 && now < plannedEnd)
    return <span className={join(styles.badge, styles.late)}>{t('today.late')}</span>;
  if (state === 'scheduled' && minutes > 0 && minutes <= SOON_MINUTES)
    return <span className={join(styles.badge, styles.scheduled)}>{t('today.startsIn', { minutes })}</span>;
  if (state === 'ready' && replayMs === null)
    return <span className={join(styles.badge, styles.ended)}>{t('today.noRecording')}</span>;
  return <span className={join(styles.badge, styles[state])}>{t(`today.state.${state}`)}</span>;
}
