import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { AttendanceQuery } from '#protocol/attendance-report.ts';
import { LessonMode } from '#protocol/domain.ts';
import type { Term } from '#protocol/term.ts';
import { DayPicker } from '../admin/kit/DayPicker.tsx';
import styles from './Attendance.module.css';
import { reportQuery } from './attendance-api.ts';
import { monthOf, today, weekOf } from './use-range.ts';

interface Props {
  query: AttendanceQuery;
  terms: readonly Term[];
  change: (change: Partial<AttendanceQuery>) => void;
}

function Tool({ word, children }: { word: string; children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div className={styles.tool}>
      <label htmlFor={id}>{word}</label>
      {children(id)}
    </div>
  );
}

/** Which time, which subject, which kind of lesson is looked at. */
export function RangeTools({ query, terms, change }: Props) {
  const { t } = useTranslation();
  const { from, to, subject, mode } = query;
  // What there is to choose does not depend on what is chosen.
  const { data } = useQuery(reportQuery({ from, to }));
  const spans = [
    ...terms.map(({ termId, name, organizationName, startsOn, endsOn }) => ({
      value: termId,
      label: terms.filter((term) => term.name === name).length > 1 ? `${name} · ${organizationName}` : name,
      from: startsOn,
      to: endsOn,
    })),
    { value: 'week', label: t('attendance.thisWeek'), ...weekOf(today()) },
    { value: 'month', label: t('attendance.thisMonth'), ...monthOf(today()) },
  ];
  const chosen = spans.find((span) => span.from === from && span.to === to)?.value ?? 'custom';
  return (
    <div className={styles.tools}>
      <Tool word={t('attendance.term')}>
        {(id) => (
          <Select
            id={id}
            className={styles.select}
            value={chosen}
            data-testid="span"
            options={[
              ...spans.map(({ value, label }) => ({ value, label })),
              { value: 'custom', label: t('attendance.custom'), disabled: chosen !== 'custom' },
            ]}
            onChange={(value) => {
              const span = spans.find((each) => each.value === value);
              if (span) change({ from: span.from, to: span.to });
            }}
          />
        )}
      </Tool>
      <Tool word={t('attendance.from')}>
        {(id) => (
          <DayPicker
            id={id}
            value={from}
            max={to}
            required
            onChange={(day) => day && change({ from: day })}
          />
        )}
      </Tool>
      <Tool word={t('attendance.to')}>
        {(id) => (
          <DayPicker id={id} value={to} min={from} required onChange={(day) => day && change({ to: day })} />
        )}
      </Tool>
      <Tool word={t('attendance.subject')}>
        {(id) => (
          <Select
            id={id}
            className={styles.select}
            value={subject ?? ''}
            options={[
              { value: '', label: t('attendance.all') },
              ...(data?.subjects ?? []).map((each) => ({ value: each.subject, label: each.subject })),
            ]}
            onChange={(value) => change({ subject: value })}
          />
        )}
      </Tool>
      <Tool word={t('attendance.mode')}>
        {(id) => (
          <Select
            id={id}
            className={styles.select}
            value={mode ?? ''}
            options={[
              { value: '', label: t('attendance.all') },
              ...LessonMode.options.map((each) => ({ value: each, label: t(`mode.${each}`) })),
            ]}
            onChange={(value) => change({ mode: (value || undefined) as LessonMode | undefined })}
          />
        )}
      </Tool>
    </div>
  );
}
