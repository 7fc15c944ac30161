import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { newId } from '#platform/ids.ts';
import { Api } from './harness/api.ts';
import { DEMO } from './harness/classroom.ts';
import { Platform } from './harness/platform.ts';
import { until } from './harness/until.ts';

/* The WHIP door under a program that uses it for a whole lesson: what `npm run teach` runs, through trouble. */
const TEACH = fileURLToPath(new URL('../infra/teach/main.ts', import.meta.url));

let platform: Platform;
let running: ChildProcess[] = [];

beforeAll(async () => {
  platform = await Platform.start();
}, 180_000);
afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
  running = [];
});
afterAll(async () => {
  await platform?.close();
});

function begin(...args: string[]) {
  const child = spawn(process.execPath, [TEACH, '--server', platform.origin, ...args], {
    env: { ...process.env, LC_ALL: 'C' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  running.push(child);
  const lines: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => lines.push(line));
  const done = once(child, 'close').then(([code]) => ({ code, said: lines.join('\n') }));
  let read = 0;
  /** Waits for a line that was not waited for before. */
  const says = (text: string) =>
    until(
      `it says "${text}"`,
      () => {
        const at = lines.findIndex((line, index) => index >= read && line.includes(text));
        if (at >= 0) read = at + 1;
        return at >= 0;
      },
      { tell: () => lines.join('\n') },
    );
  return { child, says, done };
}

async function freshLesson(): Promise<string> {
  return (await (await Api.signIn(platform.origin, DEMO.teacher)).planLesson()).lessonId;
}

test('the film goes on when sfu and signaling are killed, and the lesson ends with its replay', async () => {
  const lessonId = await freshLesson();
  const film = begin('--lesson', lessonId);
  await film.says('kbit/s  connected');
  platform.kill('sfu');
  await film.says('reconnecting');
  await film.says('kbit/s  connected');
  platform.kill('signaling');
  await until('signaling is back', () => platform.isWhole());
  film.child.kill('SIGINT');
  const { code, said } = await film.done;
  expect([code, said]).toEqual([0, expect.stringContaining(`/lessons/${lessonId}/replay`)]);

  const teacher = await Api.signIn(platform.origin, DEMO.teacher);
  const replay = await teacher.replay(lessonId);
  const { spans, feedId } = replay.tracks.find(({ role }) => role === 'teacher')!;
  const lost = { type: 'feed.removed', feedId, reason: 'nodeLost' };
  expect(await teacher.events(lessonId, 'feed.removed')).toContainEqual(lost);
  // On the same track from beginning to end; a short absence is held over, a long one is a hole between spans.
  expect(spans[0]!.fromMs).toBeLessThan(10_000);
  expect(spans.at(-1)!.toMs).toBeGreaterThan(replay.durationMs - 6_000);
}, 240_000);

test('who loses the seat to another program stands down and leaves the lesson alone', async () => {
  const lessonId = await freshLesson();
  const first = begin('--lesson', lessonId);
  await first.says('kbit/s  connected');
  const second = begin('--lesson', lessonId);
  await first.says('has the seat now');
  expect((await first.done).code).toBe(0);
  await second.says('kbit/s  connected');
  const api = await Api.signIn(platform.origin, DEMO.teacher);
  expect((await api.lesson(lessonId)).state).toBe('live');
  await api.changeState(lessonId, 'ended');
  await second.says('The lesson was ended.');
  expect((await second.done).code).toBe(0);
}, 240_000);

test.each([
  ['The platform does not answer', ['--server', 'http://127.0.0.1:9']],
  ['is not its master classroom', ['--lesson', newId()]],
  ['No demo account is called "nobody"', ['--account', 'nobody']],
  ['No such file', ['/nowhere/film.mp4']],
])(
  '"%s" is said at once',
  async (words, args) => {
    const { code, said } = await begin(...args).done;
    expect([code, said]).toEqual([1, expect.stringContaining(words)]);
  },
  60_000,
);
