import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { freePort } from './free-port.ts';

const MODULE = new URL('./free-port.ts', import.meta.url).href;

/** Ports that a process of its own was given; it is gone when they are known. */
async function givenElsewhere(count: number): Promise<number[]> {
  const program = `
    const { freePort } = await import(${JSON.stringify(MODULE)});
    const ports = await Promise.all(Array.from({ length: ${count} }, () => freePort()));
    process.stdout.write(JSON.stringify(ports));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program]);
  return JSON.parse(stdout);
}

test('no port is given twice, nor one of a range', async () => {
  const first = await freePort(100);
  const more = await Promise.all(Array.from({ length: 200 }, () => freePort()));
  const elsewhere = await givenElsewhere(200);
  const all = [first, ...more, ...elsewhere];
  expect(new Set(all).size).toBe(all.length);
  expect(all.slice(1).filter((port) => port >= first && port < first + 100)).toEqual([]);
});
