import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { FeedRole, kindOfFeed, type Lesson } from '#protocol/domain.ts';
import { CLASS_NEEDS, type ClassRequestType } from '#protocol/lesson-socket.ts';
import { type Action, actionToPublish, LessonRole, may } from '#protocol/permission.ts';
import { NO_ID, REQUEST_TYPES, WELL_FORMED } from '../signaling/testing/rights/well-formed.ts';
import { Api, codeOf } from './harness/api.ts';
import { DEMO } from './harness/classroom.ts';
import { Platform } from './harness/platform.ts';
import { SocketClient } from './harness/socket-client.ts';

let platform: Platform;
let lesson: Lesson;
let remote: Api;

beforeAll(async () => {
  platform = await Platform.start();
  remote = await Api.signIn(platform.origin, DEMO.remoteClassroom);
  lesson = await (await Api.signIn(platform.origin, DEMO.teacher)).planLesson();
}, 300_000);

afterAll(async () => {
  await platform?.close();
});

/** Who is what in the demo lesson, by its plan and not by the code under test. */
const ROLES: [name: string, role: LessonRole][] = [
  [DEMO.teacher, 'presenter'],
  [DEMO.masterClassroom, 'presenter'],
  [DEMO.remoteClassroom, 'remote'],
  [DEMO.otherClassroom, 'remote'],
  [DEMO.assistant, 'assistant'],
  [DEMO.administrator, 'administrator'],
  [DEMO.operator, 'operator'],
  [DEMO.researcher, 'observer'],
  [DEMO.student, 'viewer'],
  [DEMO.otherTeacher, 'stranger'],
];
const HIDDEN = new Set(['FORBIDDEN', 'NOT_FOUND']);

describe('the permission table', () => {
  test('names every role in this walk', () => {
    expect(new Set(ROLES.map(([, role]) => role))).toEqual(new Set(LessonRole.options));
  });

  test.each(ROLES)(
    'is kept by every route for %s (%s)',
    async (name, role) => {
      const { lessonId } = await (await Api.signIn(platform.origin, DEMO.teacher)).planLesson();
      const api = await Api.signIn(platform.origin, name);
      const path = `/api/lessons/${lessonId}`;
      // In the order of a lesson; the demo is asked for after the bell, where it plays nothing.
      const walk: [Action, string, string, unknown?][] = [
        ['lesson.see', 'GET', path],
        ['timeline.read', 'GET', `${path}/timeline`],
        ['class.rollCall', 'GET', `${path}/roster`],
        ['replay.watch', 'GET', `${path}/replay`],
        ['record.control', 'GET', `${path}/recording`],
        ['record.control', 'PUT', `${path}/recording`, { policy: 'auto' }],
        ['lesson.open', 'POST', `${path}/state`, { to: 'open' }],
        ['lesson.ingest', 'POST', `${path}/ingest-keys`],
        ['lesson.start', 'POST', `${path}/state`, { to: 'live' }],
        ['board.upload', 'POST', `${path}/documents`],
        ['lesson.end', 'POST', `${path}/state`, { to: 'ended' }],
      ];
      for (const [action, method, route, body] of walk) {
        const answer = await api.ask(method, route, body);
        const allowed = answer.status < 400 || !HIDDEN.has(codeOf(answer)) || isEmptyReplay(action, answer);
        expect([action, allowed]).toEqual([action, may(role, action)]);
      }
      const listed = (await api.ask('GET', '/api/lessons')).body as Lesson[];
      expect(listed.some((known) => known.lessonId === lessonId)).toBe(may(role, 'lesson.see'));

      const teacher = await Api.signIn(platform.origin, DEMO.teacher);
      if (!may(role, 'lesson.start')) await teacher.changeState(lessonId, 'live');
      if (!may(role, 'lesson.end') || !may(role, 'lesson.start'))
        await teacher.changeState(lessonId, 'ended');
      const demo = await api.ask('POST', `${path}/demo`);
      expect(!HIDDEN.has(codeOf(demo))).toBe(may(role, 'lesson.demo'));
    },
    60_000,
  );

  test.each(ROLES)(
    'is kept by every socket request for %s (%s)',
    async (name, role) => {
      const { lessonId } = await (await Api.signIn(platform.origin, DEMO.teacher)).planLesson();
      const client = await SocketClient.connect(await Api.signIn(platform.origin, name));
      if (!may(role, 'room.join')) {
        await expect(client.join(lessonId)).rejects.toThrow(/FORBIDDEN|NOT_FOUND/);
        client.close();
        return;
      }
      await client.join(lessonId);
      for (const feedRole of FeedRole.options) {
        const code = await client.ask({
          ...WELL_FORMED['feed.publish'],
          role: feedRole,
          kind: kindOfFeed(feedRole),
        });
        expect([feedRole, code]).toEqual([
          feedRole,
          may(role, actionToPublish(feedRole)) ? 'MEDIA_GONE' : 'FORBIDDEN',
        ]);
      }
      for (const type of ['feed.pause', 'feed.close'] as const)
        expect(await client.ask(WELL_FORMED[type])).toBe(
          may(role, 'media.publishMic') ? 'NOT_FOUND' : 'FORBIDDEN',
        );
      for (const type of REQUEST_TYPES.filter(
        (type) => /^(transport|consumer)\./.test(type) && type !== 'transport.create',
      ))
        expect([type, await client.ask(WELL_FORMED[type])]).toEqual([type, 'MEDIA_GONE']);
      const api = await Api.signIn(platform.origin, DEMO.teacher);
      await api.changeState(lessonId, 'open');
      for (const [type, action] of Object.entries(CLASS_NEEDS) as [ClassRequestType, Action][]) {
        const code = await client.ask(WELL_FORMED[type]);
        expect([type, code !== 'FORBIDDEN']).toEqual([type, may(role, action)]);
      }
      client.close();
    },
    60_000,
  );

  test.each(ROLES)(
    'lets %s (%s) keep only the lists that are theirs',
    async (name, role) => {
      const api = await Api.signIn(platform.origin, name);
      const library = `/api/courses/${lesson.courseId}/questions`;
      // The course's school: its teachers, also those of other courses, and whoever presents one of its lessons.
      const keeps = role === 'presenter' || name === DEMO.otherTeacher || name === DEMO.operator;
      expect((await api.ask('GET', library)).status).toBe(keeps ? 200 : 403);
      const question = { question: { kind: 'trueFalse', text: '', by: 'room' }, right: null };
      expect((await api.ask('POST', library, question)).status).toBe(keeps ? 201 : 403);
      expect((await api.ask('DELETE', `${library}/${NO_ID}`)).status).toBe(keeps ? 404 : 403);
      const words = await api.ask('GET', '/api/moderation/words');
      expect(words.status).toBe(role === 'administrator' ? 200 : 403);
      const headers = { 'content-type': 'text/plain' };
      const added = await api.ask('POST', '/api/moderation/words?class=hold', 'x', headers);
      expect(added.status).toBe(role === 'administrator' ? 201 : 403);
    },
    60_000,
  );

  test('gives nothing to whoever is not signed in', async () => {
    const nobody = Api.anonymous(platform.origin);
    await expect(SocketClient.connect(nobody)).rejects.toThrow('NOT_SIGNED_IN');
    const path = `/api/lessons/${lesson.lessonId}`;
    const asked: [string, string, unknown?][] = [
      ['GET', '/api/lessons'],
      ['GET', path],
      ['POST', `${path}/state`, { to: 'open' }],
      ['POST', `${path}/ingest-keys`],
      ['POST', `${path}/demo`],
      ['POST', '/api/demo/lessons'],
      ['GET', `${path}/timeline`],
      ['GET', `${path}/roster`],
      ['GET', `${path}/replay`],
      ['GET', `${path}/recording`],
      ['PUT', `${path}/recording`, { policy: 'off' }],
      ['POST', `${path}/documents`],
      ['GET', `/api/courses/${lesson.courseId}/questions`],
      ['POST', `/api/courses/${lesson.courseId}/questions`],
      ['DELETE', `/api/courses/${lesson.courseId}/questions/${NO_ID}`],
      ['GET', '/api/moderation/words'],
      ['POST', '/api/moderation/words?class=block'],
      ['DELETE', '/api/moderation/words'],
      ['GET', `/media/courseware/${lesson.lessonId}/${NO_ID}/pages.pdf`],
    ];
    for (const [method, route, body] of asked) {
      const answer = await nobody.ask(method, route, body);
      expect([route, answer.status, codeOf(answer)]).toEqual([route, 401, 'NOT_SIGNED_IN']);
    }
  });

  test('gives nothing before joining, and nothing of another seat', async () => {
    const client = await SocketClient.connect(remote);
    for (const type of REQUEST_TYPES.filter((type) => type !== 'join'))
      expect([type, await client.ask(WELL_FORMED[type])]).toEqual([type, 'NOT_JOINED']);

    const other = await SocketClient.connect(await Api.signIn(platform.origin, DEMO.otherClassroom));
    await other.join(lesson.lessonId);
    const transportId = await other.createTransport('send');
    await client.join(lesson.lessonId);
    for (const type of REQUEST_TYPES.filter((type) => 'transportId' in WELL_FORMED[type]))
      expect([type, await client.ask({ ...WELL_FORMED[type], transportId })]).toEqual([type, 'MEDIA_GONE']);
    expect(await other.ask({ type: 'transport.close', transportId })).toBeNull();
    client.close();
    other.close();
  }, 300_000);
});

/** A lesson without a recording has no replay, for those too who may watch it: FORBIDDEN says otherwise. */
function isEmptyReplay(action: Action, answer: Parameters<typeof codeOf>[0]): boolean {
  const { message } = (answer.body as { error: { message: string } }).error;
  return action === 'replay.watch' && codeOf(answer) === 'NOT_FOUND' && message !== 'no such lesson';
}
