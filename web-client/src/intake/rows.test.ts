import { expect, test } from '@jest/globals';
import type { Intake } from '#protocol/intake.ts';
import { fileRows } from './rows.ts';
import type { UploadView } from './upload/upload.ts';

const intake: Intake = {
  intakeId: 'a'.repeat(22),
  name: 'a.mp4',
  bytes: 100,
  receivedBytes: 40,
  state: 'receiving',
  kind: null,
  failure: null,
  notices: [],
  progress: 0,
  resourceId: null,
  described: false,
  createdAt: 0,
};
const upload: UploadView = {
  key: 'file-1',
  name: 'a.mp4',
  bytes: 100,
  state: 'sending',
  part: 0.5,
  rate: 10,
  failure: null,
  intakeId: intake.intakeId,
};
const states = (...rows: Parameters<typeof fileRows>) => fileRows(...rows).map(({ state }) => state);

test('a file is one row, whoever is at work on it', () => {
  expect(states([upload], [intake])).toEqual(['sending']);
  expect(states([{ ...upload, state: 'sent' }], [intake])).toEqual(['checking']);
  expect(states([{ ...upload, state: 'sent' }], [{ ...intake, state: 'preparing' }])).toEqual(['preparing']);
});

test('what another page began waits to be chosen again, and is not shown twice when it was', () => {
  expect(fileRows([], [intake])[0]).toMatchObject({ state: 'interrupted', part: 0.4 });
  expect(states([{ ...upload, state: 'waiting', intakeId: null }], [intake])).toEqual(['waiting']);
});

test('what was described before is not described again with the next files', () => {
  const ready = { ...intake, state: 'ready' as const };
  expect(states([], [ready])).toEqual(['ready']);
  expect(states([], [{ ...ready, described: true }])).toEqual([]);
  expect(states([{ ...upload, state: 'sent' }], [{ ...ready, described: true }])).toEqual(['ready']);
});

test('an unproven claim is no row', () => {
  expect(fileRows([], [{ ...intake, state: 'proving' }])).toEqual([]);
});
