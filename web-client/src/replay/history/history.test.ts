import { expect, test } from '@jest/globals';
import type { TimelineEvent } from '#protocol/timeline.ts';
import { History } from './history.ts';

const events = Array.from(
  { length: 1_000 },
  (_, at): TimelineEvent => ({
    seq: at + 1,
    at: 0,
    mediaMs: at * 10,
    body: at % 2 ? { type: 'withheld' } : { type: 'recording.recovered' },
  }),
);

function counting() {
  const work = { applied: 0 };
  const history = new History<number>(
    0,
    (count) => {
      work.applied += 1;
      return count + 1;
    },
    ({ body }) => body.type !== 'withheld',
  );
  return { work, history };
}

test('going on applies what lies between, and a jump less than 64 events, forwards and backwards', () => {
  const { work, history } = counting();
  history.extend(events);
  expect(work.applied).toBe(500);
  for (const to of [9_990, 0, 5_000, 4_990, 9_990, 20, 7_770]) {
    work.applied = 0;
    expect(history.at(to)).toBe(Math.floor(to / 20) + 1);
    expect(work.applied).toBeLessThan(64);
  }
  history.at(4_000);
  work.applied = 0;
  for (let at = 4_000; at < 4_400; at += 7) history.at(at);
  expect(work.applied).toBeLessThanOrEqual(20);
});

test('before, after and without any event there is a state', () => {
  const { history } = counting();
  expect(history.at(0)).toBe(0);
  history.extend(events.slice(10, 12));
  expect([history.at(-1), history.at(99), history.at(100), history.at(1e9)]).toEqual([0, 0, 1, 1]);
  history.extend(events);
  expect(history.at(1e9)).toBe(495);
});

test('a clock that was set back changes no order', () => {
  const { history } = counting();
  const back = events.slice(0, 5).map((event, index) => ({ ...event, mediaMs: index === 4 ? 0 : 500 }));
  history.extend(back);
  expect([history.at(499), history.at(500)]).toEqual([0, 3]);
});
