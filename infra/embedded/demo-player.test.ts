import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { DemoPlayer, DemoRequest } from './demo-player.ts';

test('plays into each lesson once at a time, and is gone when stopped', async () => {
  const lines: string[] = [];
  const player = new DemoPlayer({
    file: fileURLToPath(new URL('./fixtures/film.ts', import.meta.url)),
    cwd: process.cwd(),
    env: { ...process.env, NODE_OPTIONS: '' },
    onLine: (line) => lines.push(line),
  });
  player.play('one');
  player.play('one');
  player.play('two');
  const deadline = Date.now() + 10_000;
  while (lines.length < 2 && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 20));
  expect(lines.map((line) => line.split(' ').slice(1).join(' ')).toSorted()).toEqual([
    '--lesson one',
    '--lesson two',
  ]);
  player.stop();
  for (const line of lines) {
    const pid = Number(line.split(' ')[0]);
    while (alive(pid) && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(alive(pid)).toBe(false);
  }
});

test.each([{ demo: { lessonId: '../x' } }, { demo: {} }, { ready: true }, null, 'demo'])(
  'no request: %j',
  (message) => {
    expect(DemoRequest.safeParse(message).success).toBe(false);
  },
);

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
