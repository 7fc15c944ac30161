import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { SchoolWeek } from '#protocol/timetable.ts';
import { filterChoices } from './grid-cells.ts';
import styles from './TimetablePage.module.css';

const KINDS = ['classGroup', 'teacher', 'classroom'] as const;
const BY_PINYIN = new Intl.Collator('zh-CN', { numeric: true });

/** Narrows the week to one class, teacher or room; `value` is `kind id`. */
export function FilterSelect({
  week,
  value,
  onChange,
}: {
  week: SchoolWeek;
  value: string | null;
  onChange(value: string | null): void;
}) {
  const { t } = useTranslation();
  const choices = filterChoices(week);
  return (
    <Select
      className={styles.filter}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      aria-label={t('timetable.filter')}
      placeholder={t('timetable.filter')}
      data-testid="filter"
      value={value}
      onChange={(chosen: string | undefined) => onChange(chosen ?? null)}
      options={KINDS.map((kind) => ({
        label: t(`timetable.party.${kind}`),
        options: [...choices[kind]]
          .sort((one, other) => BY_PINYIN.compare(one[1], other[1]))
          .map(([id, label]) => ({ value: `${kind} ${id}`, label })),
      })).filter(({ options }) => options.length > 0)}
    />
  );
}
