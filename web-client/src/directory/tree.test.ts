import { expect, test } from '@jest/globals';
import type { Organization } from '#protocol/directory.ts';
import { labelsOf, linesOf, treeOf, withAbove } from './tree.ts';

const one = (organizationId: string, parentId: string | null, name = organizationId): Organization => ({
  ...{
    organizationId,
    parentId,
    kind: 'school',
    name,
    code: null,
    phone: '',
    ordinal: 0,
    archivedAt: null,
    version: 1,
  },
  ...{ people: 0, classrooms: 0, classGroups: 0 },
});
const read = (all: Organization[]) =>
  linesOf(treeOf(all), () => true).map(({ organization, level }) => `${level} ${organization.name}`);

test('a list becomes the lines of a tree, whatever lies above what one sees', () => {
  expect(read([one('a', 'unseen'), one('b', 'a'), one('d', null), one('c', 'b')])).toEqual([
    '0 a',
    '1 b',
    '2 c',
    '0 d',
  ]);
});

test('a tree of 20,000 levels is read', () => {
  const deep = Array.from({ length: 20_000 }, (_, at) => one(String(at), at === 0 ? null : String(at - 1)));
  expect(read(deep).at(-1)).toBe('19999 19999');
});

test('what is found stands below what it belongs to', () => {
  const all = [one('县局', null), one('一小', '县局'), one('二小', '县局'), one('教学点', '二小')];
  expect(withAbove(all, '教学').map(({ name }) => name)).toEqual(['县局', '二小', '教学点']);
});

test('two of one name are told apart by what they belong to', () => {
  const all = [
    one('a', null, '东镇'),
    one('b', null, '西镇'),
    one('c', 'a', '中心小学'),
    one('d', 'b', '中心小学'),
  ];
  expect(labelsOf(all).map(({ label }) => label)).toEqual([
    '东镇',
    '东镇 / 中心小学',
    '西镇',
    '西镇 / 中心小学',
  ]);
});
