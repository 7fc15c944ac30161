import { useTranslation } from 'react-i18next';
import type { LiveState } from '#protocol/live-state.ts';
import { join } from '../ui/class-names.ts';
import { timerLeft } from './class-list.ts';
import styles from './Steering.module.css';

/** `4:05`, rounded up, so that it ends when it shows 0:00. */
export function countDown(leftMs: number): string {
  const seconds = Math.max(0, Math.ceil(leftMs / 1_000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** The countdown on a room's screen. */
export function TimerView({ live, now }: { live: LiveState; now: number }) {
  const { t } = useTranslation();
  const left = timerLeft(live.steering, now);
  if (left === null) return null;
  return (
    <span className={join(styles.timer, left <= 0 && styles.timeUp)} role="timer" data-testid="timer-view">
      {left > 0 ? countDown(left) : t('steering.timeUp')}
    </span>
  );
}
