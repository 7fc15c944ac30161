import type { LocalLesson } from '#protocol/local-lessons.ts';
import type { TableFormat } from '#protocol/table.ts';
import type { ExportTable } from '../office/table-export.ts';

const WEEKDAYS = '一二三四五六日';
const WEEKS = { all: '每周', odd: '单周', even: '双周' };

/** A school's own timetable as a table: a row for each weekly lesson, class by class. */
export const localTable = (rows: LocalLesson[], format: TableFormat): ExportTable<LocalLesson> => ({
  format,
  name: '校内课表',
  rows,
  columns: [
    { title: '班级', value: ({ classGroup }) => classGroup.name },
    { title: '星期', value: ({ weekday }) => `周${WEEKDAYS[weekday - 1]}` },
    { title: '节次', value: ({ period }) => `第${period}节` },
    { title: '周次', value: ({ weeks }) => WEEKS[weeks] },
    { title: '学科', value: ({ subject }) => subject },
    { title: '教师', value: ({ teacher }) => teacher?.name },
    { title: '教室', value: ({ classroom }) => classroom?.name },
  ],
});
