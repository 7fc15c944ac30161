import { expect, test } from '@jest/globals';
import type { FeedRole } from '#protocol/domain.ts';
import type { ClientErrorCode, LocalFeed } from '../lesson/session.ts';
import { failedFeeds } from './failed-feeds.ts';

const feed = (role: FeedRole, errorCode: ClientErrorCode | null): LocalFeed => ({
  role,
  kind: role === 'mic' ? 'audio' : 'video',
  stream: null,
  paused: false,
  state: errorCode ? 'failed' : 'sending',
  errorCode,
  deviceLabel: '',
});

test('camera and microphone refused together are one note', () => {
  expect(failedFeeds([feed('teacher', 'CAMERA_DENIED'), feed('mic', 'MIC_DENIED')])).toEqual([
    { code: 'DEVICES_DENIED', roles: ['teacher', 'mic'] },
  ]);
});

test('different troubles are told apart, and what is sent is not told', () => {
  expect(
    failedFeeds([feed('teacher', 'CAMERA_BUSY'), feed('board', null), feed('mic', 'MIC_DENIED')]),
  ).toEqual([
    { code: 'CAMERA_BUSY', roles: ['teacher'] },
    { code: 'MIC_DENIED', roles: ['mic'] },
  ]);
});
