import { expect, test } from '@jest/globals';
import { applyEvent, initialState, type LiveState } from '#protocol/live-state.ts';
import type { RoomSlot } from '../classroom/lesson-view.ts';
import type { LocalFeed } from '../lesson/session.ts';
import { hearing } from './hearing.ts';

const mic = (state: LocalFeed['state'], paused = false): LocalFeed => ({
  role: 'mic',
  kind: 'audio',
  stream: null,
  paused,
  state,
  errorCode: null,
  deviceLabel: '',
});

const room = (presence: RoomSlot['presence']): RoomSlot => ({
  accountId: 'a',
  participantId: null,
  name: 'room',
  organizationName: 'school',
  presence,
  picture: null,
  micOn: false,
  micHold: null,
  onStage: false,
  remark: null,
});

const live = initialState('l'.repeat(22));

test('only rooms that are here hear the teacher', () => {
  const rooms = [room('here'), room('away'), room('absent')];
  expect(hearing({ live, local: [mic('sending')] }, rooms)).toEqual({ word: 'presenter.heardBy', count: 1 });
  expect(hearing({ live, local: [mic('sending')] }, [room('away')])).toEqual({
    word: 'presenter.heardByNobody',
  });
});

test('a closed or dead microphone is said before who is there', () => {
  expect(hearing({ live, local: [mic('sending', true)] }, [room('here')]).word).toBe('presenter.heardMicOff');
  expect(hearing({ live, local: [mic('failed')] }, [room('here')]).word).toBe('presenter.heardMicFailed');
  expect(hearing({ live, local: [] }, [room('here')]).word).toBe('presenter.heardMicFailed');
});

test('while the class is paused nobody hears the teacher', () => {
  const paused: LiveState = applyEvent(live, {
    seq: 1,
    at: 0,
    mediaMs: null,
    body: { type: 'class.paused', paused: true, byParticipantId: 'p'.repeat(22) },
  });
  expect(hearing({ live: paused, local: [mic('sending')] }, [room('here')]).word).toBe(
    'presenter.heardPaused',
  );
});
