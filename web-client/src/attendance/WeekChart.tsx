import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import type { AttendanceReport } from '#protocol/attendance-report.ts';
import styles from './Attendance.module.css';
import type { OpenBehind } from './AttendancePage.tsx';

/** 3/8 of '2027-03-08', as a calendar on a wall says it. */
export const shortDay = (day: string): string => `${Number(day.slice(5, 7))}/${Number(day.slice(8, 10))}`;

/** A bar a week: its height is what was due, its filled part what was held. */
export function WeekChart({ weeks, open }: { weeks: AttendanceReport['weeks']; open: OpenBehind }) {
  const { t } = useTranslation();
  const most = Math.max(1, ...weeks.map(({ due, ahead }) => due + ahead));
  return (
    <figure className={styles.panel}>
      <figcaption className={styles.caption}>
        <strong>{t('attendance.chart')}</strong>
        <span className={styles.legend}>
          <i className={styles.keyHeld} /> {t('attendance.held')}
          <i className={styles.keyMissed} /> {t('attendance.missed')}
          <i className={styles.keyAhead} /> {t('attendance.ahead')}
        </span>
        <span className={styles.quiet}>{t('attendance.chartHint')}</span>
      </figcaption>
      <div className={styles.chart}>
        {weeks.map((week) => {
          const { monday, due, held, ahead } = week;
          const part = (share: number): CSSProperties => ({ height: `${(share / most) * 100}%` });
          return (
            <button
              key={monday}
              type="button"
              className={styles.week}
              aria-label={t('attendance.week', { date: shortDay(monday), due, held })}
              title={t('attendance.week', { date: shortDay(monday), due, held })}
              onClick={() => open(due > 0 ? 'due' : 'ahead', { week: monday }, shortDay(monday))}
            >
              <span className={styles.bar}>
                <i className={styles.keyAhead} style={part(ahead)} />
                <i className={styles.keyMissed} style={part(due - held)} />
                <i className={styles.keyHeld} style={part(held)} />
              </span>
              <span className={styles.weekName}>{shortDay(monday)}</span>
            </button>
          );
        })}
      </div>
    </figure>
  );
}
