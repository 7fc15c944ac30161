import { clockOf } from '#protocol/calendar.ts';
import type { TableFormat } from '#protocol/table.ts';
import type { SchoolWeek, WeekLesson } from '#protocol/timetable.ts';
import type { ExportTable } from '../office/table-export.ts';

const WEEKDAYS = '一二三四五六日';

/** A school's week as a table: its shared lessons, cancelled ones too. */
export function weekTable(week: SchoolWeek, format: TableFormat): ExportTable<WeekLesson> {
  const weekdayOf = (day: string) => `周${WEEKDAYS[week.days.findIndex((each) => each.day === day)] ?? ''}`;
  return {
    format,
    name: `${week.organizationName} 课表 ${week.monday}`,
    rows: week.lessons,
    columns: [
      { title: '日期', value: ({ day }) => day },
      { title: '星期', value: ({ day }) => weekdayOf(day) },
      { title: '节次', value: ({ period }) => (period === null ? '' : `第${period}节`) },
      {
        title: '时间',
        value: ({ startsMinute, endsMinute }) => `${clockOf(startsMinute)}–${clockOf(endsMinute)}`,
      },
      { title: '学科', value: ({ subject }) => subject },
      { title: '课名', value: ({ title }) => title },
      { title: '主讲教师', value: ({ teacher }) => teacher.name },
      { title: '代课', value: ({ substituteFor }) => (substituteFor === null ? '' : `代${substituteFor}`) },
      { title: '主讲学校', value: ({ organizationName }) => organizationName },
      { title: '主讲教室', value: ({ master }) => master.classroom.name },
      { title: '主讲班级', value: ({ master }) => master.classGroup?.name },
      {
        title: '远端',
        value: ({ remotes }) =>
          remotes
            .map(({ organizationName, classGroup, classroom, period }) =>
              [organizationName, classGroup?.name, classroom.name, period === null ? '' : `第${period}节`]
                .filter(Boolean)
                .join(' '),
            )
            .join('；'),
      },
      { title: '状态', value: ({ cancelled }) => (cancelled ? `已取消：${cancelled.reason}` : '') },
    ],
  };
}
