import type { SchoolSort } from './schools.ts';

export const GRADES = [
  '一年级',
  '二年级',
  '三年级',
  '四年级',
  '五年级',
  '六年级',
  '七年级',
  '八年级',
  '九年级',
];
export const stageOf = (grade: number): string => (grade <= 6 ? '小学' : '初中');

/** Lessons of a week, by subject; what a village school lacks teachers for stands last. */
const PRIMARY: Record<string, number> = {
  ...{ 语文: 7, 数学: 5, 体育: 4, 道德与法治: 2, 科学: 2, 英语: 3, 音乐: 2, 美术: 2 },
};
const LOWER: Record<string, number> = { 语文: 8, 数学: 5, 体育: 4, 道德与法治: 2, 音乐: 2, 美术: 2 };
const SECONDARY: Record<string, number> = {
  ...{ 语文: 6, 数学: 6, 英语: 5, 体育: 3, 道德与法治: 2, 历史: 2, 生物学: 2, 物理: 2, 音乐: 1, 美术: 1 },
};

/** Subject → lessons a week of a grade, 1 to 9. */
export const weekOf = (grade: number): Record<string, number> =>
  grade <= 2 ? LOWER : grade <= 6 ? PRIMARY : SECONDARY;

/** What village schools follow from afar: nobody there teaches it. */
export const SHARED = ['英语', '音乐', '美术', '科学'];

export const TEXTBOOKS: Record<string, string> = {
  ...{
    语文: '统编版',
    道德与法治: '统编版',
    历史: '统编版',
    数学: '人教版',
    英语: '人教版（PEP）',
    音乐: '人音版',
  },
  ...{ 美术: '人美版', 科学: '教科版', 物理: '人教版', 生物学: '人教版', 体育: '人教版' },
};

/** Who is on a staff, in the order in which a school finds them; a small one ends early. */
export function staffSubjects(sort: SchoolSort, count: number): string[] {
  const order =
    sort === 'middle'
      ? [
          '语文',
          '数学',
          '英语',
          '体育',
          '物理',
          '语文',
          '数学',
          '英语',
          '历史',
          '道德与法治',
          '生物学',
          '音乐',
          '美术',
        ]
      : sort === 'town'
        ? [
            '语文',
            '数学',
            '英语',
            '音乐',
            '语文',
            '数学',
            '体育',
            '美术',
            '语文',
            '科学',
            '英语',
            '道德与法治',
            '语文',
            '数学',
          ]
        : sort === 'nineYear'
          ? [
              '语文',
              '数学',
              '语文',
              '英语',
              '数学',
              '体育',
              '物理',
              '道德与法治',
              '历史',
              '语文',
              '数学',
              '生物学',
            ]
          : ['语文', '数学', '语文', '体育', '数学', '语文', '道德与法治', '语文', '数学'];
  return Array.from({ length: count }, (_, at) => order[at % order.length]!);
}

export const gradesOf = (sort: SchoolSort): number[] => {
  if (sort === 'middle') return [7, 8, 9];
  if (sort === 'nineYear') return [1, 2, 3, 4, 5, 6, 7, 8, 9];
  return sort === 'point' ? [2, 4] : [1, 2, 3, 4, 5, 6];
};
