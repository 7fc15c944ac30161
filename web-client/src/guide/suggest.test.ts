import { expect, test } from '@jest/globals';
import { EMPTY } from './draft.ts';
import { filledIn, termAround } from './suggest.ts';

test.each([
  ['2026-11-22', 2026, 'autumn', '2026-09-01', '2027-01-22'],
  ['2027-01-05', 2026, 'autumn', '2026-09-01', '2027-01-22'],
  ['2027-02-10', 2026, 'spring', '2027-02-22', '2027-07-02'],
  ['2028-02-29', 2027, 'spring', '2028-02-21', '2028-07-07'],
  ['2027-08-20', 2027, 'autumn', '2027-09-01', '2028-01-21'],
] as const)('the term around %s', (day, year, half, startsOn, endsOn) => {
  expect(termAround(day)).toEqual({ year, half, startsOn, endsOn });
});

test('a room is called after its school, unless somebody said otherwise', () => {
  const draft = { ...EMPTY, masterSchool: '实验小学', remoteSchool: '石门教学点', remoteRoom: '多功能室' };
  expect(filledIn(draft, '互动教室')).toMatchObject({
    masterRoom: '实验小学互动教室',
    remoteRoom: '多功能室',
  });
});
