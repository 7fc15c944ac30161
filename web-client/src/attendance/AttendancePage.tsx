import { useQuery } from '@tanstack/react-query';
import { Alert, Skeleton, Tabs } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AttendanceCount, AttendanceQuery, Outcome } from '#protocol/attendance-report.ts';
import { EmptyNote } from '../admin/kit/EmptyNote.tsx';
import { PageHead } from '../admin/kit/PageHead.tsx';
import { ApiError } from '../api/api-error.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import styles from './Attendance.module.css';
import { reportQuery } from './attendance-api.ts';
import { CountTables } from './CountTables.tsx';
import { Figures } from './Figures.tsx';
import { LessonsDrawer } from './LessonsDrawer.tsx';
import { RangeTools } from './RangeTools.tsx';
import { useRange } from './use-range.ts';
import { WeekChart } from './WeekChart.tsx';

/** Which lessons a number was opened for, and how it is called. */
export interface Behind {
  query: AttendanceQuery;
  what: string;
}
/** Opens the lessons behind a number. @param whose the school, subject or week, where the number is one's */
export type OpenBehind = (outcome: Outcome, narrowed?: Partial<AttendanceQuery>, whose?: string) => void;

/** 应开, 实开, 开课率: the figures, week by week, and by school, subject and kind. */
export function AttendancePage() {
  const { t } = useTranslation();
  const { query, terms, change } = useRange();
  return (
    <>
      <PageHead title={t('attendance.title')} lead={t('attendance.lead')} />
      {query && (
        <>
          <RangeTools query={query} terms={terms} change={change} />
          <Report query={query} />
        </>
      )}
    </>
  );
}

function Report({ query }: { query: AttendanceQuery }) {
  const { t } = useTranslation();
  const { data, error } = useQuery(reportQuery(query));
  const [behind, setBehind] = useState<Behind | null>(null);
  const open: OpenBehind = (outcome, narrowed = {}, whose) => {
    const word = t(`attendance.${outcome}`);
    setBehind({ query: { ...query, ...narrowed, outcome }, what: whose ? `${whose} · ${word}` : word });
  };
  if (error) return <Alert type="warning" showIcon title={<ErrorNote code={ApiError.from(error).code} />} />;
  if (!data) return <Skeleton active title={false} paragraph={{ rows: 8 }} />;
  if (isEmpty(data.total))
    return (
      <div className={styles.panel}>
        <EmptyNote title={t('attendance.none')} hint={t('attendance.noneHint')} />
      </div>
    );
  return (
    <>
      <Figures count={data.total} open={open} />
      <WeekChart weeks={data.weeks} open={open} />
      <Tabs
        className={styles.tabs}
        items={(['schools', 'subjects', 'weeks', 'modes'] as const).map((key) => ({
          key,
          label: t(`attendance.tab.${key}`),
          children: <CountTables table={key} report={data} query={query} open={open} />,
        }))}
      />
      <LessonsDrawer behind={behind} onClose={() => setBehind(null)} />
    </>
  );
}

const isEmpty = ({ due, cancelled, ahead }: AttendanceCount): boolean => due + cancelled + ahead === 0;
