import { expect, test } from '@jest/globals';
import { decodeText } from './read-text-file.ts';

test.each([
  ['UTF-8', [0xe8, 0xaf, 0x8d]],
  ['UTF-8 with its mark', [0xef, 0xbb, 0xbf, 0xe8, 0xaf, 0x8d]],
  ['GB18030', [0xb4, 0xca]],
  ['UTF-16', [0xff, 0xfe, 0xcd, 0x8b]],
])('a file in %s is read', (_name, bytes) => {
  expect(decodeText(Uint8Array.from(bytes))).toBe('\u8bcd');
});

test('what is no text is not', () => {
  expect(decodeText(Uint8Array.from([0x50, 0x4b, 3, 4, 0, 0, 0xff]))).toBeNull();
});
