import { expect, test } from '@jest/globals';
import { readArguments } from './arguments.ts';

const SERVER = 'http://localhost:3000';

test('nothing given means the clock film in the first lesson, begun and ended', () => {
  expect(readArguments([], SERVER)).toEqual({
    server: SERVER,
    file: null,
    lessonId: null,
    account: null,
    start: true,
    end: true,
    durationMs: null,
    insecure: false,
  });
});

test('everything can be said', () => {
  const args = ['课.mp4', '--lesson', 'x', '--server', 'https://10.0.0.2:3443/today', '--duration', '90'];
  expect(
    readArguments([...args, '--no-end', '--no-start', '--insecure', '--account', '教室'], SERVER),
  ).toEqual({
    server: 'https://10.0.0.2:3443',
    file: '课.mp4',
    lessonId: 'x',
    account: '教室',
    start: false,
    end: false,
    durationMs: 90_000,
    insecure: true,
  });
});

test.each([
  [['a', 'b']],
  [['--duration', '-1']],
  [['--duration', 'x']],
  [['--server', 'nowhere']],
  [['--what']],
  [['--help']],
])('%j gets the usage', (args) => {
  expect(readArguments(args, SERVER)).toBeNull();
});

test('a lesson id may begin with a dash', () => {
  const args = ['--server', SERVER, '--lesson', '-hU5nB0YQ1qkq3Z7wWm3iA', '--account', '-x', '--no-end'];
  expect(readArguments(args, SERVER)).toMatchObject({
    lessonId: '-hU5nB0YQ1qkq3Z7wWm3iA',
    account: '-x',
    end: false,
  });
  expect(readArguments(['--lesson'], SERVER)).toBeNull();
});
