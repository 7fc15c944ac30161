import { globSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { ERRORS } from '#protocol/errors.ts';
import { enUS } from './en-US.ts';
import { ERROR_WORDS } from './errors.ts';
import { zhCN } from './zh-CN.ts';

interface Words {
  readonly [key: string]: string | Words;
}

const entries = (words: Words, prefix = ''): [string, string][] =>
  Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[prefix + key, value] as [string, string]]
      : entries(value, `${prefix}${key}.`),
  );

const placeholders = (text: string) => (text.match(/\{\{\w+\}\}/g) ?? []).sort();

test('both languages have the same keys', () => {
  expect(entries(enUS).map(([key]) => key)).toEqual(entries(zhCN).map(([key]) => key));
});

test('both languages fill the same placeholders', () => {
  const english = new Map(entries(enUS));
  for (const [key, text] of entries(zhCN))
    expect([key, placeholders(english.get(key)!)]).toEqual([key, placeholders(text)]);
});

test('no word is empty, and no English word is still Chinese', () => {
  for (const [, text] of [...entries(zhCN), ...entries(enUS)]) expect(text.trim()).not.toBe('');
  for (const [key, text] of entries(enUS)) expect([key, /\p{Script=Han}/u.test(text)]).toEqual([key, false]);
});

test('every error code of the platform has a sentence in both languages', () => {
  for (const code of Object.keys(ERRORS)) expect(ERROR_WORDS).toHaveProperty(code);
  for (const [code, { zh, en }] of Object.entries(ERROR_WORDS)) {
    expect([code, /\p{Script=Han}/u.test(zh)]).toEqual([code, true]);
    expect([code, /\p{Script=Han}/u.test(en)]).toEqual([code, false]);
  }
});

test('Chinese sentences have Chinese punctuation', () => {
  const sentences = [
    ...entries(zhCN),
    ...Object.entries(ERROR_WORDS).map(([code, { zh }]) => [code, zh] as const),
  ];
  const wrong = sentences.filter(([, text]) =>
    /[\p{Script=Han}\u201d\uff09][,;:?!()]|[(]\p{Script=Han}/u.test(text),
  );
  expect(wrong).toEqual([]);
});

const source = new URL('../', import.meta.url).pathname;
const files = (pattern: string) =>
  globSync(pattern, { cwd: source }).map((name) => ({ name, text: readFileSync(source + name, 'utf8') }));

test('no Chinese text sits in a component', () => {
  const speaking = files('**/*.{ts,tsx}').filter(
    ({ name, text }) =>
      !name.startsWith('i18n/') &&
      !name.endsWith('.test.ts') &&
      /\p{Script=Han}/u.test(text.replace(/\/\*\*?[\s\S]*?\*\/|\/\/.*$/gm, '')),
  );
  expect(speaking.map(({ name }) => name)).toEqual([]);
});

test('every word that a page asks for by its full name is there, and every word is asked for', () => {
  const known = new Set(entries(zhCN).map(([key]) => key.replace(/_(one|other)$/, '')));
  const pages = files('**/*.{ts,tsx}')
    .filter(({ name }) => !name.startsWith('i18n/'))
    .map(({ text }) => text)
    .join('\n');
  // A template such as `role.${…}` asks for all the words below its first part.
  const families = [...pages.matchAll(/[`]([\w.]+\.)\$\{/g)].map((match) => match[1]!);
  const unused = [...known].filter(
    (key) => !pages.includes(`'${key}'`) && !families.some((family) => key.startsWith(family)),
  );
  expect(unused).toEqual([]);
});
