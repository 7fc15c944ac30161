import { expect, test } from '@jest/globals';
import { type FeedRole, kindOfFeed } from '#protocol/domain.ts';
import type { ReplayTrack } from '#protocol/rest.ts';
import { castOf, openingOf, secondAt, separateVoices } from './cast.ts';

const track = (participantId: string, role: FeedRole, ...spans: [number, number][]): ReplayTrack => ({
  trackId: `${participantId}-${role}`,
  feedId: `${participantId}-${role}`,
  participantId,
  participantName: participantId,
  organizationName: 'school',
  role,
  kind: kindOfFeed(role),
  playlist: '/p',
  spans: spans.map(([fromMs, toMs]) => ({ fromMs, toMs })),
});

const teacher = track('t', 'teacher', [0, 100]);
const voice = track('t', 'mic', [0, 100]);
const screen = track('t', 'screen', [20, 40]);
const board = track('t', 'board', [60, 80]);
const pupils = track('r', 'pupils', [10, 90]);
const answers = track('r', 'mic', [10, 90]);

test('the teacher leads; boards, rooms and voices follow', () => {
  const cast = castOf({ tracks: [answers, board, voice, pupils, screen, teacher] });
  expect(cast).toEqual({
    leader: teacher,
    seconds: [screen, board],
    rooms: [pupils],
    voices: [answers, voice],
  });
});

test('of two faces the longer one leads; without a face a board does, and without any picture a voice', () => {
  const device = track('d', 'studio', [0, 10]);
  expect(castOf({ tracks: [device, teacher] }).leader).toBe(teacher);
  expect(castOf({ tracks: [voice, screen] })).toMatchObject({ leader: screen, seconds: [] });
  expect(castOf({ tracks: [voice] }).leader).toBe(voice);
  expect(castOf({ tracks: [] }).leader).toBeNull();
  expect(castOf({ tracks: [device, teacher] }, device.trackId).leader).toBe(device);
});

test('a replay opens at its first picture when that is near', () => {
  expect(openingOf({ tracks: [track('t', 'teacher', [340, 9000])] })).toBe(390);
  expect(openingOf({ tracks: [track('t', 'teacher', [60_000, 90_000]), voice] })).toBe(0);
});

test('a voice that comes with the leading picture is not played twice', () => {
  const cast = castOf({ tracks: [teacher, voice, answers] });
  expect(separateVoices(cast, true)).toEqual([answers]);
  expect(separateVoices(cast, false)).toEqual([voice, answers]);
  expect(separateVoices(cast, null)).toEqual([]);
});

test('the second picture is the one shown at the time', () => {
  const cast = castOf({ tracks: [teacher, screen, board] });
  expect([0, 30, 50, 70, 90].map((at) => secondAt(cast, at))).toEqual([screen, screen, screen, board, board]);
});
