import { useTranslation } from 'react-i18next';
import type { AttendanceCount } from '#protocol/attendance-report.ts';
import styles from './Attendance.module.css';
import type { OpenBehind } from './AttendancePage.tsx';
import { CountButton, Rate } from './CountButton.tsx';

/** The numbers that the bureau asks for, and what is left out of them. */
export function Figures({ count, open }: { count: AttendanceCount; open: OpenBehind }) {
  const { t } = useTranslation();
  const missed = count.due - count.held;
  return (
    <dl className={styles.figures} data-testid="figures">
      {(['due', 'held'] as const).map((outcome) => (
        <div key={outcome} className={styles.figure}>
          <dt>{t(`attendance.${outcome}`)}</dt>
          <dd>
            <CountButton large count={count[outcome]} outcome={outcome} onOpen={() => open(outcome)} />
          </dd>
        </div>
      ))}
      <div className={styles.figure}>
        <dt>{t('attendance.rate')}</dt>
        <dd className={styles.large}>
          <Rate count={count} />
        </dd>
      </div>
      {(['missed', 'cancelled', 'ahead'] as const).map((outcome) => (
        <div key={outcome} className={styles.figure}>
          <dt>{t(`attendance.${outcome}`)}</dt>
          <dd>
            <CountButton
              large
              count={outcome === 'missed' ? missed : count[outcome]}
              outcome={outcome}
              onOpen={() => open(outcome)}
            />
          </dd>
        </div>
      ))}
    </dl>
  );
}
