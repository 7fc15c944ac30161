import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { clockOf } from '#protocol/calendar.ts';
import type { SchoolWeek } from '#protocol/timetable.ts';
import styles from './LessonDrawer.module.css';

/** One of the school's periods, with its times. */
export function PeriodSelect({
  id,
  week,
  value,
  onChange,
}: {
  id?: string;
  week: SchoolWeek;
  value?: number | null;
  onChange?: (period: number) => void;
}) {
  const { t } = useTranslation();
  return (
    <Select
      {...(id !== undefined && { id })}
      className={styles.wide}
      value={value ?? null}
      {...(onChange && { onChange: (chosen: number | null) => chosen !== null && onChange(chosen) })}
      options={week.periods.map(({ period, startsMinute, endsMinute }) => ({
        value: period,
        label: `${t('today.period', { period })} ${clockOf(startsMinute)}–${clockOf(endsMinute)}`,
      }))}
    />
  );
}
