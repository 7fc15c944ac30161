import { expect, test } from '@jest/globals';
import { isCommon } from './common-passwords.ts';

const owner = { login: 'chenjing', names: ['陈静', '河口小学'] };

test.each([
  ...['12345678', '87654321', '11111111', '88888888', '5201314520', '19900101', 'abcabcabc', 'qwertyuiop'],
  ...['1qaz2wsx3edc', 'woaini1314', 'Password123', 'admin888', '123456abc', 'Woaini520!', 'xuexiao123'],
  ...[
    'chenjing',
    'chenjing1',
    'ChenJing2024',
    'cj123456',
    '陈静123',
    'hekouxiaoxue',
    'hekouxiaoxue1',
    'ｐａｓｓｗｏｒｄ',
  ],
])('%s is found at once', (password) => {
  expect(isCommon(password, owner)).toBe(true);
});

test.each([
  '山间的小路很长',
  'correct horse battery',
  'Gx7!tq-29zr',
  '我家有3只猫和1条狗',
  'jiangnan-hao-fengjing',
])('%s is not', (password) => {
  expect(isCommon(password, owner)).toBe(false);
});
