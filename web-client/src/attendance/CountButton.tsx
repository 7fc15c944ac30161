import { useTranslation } from 'react-i18next';
import { type AttendanceCount, type Outcome, rateOf } from '#protocol/attendance-report.ts';
import { join } from '../ui/class-names.ts';
import styles from './Attendance.module.css';

interface Props {
  count: number;
  outcome: Outcome;
  onOpen: () => void;
  large?: boolean;
}

/** A number that opens the lessons behind it; nothing is behind a nought. */
export function CountButton({ count, outcome, onOpen, large = false }: Props) {
  const { t } = useTranslation();
  if (count === 0)
    return <span className={join(styles.number, styles.nought, large && styles.large)}>0</span>;
  return (
    <button
      type="button"
      className={join(styles.number, large && styles.large)}
      aria-label={t('attendance.open', { what: t(`attendance.${outcome}`), count })}
      onClick={(event) => {
        event.stopPropagation();
        onOpen();
      }}
    >
      {count}
    </button>
  );
}

/** 94.5%, rounded down: only what is whole is 100%. */
export function Rate({ count }: { count: AttendanceCount }) {
  const { t } = useTranslation();
  const rate = rateOf(count);
  return rate === null
    ? t('attendance.noRate')
    : t('attendance.percent', { percent: Math.floor(rate * 1000) / 10 });
}
