import type { Pairing, PairingState } from '#protocol/pairing.ts';
import type { ExportColumn } from '../office/table-export.ts';

const STATES: Record<PairingState, string> = {
  draft: '草稿',
  pending: '待批准',
  active: '进行中',
  frozen: '已暂停',
  expired: '已到期',
  cancelled: '已取消',
};
const WEEKS = { all: '', odd: '单周', even: '双周' };

/** The table of pairings as a file; its columns are read back by the bulk form. */
export const PAIRING_TABLE: readonly ExportColumn<Pairing>[] = [
  { title: '状态', value: ({ state }) => STATES[state] },
  { title: '学期', value: ({ term }) => term.name },
  { title: '主讲学校', value: ({ master }) => master.organizationName },
  { title: '主讲班级', value: ({ master }) => master.classGroup.name },
  { title: '主讲教室', value: ({ master }) => master.classroom.name },
  { title: '学科', value: ({ courses }) => courses.map(({ subject }) => subject).join('、') },
  { title: '教师', value: ({ courses }) => courses.map(({ teacher }) => teacher.name).join('、') },
  { title: '上课时间', value: timesOf },
  { title: '远端学校', value: ({ remotes }) => remotes.map((each) => each.organizationName).join('、') },
  { title: '远端班级', value: ({ remotes }) => remotes.map((each) => each.classGroup.name).join('、') },
  { title: '远端教室', value: ({ remotes }) => remotes.map((each) => each.classroom.name).join('、') },
  {
    title: '助教',
    value: ({ remotes }) => remotes.flatMap((each) => each.assistant?.name ?? []).join('、'),
  },
  { title: '待上课', value: ({ lessonsAhead }) => lessonsAhead },
  { title: '已上课', value: ({ lessonsHeld }) => lessonsHeld },
];

function timesOf({ slots, courses }: Pairing): string {
  const subject = new Map(courses.map((course) => [course.courseId, course.subject]));
  return slots
    .map(
      ({ weekday, period, weeks, courseId }) =>
        `周${'一二三四五六日'[weekday - 1]}第${period}节${WEEKS[weeks]}${courses.length > 1 ? `（${subject.get(courseId)}）` : ''}`,
    )
    .join('、');
}
