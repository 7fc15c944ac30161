import { expect, test } from '@jest/globals';
import { wholeOf } from './programme.ts';
import { asPublished } from './published.ts';
import type { EventBody, TimelineEvent } from './timeline.ts';

const id = (letter: string) => letter.repeat(22);
const programme = { ...wholeOf(id('r'), id('l'), 10_000) };
const event = (seq: number, mediaMs: number, body: EventBody): TimelineEvent => ({
  seq,
  at: 0,
  mediaMs,
  body,
});
const events = [
  event(1, 1_000, {
    type: 'call.made',
    callId: id('c'),
    participantId: id('p'),
    child: '王铁柱',
    random: false,
  }),
  event(2, 2_000, {
    type: 'roll.taken',
    participantId: id('p'),
    present: 5,
    expected: 6,
    absent: ['石小梅'],
  }),
  event(3, 20_000, { type: 'remark.made', participantId: id('p'), remark: 'tooFast' }),
  event(4, 20_000, { type: 'board.cleared', pageId: id('b'), participantId: id('p') }),
];

test('beyond the school no child is named', () => {
  for (const reach of ['county', 'signedIn', 'public', 'password'] as const) {
    const told = JSON.stringify(asPublished(events, programme, id('r'), reach));
    expect(told).not.toMatch(/王铁柱|石小梅/);
    expect(told).toContain('board.cleared');
  }
});

test('within the classes a call keeps its name; what was cut out is told only of the board', () => {
  const told = asPublished(events, programme, id('r'), 'classes').map(({ body }) => body.type);
  expect(told).toEqual(['call.made', expect.any(String), 'withheld', 'board.cleared']);
});
