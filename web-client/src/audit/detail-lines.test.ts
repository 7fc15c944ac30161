import { expect, test } from '@jest/globals';
import { detailLines } from './detail-lines.ts';

test('of a change only what is other than before is said', () => {
  const from = { name: '王芳', login: 'wangfang', number: null };
  const to = { name: '王芳', login: 'fang', number: 'T7' };
  expect(detailLines({ change: 'changed', from, to })).toEqual([
    { key: 'login', before: 'wangfang', value: 'fang' },
    { key: 'number', before: null, value: 'T7' },
  ]);
});

test('what was not noted before has not come from nothing', () => {
  expect(detailLines({ from: { organizationId: 'a' }, to: { name: '录播室', organizationId: 'a' } })).toEqual(
    [{ key: 'name', value: '录播室' }],
  );
});

test('one value before and after is one line; counts are a line each, nought is none', () => {
  expect(detailLines({ what: 'substituted', from: '陈静', to: '王芳' })).toEqual([
    { key: 'change', before: '陈静', value: '王芳' },
    { key: 'what', value: 'substituted' },
  ]);
  expect(detailLines({ to: 'live', reason: '', sides: [], lessons: { made: 12, moved: 0 } })).toEqual([
    { key: 'to', value: 'live' },
    { key: 'made', value: 12 },
  ]);
});
