import type { Verdict } from '#protocol/attendance.ts';
import {
  type AttendanceCount,
  type AttendanceLine,
  type AttendanceReport,
  rateOf,
} from '#protocol/attendance-report.ts';
import { dayAndMinuteOf } from '#protocol/calendar.ts';
import type { LessonMode } from '#protocol/domain.ts';
import type { WallMs } from '#protocol/ids.ts';
import type { ExportColumn } from '../office/table-export.ts';

const VERDICTS: Record<Verdict, string> = {
  held: '已开',
  tooShort: '时间不够',
  apart: '两边没有同时在',
  notStarted: '没有开',
  cancelled: '已取消',
  running: '正在上',
  planned: '还没到',
};
const MODES: Record<LessonMode, string> = { delivery: '专递课堂', master: '名师课堂', open: '名校网络课堂' };

/** 94.5%; empty where nothing was due. */
function percent(count: AttendanceCount): string {
  const rate = rateOf(count);
  return rate === null ? '' : `${(rate * 100).toFixed(1)}%`;
}

const counted = <Row>(of: (row: Row) => AttendanceCount, before = ''): ExportColumn<Row>[] => [
  { title: `${before}应开`, value: (row) => of(row).due },
  { title: `${before}实开`, value: (row) => of(row).held },
  { title: `${before}开课率`, value: (row) => percent(of(row)) },
  { title: `${before}已取消`, value: (row) => of(row).cancelled },
  { title: `${before}还没上`, value: (row) => of(row).ahead },
];

export const SCHOOLS: ExportColumn<AttendanceReport['schools'][number]>[] = [
  { title: '学校', value: ({ name }) => name },
  ...counted<AttendanceReport['schools'][number]>(({ master }) => master, '主讲'),
  ...counted<AttendanceReport['schools'][number]>(({ remote }) => remote, '接收'),
];
export const SUBJECTS: ExportColumn<AttendanceReport['subjects'][number]>[] = [
  { title: '学科', value: ({ subject }) => subject },
  ...counted<AttendanceReport['subjects'][number]>((row) => row),
];
export const WEEKS: ExportColumn<AttendanceReport['weeks'][number]>[] = [
  { title: '周一', value: ({ monday }) => monday },
  ...counted<AttendanceReport['weeks'][number]>((row) => row),
];
type ModeRow = AttendanceCount & { mode: LessonMode | null };
export const MODE_COUNTS: ExportColumn<ModeRow>[] = [
  { title: '类型', value: ({ mode }) => (mode === null ? TOTAL : MODES[mode]) },
  ...counted<ModeRow>((row) => row),
];

/** The last line of a file: what a school hands in is the sum. */
export const TOTAL = '合计';

/** Of a table of schools: a lesson is one of its school, and one of each school that had it. */
export function schoolsWithTotal(schools: AttendanceReport['schools']): AttendanceReport['schools'] {
  const sum = (counts: readonly AttendanceCount[]) =>
    counts.reduce((one, other) => ({
      due: one.due + other.due,
      held: one.held + other.held,
      cancelled: one.cancelled + other.cancelled,
      ahead: one.ahead + other.ahead,
    }));
  if (schools.length === 0) return [];
  const [master, remote] = (['master', 'remote'] as const).map((side) =>
    sum(schools.map((school) => school[side])),
  );
  return [...schools, { organizationId: '', name: TOTAL, master: master!, remote: remote! }];
}

export function lessonColumns(timeZone: string): ExportColumn<AttendanceLine>[] {
  const clock = (at: WallMs | null): string => {
    if (at === null) return '';
    const { minute } = dayAndMinuteOf(at, timeZone);
    return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
  };
  return [
    { title: '日期', value: ({ day }) => day },
    { title: '节次', value: ({ period }) => period },
    { title: '计划开始', value: ({ plannedStart }) => clock(plannedStart) },
    { title: '计划结束', value: ({ plannedEnd }) => clock(plannedEnd) },
    { title: '实际开始', value: ({ startedAt }) => clock(startedAt) },
    { title: '实际结束', value: ({ endedAt }) => clock(endedAt) },
    { title: '类型', value: ({ mode }) => MODES[mode] },
    { title: '学科', value: ({ subject }) => subject },
    { title: '年级', value: ({ grade }) => grade },
    { title: '课题', value: ({ title }) => title },
    { title: '老师', value: ({ teacherName }) => teacherName },
    { title: '主讲学校', value: ({ organizationName }) => organizationName },
    { title: '接收学校', value: ({ remoteNames }) => remoteNames.join('、') },
    { title: '结果', value: ({ verdict }) => VERDICTS[verdict] },
    { title: '取消原因', value: ({ cancelReason }) => cancelReason },
  ];
}
