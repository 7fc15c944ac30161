import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { freeSpace } from './free-space.ts';

test('the disk of a folder that is not there yet is that of the folder above it', async () => {
  const there = await freeSpace(tmpdir());
  const later = await freeSpace(join(tmpdir(), 'not', 'there', 'yet'));
  expect(there).toBeGreaterThan(0);
  expect(Math.abs(later! - there!)).toBeLessThan(1024 ** 3);
});
