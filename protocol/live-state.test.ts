import { expect, test } from '@jest/globals';
import { applyEvent, initialState, projectLive } from './live-state.ts';
import type { EventBody, TimelineEvent } from './timeline.ts';

const id = (letter: string) => letter.repeat(22);
const lesson = id('l');
const participant = {
  participantId: id('p'),
  accountId: id('a'),
  kind: 'classroom',
  name: '石门教学点教室',
  organizationName: '石门教学点',
  role: 'remote',
  helpsParticipantId: null,
} as const;
const feed = {
  feedId: id('f'),
  participantId: id('p'),
  role: 'pupils',
  kind: 'video',
  paused: false,
} as const;

const log = (...bodies: EventBody[]): TimelineEvent[] =>
  bodies.map((body, index) => ({ seq: index + 1, at: 1000 + index, mediaMs: null, body }));

const whole = log(
  { type: 'lesson.opened', byAccountId: null },
  { type: 'participant.joined', participant },
  { type: 'lesson.started', byAccountId: null },
  { type: 'recording.started', recordingId: id('r'), epochMs: 5 },
  { type: 'feed.added', feed },
  { type: 'feed.paused', feedId: feed.feedId, paused: true },
  { type: 'participant.away', participantId: participant.participantId },
  { type: 'recording.troubled', code: 'RECORDING_DISK_FULL' },
);

test('a running lesson is what its events say', () => {
  const state = projectLive(lesson, whole);
  expect(state).toMatchObject({ seq: 8, state: 'live', openedAt: 1000, startedAt: 1002 });
  expect(state.participants.get(participant.participantId)).toMatchObject({ state: 'away', since: 1006 });
  expect(state.feeds.get(feed.feedId)?.paused).toBe(true);
  expect(state.recording).toEqual({ recordingId: id('r'), epochMs: 5, trouble: 'RECORDING_DISK_FULL' });
});

test('snapshot plus tail is the same as all from the beginning; what is known is not applied twice', () => {
  let state = projectLive(lesson, whole.slice(0, 5));
  for (const event of whole.slice(3)) state = applyEvent(state, event);
  expect(state).toEqual(projectLive(lesson, whole));
});

test('the bell empties the room', () => {
  const events = [
    ...whole,
    {
      seq: 9,
      at: 2000,
      mediaMs: 1,
      body: { type: 'lesson.ended', reason: 'ended', byAccountId: null },
    } as const,
  ];
  const state = projectLive(lesson, events);
  expect(state).toMatchObject({ state: 'ended', endedAt: 2000 });
  expect(state.feeds.size + state.participants.size).toBe(0);
});

test('events about what is not there change nothing but the sequence', () => {
  const before = initialState(lesson);
  const after = projectLive(
    lesson,
    log(
      { type: 'feed.paused', feedId: id('x'), paused: true },
      { type: 'participant.away', participantId: id('x') },
    ),
  );
  expect({ ...after, seq: 0 }).toEqual(before);
});

test('a projection never changes the state it was given', () => {
  const before = projectLive(lesson, whole);
  const copy = structuredClone(before);
  applyEvent(before, {
    seq: 9,
    at: 1,
    mediaMs: null,
    body: { type: 'feed.removed', feedId: feed.feedId, reason: 'left' },
  });
  expect(before).toEqual(copy);
});
