import { expect, test } from '@jest/globals';
import { applyEvent, initialState, type LiveState } from '#protocol/live-state.ts';
import type { EventBody } from '#protocol/timeline.ts';
import { missedBy } from './missed.ts';

const id = (letter: string) => letter.repeat(22);
const room = {
  participantId: id('r'),
  accountId: id('a'),
  kind: 'classroom',
  name: 'room',
  organizationName: 'school',
  role: 'remote',
  helpsParticipantId: null,
} as const;
const { participantId } = room;

function after(...events: [at: number, body: EventBody][]): LiveState {
  let state = initialState(id('l'));
  for (const [at, body] of events) state = applyEvent(state, { seq: state.seq + 1, at, mediaMs: null, body });
  return state;
}
const begun: [number, EventBody][] = [
  [0, { type: 'lesson.started', byAccountId: null }],
  [1_000, { type: 'recording.started', recordingId: id('c'), epochMs: 1_000 }],
  [2_000, { type: 'participant.joined', participant: room }],
];

test('a room that was cut off is offered what was taught meanwhile', () => {
  const live = after(
    ...begun,
    [61_000, { type: 'participant.away', participantId }],
    [121_000, { type: 'participant.back', participantId }],
  );
  expect(missedBy(live, participantId, 122_000)).toEqual({ key: 121_000, fromMs: 60_000, lengthMs: 60_000 });
  expect(missedBy(live, participantId, 121_000 + 6 * 60_000)).toBeNull();
});

test('also when its seat was given up meanwhile', () => {
  const live = after(
    ...begun,
    [61_000, { type: 'participant.away', participantId }],
    [101_000, { type: 'participant.left', participantId, reason: 'lost' }],
    [161_000, { type: 'participant.joined', participant: room }],
  );
  expect(missedBy(live, participantId, 162_000)).toMatchObject({ fromMs: 60_000, lengthMs: 100_000 });
});

test('a reload and a first arrival are no absence', () => {
  const reload = after(
    ...begun,
    [61_000, { type: 'participant.away', participantId }],
    [63_000, { type: 'participant.back', participantId }],
  );
  expect(missedBy(reload, participantId, 64_000)).toBeNull();
  expect(missedBy(after(...begun), participantId, 64_000)).toBeNull();
  expect(missedBy(after(...begun), null, 64_000)).toBeNull();
});
