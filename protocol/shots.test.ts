import { expect, test } from '@jest/globals';
import { shotAt, shotsOf } from './shots.ts';
import type { EventBody, TimelineEvent } from './timeline.ts';

const id = (letter: string) => letter.repeat(22);
const [lesson, recording, teacher, room] = [id('l'), id('r'), id('t'), id('m')];
const feed = (feedId: string, participantId: string, role: 'teacher' | 'screen' | 'pupils'): EventBody => ({
  type: 'feed.added',
  feed: { feedId, participantId, role, kind: 'video', paused: false },
});
let seq = 0;
const at = (mediaMs: number | null, body: EventBody): TimelineEvent => ({
  seq: ++seq,
  at: 1_000_000 + (mediaMs ?? 0),
  mediaMs,
  body,
});

const events: TimelineEvent[] = [
  at(null, feed(id('1'), teacher, 'teacher')),
  at(null, feed(id('2'), room, 'pupils')),
  at(0, { type: 'lesson.started', byAccountId: null }),
  at(5_000, { type: 'board.shown', shown: true, byParticipantId: teacher }),
  at(9_000, { type: 'board.shown', shown: false, byParticipantId: teacher }),
  at(9_000, {
    type: 'stage.changed',
    stage: { kind: 'room', participantId: room },
    byParticipantId: teacher,
  }),
  at(20_000, { type: 'feed.shown', feedId: id('2'), byParticipantId: teacher } as never),
  at(30_000, { type: 'lesson.ended', reason: 'ended', byAccountId: null }),
];

test('without an operator the cut follows the board, the stage and what the teacher made large', () => {
  const shots = shotsOf(events, lesson, recording).map(({ atMs, layout, board, feedIds }) => [
    atMs,
    layout,
    board,
    feedIds.map((feedId) => feedId[0]).join(''),
  ]);
  expect(shots).toEqual([
    [0, 'single', false, '1'],
    [5_000, 'pip', true, '1'],
    [9_000, 'side', false, '12'],
    [20_000, 'pip', false, '21'],
  ]);
});

test('the shot of a moment is the last one before it', () => {
  const shots = shotsOf(events, lesson, recording);
  expect(shotAt(shots, recording, 8_999)?.board).toBe(true);
  expect(shotAt(shots, recording, 9_000)?.layout).toBe('side');
  expect(shotAt(shots, id('x'), 9_000)).toBeNull();
});

test('a directed cut stands while its feeds do, and the lesson itself comes back when it is released', () => {
  const by = { byParticipantId: id('d') };
  const taken = (layout: 'single' | 'pip', board: boolean, ...feedIds: string[]): EventBody => ({
    type: 'shot.taken',
    layout,
    board,
    feedIds,
    ...by,
  });
  const directed = [
    ...events.slice(0, 4),
    at(6_000, taken('pip', false, id('2'), id('1'))),
    at(7_000, { type: 'feed.removed', feedId: id('2'), reason: 'stopped' }),
    at(8_000, feed(id('2'), room, 'pupils')),
    at(10_000, taken('single', true)),
    at(11_000, taken('single', false, id('2'))),
    at(12_000, { type: 'feed.removed', feedId: id('2'), reason: 'stopped' }),
    at(13_000, feed(id('2'), room, 'pupils')),
    at(14_000, { type: 'shot.released', ...by }),
  ];
  const cut = shotsOf(directed, lesson, recording).map(
    ({ atMs, layout, board, feedIds }) =>
      `${atMs} ${layout} ${board ? 'b' : ''}${feedIds.map((feedId) => feedId[0]).join('')}`,
  );
  expect(cut).toEqual([
    '0 single 1',
    '5000 pip b1',
    '6000 pip 21',
    '7000 single 1',
    '8000 pip 21',
    '10000 single b',
    '11000 single 2',
    '12000 pip b1',
    '13000 single 2',
    '14000 pip b1',
  ]);
});
