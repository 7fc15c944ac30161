import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Drawer, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AttendanceLine } from '#protocol/attendance-report.ts';
import { ExportMenu } from '../admin/kit/ExportMenu.tsx';
import { usePhone } from '../admin/kit/use-phone.ts';
import { ApiError } from '../api/api-error.ts';
import { measure } from '../theme/tokens.ts';
import { join } from '../ui/class-names.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { clockTime } from '../ui/time.ts';
import { topicOf } from '../ui/topic-of.ts';
import { useLanguage } from '../ui/use-language.ts';
import styles from './Attendance.module.css';
import type { Behind } from './AttendancePage.tsx';
import { linesQuery, questionOf, sheetQuery } from './attendance-api.ts';
import { LessonSheetView } from './LessonSheetView.tsx';
import { shortDay } from './WeekChart.tsx';

interface Props {
  behind: Behind | null;
  onClose: () => void;
}

/** The lessons behind a number, and one of them with its rooms. */
export function LessonsDrawer({ behind, onClose }: Props) {
  const { t } = useTranslation();
  const phone = usePhone();
  const [lessonId, setLessonId] = useState<string | null>(null);
  const close = () => {
    setLessonId(null);
    onClose();
  };
  return (
    <Drawer
      open={behind !== null}
      onClose={close}
      size={phone ? '100%' : measure.prose}
      title={behind?.what}
      destroyOnHidden
      data-testid="behind"
    >
      {behind &&
        (lessonId === null ? (
          <Lines behind={behind} onOpen={setLessonId} />
        ) : (
          <>
            <Button type="link" className={styles.back} onClick={() => setLessonId(null)}>
              {t('common.back')}
            </Button>
            <Sheet lessonId={lessonId} />
          </>
        ))}
    </Drawer>
  );
}

function Lines({ behind, onOpen }: { behind: Behind; onOpen: (lessonId: string) => void }) {
  const { t } = useTranslation();
  const { data, error } = useQuery(linesQuery(behind.query));
  if (error) return <Alert type="warning" showIcon title={<ErrorNote code={ApiError.from(error).code} />} />;
  if (!data) return <Skeleton active title={false} paragraph={{ rows: 6 }} />;
  const question = questionOf(behind.query);
  question.set('table', 'lessons');
  return (
    <>
      <div className={styles.caption}>
        <strong>{t('attendance.listTitle', { what: behind.what, count: data.total })}</strong>
        <ExportMenu path="/api/attendance/export" question={question} />
      </div>
      {data.total > data.lessons.length && (
        <p className={styles.quiet}>{t('attendance.listMore', { count: data.lessons.length })}</p>
      )}
      <ul className={styles.lines}>
        {data.lessons.map((line) => (
          <li key={line.lessonId}>
            <Line
              line={line}
              forRemote={behind.query.side === 'remote'}
              onOpen={() => onOpen(line.lessonId)}
            />
          </li>
        ))}
      </ul>
    </>
  );
}

function Line({ line, forRemote, onOpen }: { line: AttendanceLine; forRemote: boolean; onOpen: () => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { day, period, plannedStart, verdict, had } = line;
  return (
    <button type="button" className={styles.line} onClick={onOpen}>
      <span className={styles.lineWhen}>
        {shortDay(day)} {clockTime(plannedStart, language)}
        <span className={styles.quiet}>{period !== null && t('today.period', { period })}</span>
      </span>
      <span className={styles.lineWhat}>
        <span>
          {line.subject} <bdi>{topicOf(line)}</bdi>
        </span>
        <span className={styles.quiet}>
          {[line.teacherName, line.organizationName, ...line.remoteNames].join(' · ')}
        </span>
        {line.cancelReason && (
          <span className={styles.quiet}>{t('attendance.sheet.reason', { reason: line.cancelReason })}</span>
        )}
      </span>
      <span className={join(styles.verdict, had && styles.good, !had && isLost(line) && styles.bad)}>
        {forRemote && verdict === 'held' && !had
          ? t('attendance.notHad')
          : t(`attendance.verdict.${verdict}`)}
      </span>
    </button>
  );
}

export const isLost = ({ verdict }: Pick<AttendanceLine, 'verdict'>): boolean =>
  verdict === 'tooShort' || verdict === 'apart' || verdict === 'notStarted' || verdict === 'held';

function Sheet({ lessonId }: { lessonId: string }) {
  const { data, error } = useQuery(sheetQuery(lessonId));
  if (error) return <Alert type="warning" showIcon title={<ErrorNote code={ApiError.from(error).code} />} />;
  return data ? <LessonSheetView sheet={data} /> : <Skeleton active />;
}
