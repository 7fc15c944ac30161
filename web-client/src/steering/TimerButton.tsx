import { IconHourglass } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LiveState } from '#protocol/live-state.ts';
import { BarButton } from '../classroom/BarButton.tsx';
import sheet from '../presenter/Sheet.module.css';
import { Sheet } from '../presenter/Sheet.tsx';
import { MINUTE_MS } from '../ui/time.ts';
import { timerLeft } from './class-list.ts';
import styles from './Steering.module.css';
import { countDown } from './TimerView.tsx';
import type { Act } from './use-act.ts';

const MINUTES = [1, 2, 3, 5, 10, 15] as const;

/** A countdown that every room sees. */
export function TimerButton({ live, act, now }: { live: LiveState; act: Act; now: number }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const left = timerLeft(live.steering, now);
  if (left !== null)
    return (
      <BarButton
        icon={IconHourglass}
        word={left > 0 ? countDown(left) : t('steering.timeUp')}
        look="on"
        aria-label={t('steering.timerStop')}
        title={t('steering.timerStop')}
        data-testid="timer-stop"
        onClick={() => void act('timer.stop', {})}
      />
    );
  return (
    <div className={sheet.anchor}>
      <BarButton
        icon={IconHourglass}
        word={t('steering.timer')}
        aria-expanded={open}
        data-testid="timer"
        onClick={() => setOpen(!open)}
      />
      {open && (
        <Sheet title={t('steering.timerTitle')} end onClose={() => setOpen(false)}>
          <div className={styles.chips}>
            {MINUTES.map((minutes) => (
              <button
                key={minutes}
                type="button"
                className={styles.chip}
                onClick={() => {
                  setOpen(false);
                  void act('timer.start', { durationMs: minutes * MINUTE_MS });
                }}
              >
                {t('steering.timerMinutes', { count: minutes })}
              </button>
            ))}
          </div>
        </Sheet>
      )}
    </div>
  );
}
