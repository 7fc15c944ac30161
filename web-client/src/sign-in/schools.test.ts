import { expect, test } from '@jest/globals';
import type { Account } from '#protocol/domain.ts';
import { schools } from './schools.ts';

const account = (name: string, organizationId: string, kind: Account['kind']): Account => ({
  accountId: name,
  kind,
  name,
  role: kind === 'classroom' ? 'classroom' : 'teacher',
  organizationId,
  organizationName: `school ${organizationId}`,
});

test('accounts are grouped by school, rooms apart from people, in the given order', () => {
  const grouped = schools([
    account('anna', 'b', 'person'),
    account('room', 'b', 'classroom'),
    account('carl', 'a', 'person'),
    account('dora', 'b', 'person'),
  ]);
  expect(
    grouped.map(({ name, people, rooms }) => [name, people.map((p) => p.name), rooms.map((r) => r.name)]),
  ).toEqual([
    ['school b', ['anna', 'dora'], ['room']],
    ['school a', ['carl'], []],
  ]);
});
