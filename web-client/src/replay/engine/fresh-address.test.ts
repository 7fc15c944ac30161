import { expect, test } from '@jest/globals';
import { freshAddress, unsigned } from './fresh-address.ts';

const now = [
  '/media/s/200/new-a/recordings/r/a/master.m3u8',
  '/media/s/200/new-b/recordings/r/b/master.m3u8',
];

test('a segment gets the newest signature of its folder, wherever it is read from', () => {
  expect(freshAddress('/media/s/100/old/recordings/r/a/r1/17-x.m4s', now)).toBe(
    '/media/s/200/new-a/recordings/r/a/r1/17-x.m4s',
  );
  expect(freshAddress('https://cdn.school/media/s/100/old/recordings/r/b/index.m3u8?x=1', now)).toBe(
    'https://cdn.school/media/s/200/new-b/recordings/r/b/index.m3u8?x=1',
  );
});

test('what is not signed, and what nobody knows a newer signature of, stays as it is', () => {
  for (const address of [
    '/media/recordings/r/a/r1/17.m4s',
    '/media/s/100/old/recordings/other/a/17.m4s',
    'blob:https://school/1',
  ])
    expect(freshAddress(address, now)).toBe(address);
});

test('the nearer folder signs', () => {
  const nested = ['/media/s/9/wide/recordings/r/index.m3u8', '/media/s/9/near/recordings/r/a/index.m3u8'];
  expect(freshAddress('/media/s/1/old/recordings/r/a/1.m4s', nested)).toContain('/9/near/');
  expect(freshAddress('/media/s/1/old/recordings/r/a/1.m4s', nested.toReversed())).toContain('/9/near/');
  expect(freshAddress('/media/s/1/old/recordings/r/c/1.m4s', nested)).toContain('/9/wide/');
});

test('an address is the same one when only its signature changed', () => {
  expect(unsigned(now[0]!)).toBe(unsigned('/media/s/1/x/recordings/r/a/master.m3u8'));
  expect(unsigned('/media/recordings/r/a/master.m3u8')).toBe('/media/recordings/r/a/master.m3u8');
});
