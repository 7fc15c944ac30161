import { expect, test } from '@jest/globals';
import { audienceOf, DESK, PUBLIC, shown } from './audience.ts';
import { fromSnapshot, toSnapshot } from './live-snapshot.ts';
import { projectLive } from './live-state.ts';
import type { LessonRole } from './permission.ts';
import type { EventBody, Participant, TimelineEvent } from './timeline.ts';

const id = (letter: string) => letter.repeat(22);
const participant = (letter: string, role: LessonRole, helps: string | null = null): Participant => ({
  participantId: id(letter),
  accountId: id(letter),
  kind: 'person',
  name: letter,
  organizationName: '',
  role,
  helpsParticipantId: helps && id(helps),
});
const room = participant('r', 'remote');
const assistant = participant('a', 'assistant', 'r');
const observer = participant('o', 'observer');

const bodies: EventBody[] = [
  { type: 'participant.joined', participant: room },
  { type: 'participant.joined', participant: observer },
  { type: 'remark.made', participantId: room.participantId, remark: 'tooFast' },
];
const events = bodies.map((body, index): TimelineEvent => ({ seq: index + 1, at: 1, mediaMs: null, body }));
const types = (own: Participant | null) =>
  events.map((event) => shown(event, own ? audienceOf(own) : PUBLIC).body.type);

test("an observer is seen by the teacher's side alone, and a remark by its room too", () => {
  expect(events.map((event) => shown(event, DESK))).toEqual(events);
  expect(types(participant('x', 'remote'))).toEqual(['participant.joined', 'withheld', 'withheld']);
  expect(types(assistant)).toEqual(['participant.joined', 'withheld', 'remark.made']);
  expect(types(observer)).toEqual(bodies.map(({ type }) => type));
  expect(types(null)).toEqual(['participant.joined', 'withheld', 'withheld']);
});

test('a snapshot is the state again after a journey through JSON', () => {
  const state = projectLive(id('l'), events);
  expect(fromSnapshot(JSON.parse(JSON.stringify(toSnapshot(state))))).toEqual(state);
  expect(fromSnapshot({ ...toSnapshot(state), version: -1 })).toBeNull();
});
