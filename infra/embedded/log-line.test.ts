import { expect, test } from '@jest/globals';
import { readableLine } from './log-line.ts';

test('a record becomes time, service, level, message and fields', () => {
  const line =
    '{"level":40,"time":"2026-03-02T08:00:05.123Z","name":"sfu","pid":7,"lessonId":"L1","n":2,"msg":"slow"}';
  expect(readableLine('sfu', line)).toBe('08:00:05 sfu WARN slow lessonId=L1 n=2');
});

test("an error's stack is shown below", () => {
  expect(readableLine('sfu', '{"level":50,"msg":"oops","err":{"stack":"Error: x\\n at y"}}')).toBe(
    ' sfu ERROR oops\nError: x\n at y',
  );
});

test.each(['plain words', '{broken', '[1]', '{}x'])('what is no record is kept whole: %s', (line) => {
  expect(readableLine('sfu', line)).toBe(`sfu: ${line}`);
});
