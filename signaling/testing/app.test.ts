import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Lesson } from '#protocol/domain.ts';
import { Session } from '#protocol/session.ts';
import { questionRoutes } from '../src/http/question-routes.ts';
import { sessionRoutes } from '../src/http/session-routes.ts';
import { QuestionRepository } from '../src/library/question-repository.ts';
import { TestApp } from './app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.open(({ accounts, audit, db }) => ({
    api: [sessionRoutes(accounts, audit, true), questionRoutes(new QuestionRepository(db))],
  }));
});
afterAll(() => app.close());

test('somebody is signed in, nobody is not', async () => {
  const teacher = await app.signIn('陈静');
  const { account } = await teacher.get(Session, 'GET', '/api/session');
  expect(account).toEqual(teacher.account);
  expect(await app.anonymous().code('GET', '/api/courses/x/questions')).toBe('NOT_SIGNED_IN');
  expect(await teacher.code('POST', '/api/session', '{', { 'content-type': 'application/json' })).toBe(
    'BAD_REQUEST',
  );
});

test('a recorded lesson is ready, and who has nothing to do with it does not see it', async () => {
  const { lessonId, durationMs } = await app.recordedLesson();
  const teacher = await app.signIn('陈静');
  const lesson = Lesson.parse(await app.parts.lessons.find(lessonId, teacher.account!));
  expect([lesson.state, lesson.replayMs]).toEqual(['ready', durationMs]);
  expect(await app.parts.lessons.find(lessonId, (await app.signIn('周明')).account!)).toBeNull();
});
