import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { io } from 'socket.io-client';
import type { Lesson } from '#protocol/domain.ts';
import { ErrorCode } from '#protocol/errors.ts';
import { NODES_NAMESPACE } from '#protocol/node.ts';
import { NO_ID, REQUEST_TYPES, WELL_FORMED } from '../signaling/testing/rights/well-formed.ts';
import { Api, codeOf } from './harness/api.ts';
import { DEMO } from './harness/classroom.ts';
import { Platform } from './harness/platform.ts';
import { SocketClient } from './harness/socket-client.ts';

const TURN_SECRET = 'shared with the TURN server';
let platform: Platform;
let lesson: Lesson;
let remote: Api;

beforeAll(async () => {
  platform = await Platform.start({
    TC_TURN_URLS: 'turn:turn.invalid:3478?transport=udp,stun:stun.invalid:3478',
    TC_TURN_SECRET: TURN_SECRET,
    TC_TURN_TTL_SECONDS: '600',
  });
  remote = await Api.signIn(platform.origin, DEMO.remoteClassroom);
  lesson = await (await Api.signIn(platform.origin, DEMO.teacher)).planLesson();
}, 300_000);

afterAll(async () => {
  await platform?.close();
});

describe('malformed socket messages', () => {
  test('are all answered with a code, and the process stays', async () => {
    const pid = platform.pidOf('signaling');
    const bystander = await SocketClient.connect(await Api.signIn(platform.origin, DEMO.otherClassroom));
    await bystander.join(lesson.lessonId);
    const client = await SocketClient.connect(remote);
    await client.join(lesson.lessonId);
    const transportId = await client.createTransport('send');
    await fc.assert(
      fc.asyncProperty(fc.oneof(brokenRequests(transportId), fc.jsonValue()), async (request) => {
        const code = await client.ask(request);
        if (code !== null) expect(['INTERNAL', 'NODE_ERROR', 'NODE_TIMEOUT']).not.toContain(code);
      }),
      { numRuns: 400 },
    );
    client.close();
    expect(platform.pidOf('signaling')).toBe(pid);
    expect(await platform.isWhole()).toBe(true);
    // Nobody else noticed: the other's line is the same, and its lesson too.
    expect(bystander.connected).toBe(true);
    expect(await bystander.ask({ type: 'transport.create', direction: 'recv' })).toBeNull();
    bystander.close();
  }, 300_000);

  test('without an answer function, of other names, or binary change nothing', async () => {
    const client = await SocketClient.connect(remote);
    client.emitRaw('request');
    client.emitRaw('request', { type: 'leave' });
    client.emitRaw('request', 'x', 'y', 'z');
    client.emitRaw('request', new Uint8Array([1, 2, 3]));
    client.emitRaw('command', { type: 'room.close' }, 1);
    client.emitRaw('message', { type: 'seat.taken' });
    expect(await client.ask(new Uint8Array([1, 2, 3]))).toBe('BAD_REQUEST');
    expect(await client.ask(undefined)).toBe('BAD_REQUEST');
    client.close();
  });

  test('that are too large end the line of their sender alone', async () => {
    const client = await SocketClient.connect(remote);
    await expect(client.ask({ type: 'join', junk: 'x'.repeat(2_000_000) })).rejects.toThrow();
    client.close();
    expect(await platform.isWhole()).toBe(true);
  }, 300_000);
});

/** Well-formed requests of which some fields were replaced by junk or left out. */
function brokenRequests(transportId: string): fc.Arbitrary<unknown> {
  const junk = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom<unknown>(NO_ID, transportId, '', '\u0000', -1, 1e308, [], {}, null, '../../etc/passwd'),
  );
  return fc.constantFrom(...REQUEST_TYPES.filter((type) => type !== 'leave')).chain((type) => {
    const whole = { ...WELL_FORMED[type], ...('transportId' in WELL_FORMED[type] && { transportId }) };
    const fields = Object.keys(whole).filter((key) => key !== 'type');
    return fc
      .record(Object.fromEntries(fields.map((field) => [field, junk])), { requiredKeys: [] })
      .map((broken) => ({ ...whole, ...broken }));
  });
}

describe('a participant who was removed', () => {
  test('can do nothing any more on the line that was open, and not come back', async () => {
    const api = await Api.signIn(platform.origin, DEMO.teacher);
    const { lessonId } = await api.planLesson();
    await api.changeState(lessonId, 'open');
    const teacher = await SocketClient.connect(api);
    await teacher.join(lessonId);
    const removed = await SocketClient.connect(remote);
    const { participant } = await removed.join(lessonId);
    const { participantId } = participant;
    expect(await teacher.ask({ type: 'participant.remove', participantId, forbid: true })).toBeNull();
    for (const type of REQUEST_TYPES.filter((type) => type !== 'join'))
      expect([type, await removed.ask(WELL_FORMED[type])]).toEqual([type, 'NOT_JOINED']);
    expect(await removed.ask({ ...WELL_FORMED.join, lessonId })).toBe('REMOVED');
    teacher.close();
    removed.close();
  }, 60_000);
});

describe('malformed HTTP requests', () => {
  const routes = (): [method: string, path: string][] => [
    ['POST', '/api/session'],
    ['POST', `/api/lessons/${lesson.lessonId}/state`],
    ['GET', '/api/lessons?from=yesterday'],
    ['GET', '/api/lessons?to=-5'],
    ['GET', '/api/lessons/not-an-id'],
    ['GET', `/api/lessons/${lesson.lessonId}/timeline?after=x`],
    ['GET', '/media/s/9999999999/AAAAAAAAAAAAAAAAAAAAAA/recordings/..%2f..%2fdatabase/x.m3u8'],
    ['GET', '/media/s/9999999999/AAAAAAAAAAAAAAAAAAAAAA/recordings/%00/x.mp4'],
    ['POST', `/api/lessons/${lesson.lessonId}/documents?purpose=evil`],
    ['POST', `/api/lessons/${NO_ID}/documents`],
    ['GET', `/media/courseware/${lesson.lessonId}/..%2f..%2fdatabase/x.pdf`],
    ['GET', `/media/courseware/${lesson.lessonId}/${NO_ID}/..%2f..%2fx.pdf`],
    ['GET', '/api/moderation/words?offset=-1'],
    ['POST', '/api/moderation/words?class=block'],
    ['DELETE', '/api/moderation/words'],
    ['POST', `/api/courses/${lesson.courseId}/questions`],
    ['POST', `/api/courses/${lesson.courseId}/questions/${NO_ID}`],
    ['GET', '/api/courses/x/questions'],
    ['PUT', `/api/lessons/${lesson.lessonId}/captions/zh-CN`],
    ['PUT', `/api/lessons/${lesson.lessonId}/captions/..%2f..?version=0`],
    ['GET', `/api/lessons/${lesson.lessonId}/captions/${'x'.repeat(5_000)}`],
    ['POST', `/api/lessons/${lesson.lessonId}/captions/zh-CN/restore`],
    ['POST', `/api/lessons/${lesson.lessonId}/notes`],
    ['PUT', `/api/lessons/${lesson.lessonId}/notes/${NO_ID}`],
    ['POST', `/api/lessons/${lesson.lessonId}/comments`],
    ['DELETE', `/api/lessons/${lesson.lessonId}/comments/${NO_ID}`],
    ['POST', `/api/lessons/${lesson.lessonId}/progress`],
    ['GET', `/api/resources/${NO_ID}/comments`],
    ['GET', '/api/nothing'],
    ['PATCH', '/api/session'],
    ['POST', `/whip/${lesson.lessonId}`],
    ['POST', '/whip/%ff'],
  ];

  test('are all answered with a code below 500', async () => {
    const teacher = await Api.signIn(platform.origin, DEMO.teacher);
    const bodies = ['{', '[]', '"x"', 'null', '{"to":"heaven"}', '{"accountId":{}}', '[[[[[[[[[[]]]]]]]]]]'];
    for (const [method, path] of routes()) {
      for (const body of method === 'GET' ? [undefined] : bodies) {
        const answer = await teacher.ask(method, path, body);
        const what = `${method} ${path} ${body}: ${answer.status} ${JSON.stringify(answer.body)}`;
        if (answer.status < 400 || answer.status >= 500) throw new Error(what);
        if (path.startsWith('/api')) expect(ErrorCode.options).toContain(codeOf(answer));
      }
    }
  }, 300_000);

  test('of any JSON shape are refused by every route with a body', async () => {
    const teacher = await Api.signIn(platform.origin, DEMO.teacher);
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (body) => {
        const answer = await teacher.ask(
          'POST',
          `/api/lessons/${lesson.lessonId}/state`,
          JSON.stringify(body),
        );
        expect(codeOf(answer)).toBe('BAD_REQUEST');
      }),
      { numRuns: 100 },
    );
  }, 300_000);

  test('that are too large are TOO_LARGE', async () => {
    const teacher = await Api.signIn(platform.origin, DEMO.teacher);
    const answer = await teacher.ask('POST', `/api/lessons/${lesson.lessonId}/state`, {
      to: 'x'.repeat(100_000),
    });
    expect([answer.status, codeOf(answer)]).toEqual([413, 'TOO_LARGE']);
  });
});

describe('another site', () => {
  test('cannot act with this site’s cookie, over HTTP or over the socket', async () => {
    const headers = { origin: 'http://evil.example' };
    const answer = await remote.ask('POST', `/api/lessons/${lesson.lessonId}/state`, { to: 'open' }, headers);
    expect([answer.status, codeOf(answer)]).toEqual([403, 'BAD_ORIGIN']);
    await expect(SocketClient.connect(remote, headers)).rejects.toThrow();
  });
});

describe('a media node', () => {
  test('without the platform’s credential is refused', async () => {
    const hello = { kind: 'sfu', name: 'x:1', nodeId: NO_ID, version: '0' };
    for (const auth of [{}, hello, { ...hello, secret: 'guess' }, { ...hello, secret: ['a'] }]) {
      const socket = io(new URL(NODES_NAMESPACE, platform.origin).href, {
        auth,
        transports: ['websocket'],
        reconnection: false,
        forceNew: true,
      });
      const outcome = await new Promise((resolve) => {
        socket.once('connect', () => resolve('connected'));
        socket.once('connect_error', (error) => resolve(error.message));
      });
      socket.close();
      expect(outcome).toBe('FORBIDDEN');
    }
  });
});

describe('TURN', () => {
  test('is handed out with credentials that end by themselves', async () => {
    const client = await SocketClient.connect(remote);
    const { iceServers, participant } = await client.join(lesson.lessonId);
    client.close();
    const [turn, stun] = iceServers;
    expect(stun).toEqual({ urls: ['stun:stun.invalid:3478'] });
    expect(turn?.urls).toEqual(['turn:turn.invalid:3478?transport=udp']);
    const [expiry, whose] = turn!.username!.split(':');
    expect(whose).toBe(participant.participantId);
    expect(Number(expiry) * 1000).toBeGreaterThan(Date.now());
    expect(Number(expiry) * 1000).toBeLessThanOrEqual(Date.now() + 600_000);
    expect(turn?.credential).toBe(createHmac('sha1', TURN_SECRET).update(turn!.username!).digest('base64'));
  });
});
