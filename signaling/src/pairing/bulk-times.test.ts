import { expect, test } from '@jest/globals';
import { timesIn } from './bulk-times.ts';

test('times are read as clerks write them', () => {
  const all = { weeks: 'all' as const };
  expect(timesIn('周二第3节')).toEqual([{ weekday: 2, period: 3, ...all }]);
  expect(timesIn('星期二 第 3 节；周五4')).toEqual([
    { weekday: 2, period: 3, ...all },
    { weekday: 5, period: 4, ...all },
  ]);
  expect(timesIn('周日第十一节（双周）、礼拜天第一节单周')).toEqual([
    { weekday: 7, period: 11, weeks: 'even' },
    { weekday: 7, period: 1, weeks: 'odd' },
  ]);
  for (const wrong of ['', '周八第3节', '周二', '第3节', '周二第0节', '周二第3节 看情况', '周二第99节'])
    expect([wrong, timesIn(wrong)]).toEqual([wrong, null]);
});
