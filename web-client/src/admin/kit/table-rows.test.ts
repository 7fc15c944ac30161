import { expect, test } from '@jest/globals';
import type { TableColumn } from './table-column.ts';
import { rowsOnPage } from './table-rows.ts';
import type { TableState } from './table-state.ts';

interface Pupil {
  name: string;
  age: number;
  groups: string[];
}
const PUPILS: Pupil[] = [
  { name: '张三', age: 9, groups: ['a'] },
  { name: '李四', age: 10, groups: ['a', 'b'] },
  { name: 'Anna', age: 8, groups: [] },
];
const COLUMNS: TableColumn<Pupil>[] = [
  { key: 'name', title: '', value: ({ name }) => name, text: ({ name }) => name, sort: true },
  { key: 'age', title: '', value: ({ age }) => age, text: ({ age }) => age, sort: true },
  { key: 'group', title: '', value: () => '', filter: { options: [], of: ({ groups }) => groups } },
];
const shown = (state: Partial<TableState>) =>
  rowsOnPage(PUPILS, COLUMNS, { search: '', sort: null, page: 1, filters: {}, ...state }).rows.map(
    ({ name }) => name,
  );

test('rows are searched in any order of words, whatever their case', () => {
  expect(shown({ search: 'ANNA 8' })).toEqual(['Anna']);
  expect(shown({ search: '没有' })).toEqual([]);
});

test('numbers sort as numbers and Chinese names by their sound', () => {
  expect(shown({ sort: 'age' })).toEqual(['Anna', '张三', '李四']);
  expect(shown({ sort: '-age' })).toEqual(['李四', '张三', 'Anna']);
  expect(shown({ sort: 'name' }).indexOf('李四')).toBeLessThan(shown({ sort: 'name' }).indexOf('张三'));
  expect(shown({ sort: 'group' })).toEqual(PUPILS.map(({ name }) => name));
});

test('a filter lets through rows that have its value, and the rest stands on further pages', () => {
  expect(shown({ filters: { group: 'b' } })).toEqual(['李四']);
  const many = Array.from({ length: 120 }, (_, at) => ({ name: `n${at}`, age: at, groups: [] }));
  const page = rowsOnPage(many, COLUMNS, { search: '', sort: null, page: 3, filters: {} });
  expect([page.rows.length, page.total]).toEqual([20, 120]);
});
