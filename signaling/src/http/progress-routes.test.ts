import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ProgressAnswer, RecentlyWatched, type WatchProgress } from '#protocol/progress.ts';
import { TestApp } from '../../testing/app.ts';
import type { TestPerson } from '../../testing/person.ts';
import { notesApi } from './notes-api.ts';

let app: TestApp;
let student: TestPerson;
beforeAll(async () => {
  app = await TestApp.open((parts) => ({ api: notesApi(parts) }));
  student = await app.signIn('刘小雨');
});
afterAll(() => app.close());

const read = async (person: TestPerson, lessonId: string) =>
  (await person.get(ProgressAnswer, 'GET', `/api/lessons/${lessonId}/progress`)).progress;
const report = async (person: TestPerson, lessonId: string, positionMs: number, watchedMs = 10_000) => {
  const body = { positionMs, watchedMs, durationMs: 1 };
  const { progress } = await person.get(ProgressAnswer, 'POST', `/api/lessons/${lessonId}/progress`, body);
  return progress as WatchProgress;
};

test('what was never watched has no progress; what was is found again on any device', async () => {
  const { lessonId, durationMs } = await app.recordedLesson();
  expect(await read(student, lessonId)).toBeNull();
  await report(student, lessonId, 600_000);
  const elsewhere = await app.signIn('刘小雨');
  // How long the lesson is, the platform knows better than a page.
  expect(await read(elsewhere, lessonId)).toMatchObject({
    positionMs: 600_000,
    durationMs,
    completed: false,
  });
});

test('the newest report says the position, and the furthest one stays', async () => {
  const { lessonId } = await app.recordedLesson();
  await report(student, lessonId, 900_000);
  await report(student, lessonId, 300_000);
  expect(await read(student, lessonId)).toMatchObject({
    positionMs: 300_000,
    furthestMs: 900_000,
    watchedMs: 20_000,
  });
});

test('reports of two devices at once are both counted', async () => {
  const { lessonId } = await app.recordedLesson();
  await report(student, lessonId, 1_000);
  await Promise.all(Array.from({ length: 10 }, (_, at) => report(student, lessonId, at * 1_000, 1_000)));
  expect((await read(student, lessonId))?.watchedMs).toBe(20_000);
});

test('skipping to the end is not watching; watching is, for ever', async () => {
  const { lessonId, durationMs } = await app.recordedLesson({ durationMs: 100_000 });
  expect((await report(student, lessonId, durationMs)).completed).toBe(false);
  expect((await report(student, lessonId, durationMs, 60_000)).completed).toBe(true);
  expect((await report(student, lessonId, 0)).completed).toBe(true);
});

test('everybody has their own, and sees what they watched last', async () => {
  const { lessonId } = await app.recordedLesson();
  const teacher = await app.signIn('陈静');
  await report(teacher, lessonId, 50_000);
  expect(await read(student, lessonId)).toBeNull();
  const recent = await teacher.get(RecentlyWatched, 'GET', '/api/progress');
  expect(recent.map((known) => [known.lessonId, known.resourceId, known.positionMs])).toEqual([
    [lessonId, null, 50_000],
  ]);
});

test('who may not watch neither reads nor writes', async () => {
  const { lessonId } = await app.recordedLesson();
  const path = `/api/lessons/${lessonId}/progress`;
  const body = { positionMs: 1, watchedMs: 1, durationMs: 1 };
  const stranger = await app.signIn('周明');
  expect(await stranger.code('GET', path)).toBe('NOT_FOUND');
  expect(await stranger.code('POST', path, body)).toBe('NOT_FOUND');
  expect(await app.anonymous().code('POST', path, body)).toBe('NOT_SIGNED_IN');
  expect(await app.anonymous().code('GET', '/api/progress')).toBe('NOT_SIGNED_IN');
  expect(await student.code('POST', path, { ...body, positionMs: -1 })).toBe('BAD_REQUEST');
  expect(await student.code('POST', path, { ...body, watchedMs: 1e12 })).toBe('BAD_REQUEST');
});

test('a resource has a progress of its own, for who may watch it', async () => {
  const { lessonId, resourceId } = await app.recordedLesson();
  const teacher = await app.signIn('陈静');
  const path = `/api/resources/${resourceId}/progress`;
  const body = { positionMs: 70_000, watchedMs: 1, durationMs: 1 };
  await teacher.get(ProgressAnswer, 'POST', path, body);
  expect((await teacher.get(ProgressAnswer, 'GET', path)).progress?.positionMs).toBe(70_000);
  expect(await read(teacher, lessonId)).toBeNull();
  // A draft is nobody else's.
  expect(await student.code('POST', path, body)).toBe('NOT_FOUND');
});

test('a deleted resource takes the progress with it', async () => {
  const { resourceId } = await app.recordedLesson();
  const teacher = await app.signIn('陈静');
  const body = { positionMs: 70_000, watchedMs: 1, durationMs: 1 };
  await teacher.get(ProgressAnswer, 'POST', `/api/resources/${resourceId}/progress`, body);
  await app.db.deleteFrom('resource').where('id', '=', resourceId).execute();
  const left = app.db.selectFrom('watch_progress').selectAll().where('subject_id', '=', resourceId);
  expect(await left.execute()).toEqual([]);
});
