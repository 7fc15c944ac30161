import { expect, test } from '@jest/globals';
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

test('only rooms that are here hear the teacher', () => {
  const rooms = [room('here'), room('away'), room('absent')];
  expect(hearing({ local: [mic('sending')] }, rooms)).toEqual({ word: 'presenter.heardBy', count: 1 });
  expect(hearing({ local: [mic('sending')] }, [room('away')])).toEqual({ word: 'presenter.heardByNobody' });
});

test('a closed or dead microphone is said before who is there', () => {
  expect(hearing({ local: [mic('sending', true)] }, [room('here')]).word).toBe('presenter.heardMicOff');
  expect(hearing({ local: [mic('failed')] }, [room('here')]).word).toBe('presenter.heardMicFailed');
  expect(hearing({ local: [] }, [room('here')]).word).toBe('presenter.heardMicFailed');
});
