import { expect, test } from '@jest/globals';
import { Action, actionsOf, actionToPublish, LessonRole, may } from './permission.ts';

test('a stranger may do nothing at all', () => {
  expect(actionsOf('stranger')).toEqual([]);
});

test('only the presenter begins a lesson, sends the board, or makes ingest keys', () => {
  for (const action of ['lesson.start', 'media.publishStudio', 'lesson.ingest'] as const) {
    expect(LessonRole.options.filter((role) => may(role, action))).toEqual(['presenter']);
  }
});

test('who watches sends nothing', () => {
  for (const role of ['assistant', 'observer', 'viewer', 'operator', 'administrator'] as const) {
    expect(actionsOf(role).filter((action) => action.startsWith('media.publish'))).toEqual([]);
  }
});

test("every action is somebody's, and every feed role needs one", () => {
  for (const action of Action.options)
    expect(LessonRole.options.some((role) => may(role, action))).toBe(true);
  expect(actionToPublish('mic')).toBe('media.publishMic');
  expect(actionToPublish('board')).toBe('media.publishStudio');
  expect(actionToPublish('pupils')).toBe('media.publishCamera');
});

test('who directs the recording sees every feed, and steers nothing unless on the teachers side', () => {
  for (const action of ['record.direct', 'record.control', 'record.highlight'] as const) {
    const roles = LessonRole.options.filter((role) => may(role, action));
    expect(roles).toEqual(['presenter', 'operator', 'administrator']);
    for (const role of roles) expect(may(role, 'media.consume')).toBe(true);
  }
  expect(actionsOf('operator').filter((action) => /^(class|chat|board)\./.test(action))).toEqual([]);
});

test("who steers the class is on the teacher's side", () => {
  expect(LessonRole.options.filter((role) => may(role, 'class.steer'))).toEqual([
    'presenter',
    'administrator',
  ]);
});
