import { expect, test } from '@jest/globals';
import { readPastedWeek } from './pasted-week.ts';

test('reads a sheet with weekdays above and periods beside', () => {
  const text = '节次\t星期一\t星期二\n第1节\t语文 李梅\t"数学\n王强"\n第2节\t—\t美术（单）/赵\n';
  expect(readPastedWeek(text)).toEqual([
    { weekday: 1, period: 1, subject: '语文', teacherName: '李梅', weeks: 'all' },
    { weekday: 2, period: 1, subject: '数学', teacherName: '王强', weeks: 'all' },
    { weekday: 2, period: 2, subject: '美术', teacherName: '赵', weeks: 'odd' },
  ]);
});

test('reads bare cells, a column of periods without a head, and a morning column before them', () => {
  expect(readPastedWeek('语文\t数学\n英语\t')).toMatchObject([
    { weekday: 1, period: 1, subject: '语文' },
    { weekday: 2, period: 1, subject: '数学' },
    { weekday: 1, period: 2, subject: '英语' },
  ]);
  expect(readPastedWeek('1\t语文\t数学\n3\t英语\t体育')).toMatchObject([
    { weekday: 1, period: 1 },
    { weekday: 2, period: 1 },
    { weekday: 1, period: 3 },
    { weekday: 2, period: 3 },
  ]);
  expect(readPastedWeek('\t\t周一\t周三\n上午\t一\t语文\t音乐')).toMatchObject([
    { weekday: 1, period: 1, subject: '语文' },
    { weekday: 3, period: 1, subject: '音乐' },
  ]);
});

test('reads nothing out of nothing, and hostile text without losing its way', () => {
  expect(readPastedWeek('')).toEqual([]);
  expect(readPastedWeek(`"${'x'.repeat(5000)}`)).toHaveLength(1);
  expect(readPastedWeek('=cmd()\t\u202e')).toHaveLength(2);
});
