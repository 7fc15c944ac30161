import { expect, test } from '@jest/globals';
import type { FeedRole } from '#protocol/domain.ts';
import { initialState, type Presence } from '#protocol/live-state.ts';
import type { LessonRole } from '#protocol/permission.ts';
import type { LessonSnapshot, LocalFeed, RemoteFeed } from '../lesson/snapshot.ts';
import { type Look, look, type Statistics, sampleOf } from './lesson-facts.ts';

const stream = (trackId: string) => ({ getTracks: () => [{ id: trackId }] }) as unknown as MediaStream;
const presence = (participantId: string, role: LessonRole): Presence => ({
  participantId,
  accountId: participantId,
  kind: 'classroom',
  name: participantId,
  organizationName: '',
  role,
  helpsParticipantId: null,
  state: 'here',
  since: 0,
  missed: null,
});
const teacher = presence('teacher', 'presenter');
const remoteFeed = (role: FeedRole, paused = false): RemoteFeed => ({
  feed: { feedId: role, participantId: 'teacher', role, kind: role === 'mic' ? 'audio' : 'video', paused },
  participant: teacher,
  stream: stream(`in-${role}`),
  state: 'playing',
  spatialLayer: null,
});
const localFeed = (role: FeedRole, change: Partial<LocalFeed> = {}): LocalFeed => ({
  role,
  kind: role === 'mic' ? 'audio' : 'video',
  stream: stream(`out-${role}`),
  paused: false,
  state: 'sending',
  errorCode: null,
  deviceLabel: '',
  ...change,
});

const base: LessonSnapshot = {
  phase: 'joined',
  errorCode: null,
  calledOff: null,
  me: presence('us', 'remote'),
  live: {
    ...initialState('l'),
    state: 'live',
    participants: new Map([
      ['teacher', teacher],
      ['us', presence('us', 'remote')],
    ]),
  },
  clockOffsetMs: 0,
  media: 'connected',
  local: [localFeed('pupils'), localFeed('mic')],
  remote: [remoteFeed('teacher'), remoteFeed('mic')],
  recordingStatus: null,
  quality: { rttMs: 30, lossPercent: 0, upKbps: 1_000, downKbps: 2_000 },
};

/** Frames and packets so far, of each track. */
function statistics(counts: Record<string, number>): Statistics {
  const entries = Object.entries(counts);
  return {
    received: entries
      .filter(([track]) => track.startsWith('in-'))
      .map(([track, count]) => ({
        id: track,
        type: 'inbound-rtp',
        trackIdentifier: track,
        ...(track === 'in-mic'
          ? { kind: 'audio', packetsReceived: count }
          : { kind: 'video', framesDecoded: count, frameWidth: 1280, frameHeight: 720 }),
      })),
    sent: entries
      .filter(([track]) => track.startsWith('out-'))
      .flatMap(([track, count]) => [
        { id: `source-${track}`, type: 'media-source', trackIdentifier: track },
        {
          id: `rtp-${track}`,
          type: 'outbound-rtp',
          mediaSourceId: `source-${track}`,
          ...(track === 'out-mic'
            ? { kind: 'audio', packetsSent: count }
            : { kind: 'video', framesSent: count }),
        },
      ]),
  };
}

/** What is told after looking every two seconds; `count(track, second)` is what has flowed by then. */
function told(
  snapshot: LessonSnapshot,
  tracks: readonly string[],
  seconds: number,
  count: (track: string, second: number) => number,
) {
  let before: Look | null = null;
  let stats = statistics({});
  for (let second = 0; second <= seconds; second += 2) {
    stats = statistics(Object.fromEntries(tracks.map((track) => [track, count(track, second)])));
    before = look(snapshot, stats, before, second * 1000);
  }
  return sampleOf(snapshot, before!, stats);
}

const ALL = ['in-teacher', 'in-mic', 'out-pupils', 'out-mic'];
const flowing = (_track: string, second: number) => 25 * second;
const stops = (stopped: string) => (track: string, second: number) =>
  25 * (track === stopped ? Math.min(second, 4) : second);

test('while all flows: green, with what is seen', () => {
  expect(told(base, ALL, 10, flowing)).toEqual({
    light: 'green',
    cause: null,
    upKbps: 1_000,
    downKbps: 2_000,
    lossPercent: 0,
    rttMs: 30,
    framesPerSecond: 25,
    width: 1280,
    height: 720,
    hears: true,
  });
});

test('each thing that stops is said for what it is', () => {
  expect(told(base, ALL, 10, stops('in-teacher'))).toMatchObject({
    cause: 'SEES_NOTHING',
    framesPerSecond: 0,
  });
  expect(told(base, ALL, 10, stops('in-mic'))).toMatchObject({ cause: 'HEARS_NOTHING', hears: false });
  expect(told(base, ALL, 10, stops('out-pupils')).cause).toBe('SENDS_NO_PICTURE');
  expect(told(base, ALL, 10, stops('out-mic')).cause).toBe('SENDS_NO_SOUND');
  const failed = {
    ...base,
    local: [localFeed('pupils', { state: 'failed', stream: null }), localFeed('mic')],
  };
  expect(told(failed, ALL, 10, flowing).cause).toBe('SENDS_NO_PICTURE');
});

test('a moment without frames is no trouble, and a beginning has time', () => {
  expect(told(base, ALL, 6, stops('in-teacher')).light).toBe('green');
  expect(told(base, ALL, 6, (track, second) => (track === 'in-teacher' ? 0 : 25 * second)).light).toBe(
    'green',
  );
  expect(told(base, ALL, 10, (track, second) => (track === 'in-teacher' ? 0 : 25 * second)).cause).toBe(
    'SEES_NOTHING',
  );
});

test('what is paused, or held back by the teacher’s side, is not missed', () => {
  const paused = { ...base, remote: [remoteFeed('teacher', true), remoteFeed('mic', true)] };
  expect(told(paused, ['out-pupils', 'out-mic'], 10, flowing)).toMatchObject({
    light: 'green',
    framesPerSecond: null,
  });
  const stoodStill = { ...base.live, steering: { ...base.live.steering, paused: true } };
  expect(told({ ...base, live: stoodStill }, ['out-pupils', 'out-mic'], 10, flowing).light).toBe('green');
});

test('the board is what a room looks at, and its few frames are no fault', () => {
  const withScreen = { ...base, remote: [...base.remote, remoteFeed('screen')] };
  const slow = (track: string, second: number) => (track === 'in-screen' ? second : 25 * second);
  expect(told(withScreen, [...ALL, 'in-screen'], 10, slow)).toMatchObject({
    light: 'green',
    framesPerSecond: 1,
  });
  const slowFace = (track: string, second: number) => (track === 'in-teacher' ? second : 25 * second);
  expect(told(base, ALL, 10, slowFace)).toMatchObject({ light: 'amber', cause: 'SLOW_PICTURE' });
});
