import { expect, test } from '@jest/globals';
import { fileSize } from './file-size.ts';

test.each([
  [0, '1 KB'],
  [640_000, '640 KB'],
  [12_400_000, '12.4 MB'],
  [1_240_000_000, '1.2 GB'],
])('%i bytes are %s', (bytes, text) => {
  expect(fileSize(bytes)).toBe(text);
});
