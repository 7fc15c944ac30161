import { expect, test } from '@jest/globals';
import { initialState } from '#protocol/live-state.ts';
import type { TeacherView } from '../classroom/lesson-view.ts';
import type { LessonSnapshot, LocalFeed } from '../lesson/session.ts';
import { roomSentence } from './room-sentence.ts';

const teacher = (presence: TeacherView['presence']): TeacherView => ({
  presence,
  face: null,
  second: null,
  micOn: true,
});

const mic = (state: LocalFeed['state'], paused = false): LocalFeed => ({
  role: 'mic',
  kind: 'audio',
  stream: null,
  paused,
  state,
  errorCode: null,
  deviceLabel: '',
});

const snapshot = (state: 'open' | 'live', local: LocalFeed[]): LessonSnapshot => ({
  phase: 'joined',
  errorCode: null,
  calledOff: null,
  me: null,
  live: { ...initialState('l'), state },
  clockOffsetMs: 0,
  media: 'connected',
  local,
  remote: [],
  recordingStatus: null,
  quality: { rttMs: null, lossPercent: null, upKbps: null, downKbps: null },
});

test('before the lesson it is said whom the room waits for', () => {
  const before = snapshot('open', [mic('sending')]);
  expect(roomSentence(before, teacher('absent'), true).word).toBe('remote.waitTitle');
  expect(roomSentence(before, teacher('here'), true).word).toBe('remote.waitOpen');
});

test('in the lesson it is said whether the teacher hears the room', () => {
  expect(roomSentence(snapshot('live', [mic('sending')]), teacher('here'), true).word).toBe(
    'remote.teacherHearsUs',
  );
  expect(roomSentence(snapshot('live', [mic('sending', true)]), teacher('here'), true).word).toBe(
    'remote.weAreMuted',
  );
  expect(roomSentence(snapshot('live', [mic('failed')]), teacher('here'), true).word).toBe(
    'remote.micFailed',
  );
  expect(roomSentence(snapshot('live', []), teacher('here'), false).word).toBe('remote.live');
});

test('a teacher who is seen but not heard is told to the room', () => {
  const face = { key: 'f', role: 'teacher' as const, stream: null, paused: false, stalled: false };
  const silent = { ...teacher('here'), face, micOn: false };
  expect(roomSentence(snapshot('live', [mic('sending')]), silent, true).word).toBe('remote.teacherMicOff');
});

test('a teacher who lost the connection comes before everything else', () => {
  expect(roomSentence(snapshot('live', [mic('failed')]), teacher('away'), true)).toEqual({
    word: 'remote.teacherAway',
    tone: 'warn',
  });
});
