import { expect, test } from '@jest/globals';
import type { FeedRole, Lesson } from '#protocol/domain.ts';
import { initialState, type Presence } from '#protocol/live-state.ts';
import type { LessonRole } from '#protocol/permission.ts';
import type { LessonSnapshot, RemoteFeed } from '../lesson/session.ts';
import { roomSlots, teacherView } from './lesson-view.ts';

const planned = (accountId: string) => ({
  accountId,
  name: `room ${accountId}`,
  organizationName: 'school',
  classGroupName: null,
  period: null,
});

const lesson = { remoteClassrooms: [planned('a'), planned('b')] } as Lesson;

const seat = (accountId: string, role: LessonRole, state: Presence['state'] = 'here'): Presence => ({
  participantId: `p-${accountId}`,
  accountId,
  kind: 'classroom',
  name: `name ${accountId}`,
  organizationName: 'school',
  role,
  helpsParticipantId: null,
  state,
  since: 0,
  missed: null,
});

const stream = {} as MediaStream;

const feed = (participant: Presence, role: FeedRole, paused = false): RemoteFeed => ({
  feed: {
    feedId: `${participant.accountId}-${role}`,
    participantId: participant.participantId,
    role,
    kind: role === 'mic' ? 'audio' : 'video',
    paused,
  },
  participant,
  stream,
  state: 'playing',
  spatialLayer: null,
});

const snapshot = (seats: Presence[], remote: RemoteFeed[]): LessonSnapshot => ({
  phase: 'joined',
  errorCode: null,
  calledOff: null,
  me: null,
  live: { ...initialState('l'), participants: new Map(seats.map((s) => [s.participantId, s])) },
  clockOffsetMs: 0,
  media: 'connected',
  local: [],
  remote,
  recordingStatus: null,
  quality: { rttMs: null, lossPercent: null, upKbps: null, downKbps: null },
});

test('every planned room has its place before it comes, and keeps it', () => {
  const b = seat('b', 'remote');
  const slots = roomSlots(lesson, snapshot([b], [feed(b, 'pupils'), feed(b, 'mic')]));
  expect(slots.map(({ accountId, presence }) => [accountId, presence])).toEqual([
    ['a', 'absent'],
    ['b', 'here'],
  ]);
  expect(slots[1]).toMatchObject({ participantId: 'p-b', micOn: true, picture: { key: 'b-pupils' } });
});

test('a room nobody planned comes after the planned ones', () => {
  const c = seat('c', 'remote', 'away');
  const slots = roomSlots(lesson, snapshot([c], []));
  expect(slots.map(({ accountId, presence }) => [accountId, presence])).toEqual([
    ['a', 'absent'],
    ['b', 'absent'],
    ['c', 'away'],
  ]);
});

test('the second feed that came last is the one shown, beside the face', () => {
  const teacher = seat('t', 'presenter');
  const feeds = [
    feed(teacher, 'teacher'),
    feed(teacher, 'board'),
    feed(teacher, 'screen'),
    feed(teacher, 'mic', true),
  ];
  expect(teacherView(snapshot([teacher], feeds))).toMatchObject({
    presence: 'here',
    face: { key: 't-teacher' },
    second: { key: 't-screen' },
    micOn: false,
  });
});

test('a teacher on two devices is here while one of them is', () => {
  const seats = [seat('t', 'presenter', 'away'), seat('device', 'presenter')];
  expect(teacherView(snapshot(seats, [])).presence).toBe('here');
  expect(teacherView(snapshot([], [])).presence).toBe('absent');
});
