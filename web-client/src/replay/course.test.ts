import { expect, test } from '@jest/globals';
import type { EventBody, TimelineEvent } from '#protocol/timeline.ts';
import { courseOf } from './course.ts';

const log = (...entries: [number | null, EventBody][]): TimelineEvent[] =>
  entries.map(([mediaMs, body], index) => ({ seq: index + 1, at: 0, mediaMs, body }));

const participant = {
  participantId: 'p',
  accountId: 'a',
  kind: 'classroom' as const,
  name: 'room',
  organizationName: 'school',
  role: 'remote' as const,
  helpsParticipantId: null,
};

test('what happened before the recording began is left out, the rest stands at its time', () => {
  const feed = {
    feedId: 'f',
    participantId: 'p',
    role: 'screen' as const,
    kind: 'video' as const,
    paused: false,
  };
  expect(
    courseOf(
      log(
        [null, { type: 'lesson.opened', byAccountId: null }],
        [null, { type: 'lesson.started', byAccountId: null }],
        [500, { type: 'participant.joined', participant }],
        [
          600,
          {
            type: 'participant.joined',
            participant: { ...participant, participantId: 'w', role: 'observer' },
          },
        ],
        [900, { type: 'feed.added', feed }],
        [1500, { type: 'feed.removed', feedId: 'f', reason: 'stopped' }],
        [1600, { type: 'participant.away', participantId: 'p' }],
        [2000, { type: 'lesson.ended', reason: 'ended', byAccountId: null }],
      ),
    ).map(({ atMs, word, name }) => [atMs, word, name]),
  ).toEqual([
    [0, 'started', ''],
    [500, 'joined', 'room'],
    [900, 'screenShown', ''],
    [1500, 'screenHidden', ''],
    [1600, 'away', 'room'],
    [2000, 'ended', ''],
  ]);
});
