import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { io } from 'socket.io-client';
import { FeedRole, kindOfFeed, type Lesson } from '#protocol/domain.ts';
import { ErrorCode } from '#protocol/errors.ts';
import type { LessonRequest, LessonRequestType } from '#protocol/lesson-socket.ts';
import { NODES_NAMESPACE } from '#protocol/node.ts';
import { type Action, actionToPublish, LessonRole, may } from '#protocol/permission.ts';
import { Api, codeOf } from './harness/api.ts';
import { DEMO } from './harness/classroom.ts';
import { Platform } from './harness/platform.ts';
import { SocketClient } from './harness/socket-client.ts';

const TURN_SECRET = 'shared with the TURN server';
/** Valid in form, but of nothing that exists. */
const NO_ID = 'A'.repeat(22);

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

/** One request of each type, well formed, about things that do not exist. */
const WELL_FORMED: { [T in LessonRequestType]: Extract<LessonRequest, { type: T }> } = {
  join: { type: 'join', lessonId: NO_ID, afterSeq: 0, resumeKey: null },
  leave: { type: 'leave' },
  'transport.create': { type: 'transport.create', direction: 'recv' },
  'transport.connect': {
    type: 'transport.connect',
    transportId: 'none',
    dtlsParameters: { fingerprints: [{ algorithm: 'sha-256', value: '00' }] },
  },
  'transport.restartIce': { type: 'transport.restartIce', transportId: 'none' },
  'transport.close': { type: 'transport.close', transportId: 'none' },
  'feed.publish': {
    type: 'feed.publish',
    transportId: 'none',
    role: 'mic',
    kind: 'audio',
    rtpParameters: { codecs: [{ mimeType: 'audio/opus', payloadType: 111, clockRate: 48_000, channels: 2 }] },
    paused: false,
  },
  'feed.pause': { type: 'feed.pause', feedId: NO_ID, paused: true },
  'feed.close': { type: 'feed.close', feedId: NO_ID },
  'consumer.create': { type: 'consumer.create', transportId: 'none', feedId: NO_ID, rtpCapabilities: {} },
  'consumer.resume': { type: 'consumer.resume', consumerId: 'none' },
  'consumer.pause': { type: 'consumer.pause', consumerId: 'none' },
  'consumer.close': { type: 'consumer.close', consumerId: 'none' },
  'consumer.setLayers': {
    type: 'consumer.setLayers',
    consumerId: 'none',
    preferredLayers: { spatialLayer: 0 },
  },
};
const TYPES = Object.keys(WELL_FORMED) as LessonRequestType[];

describe('malformed socket messages', () => {
  test('are all answered with a code, and the process stays', async () => {
    const pid = platform.pidOf('signaling');
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
  return fc.constantFrom(...TYPES.filter((type) => type !== 'leave')).chain((type) => {
    const whole = { ...WELL_FORMED[type], ...('transportId' in WELL_FORMED[type] && { transportId }) };
    const fields = Object.keys(whole).filter((key) => key !== 'type');
    return fc
      .record(Object.fromEntries(fields.map((field) => [field, junk])), { requiredKeys: [] })
      .map((broken) => ({ ...whole, ...broken }));
  });
}

describe('malformed HTTP requests', () => {
  const routes = (): [method: string, path: string][] => [
    ['POST', '/api/session'],
    ['POST', `/api/lessons/${lesson.lessonId}/state`],
    ['GET', '/api/lessons?from=yesterday'],
    ['GET', '/api/lessons?to=-5'],
    ['GET', '/api/lessons/not-an-id'],
    ['GET', `/api/lessons/${lesson.lessonId}/timeline?after=x`],
    ['GET', '/media/recordings/..%2f..%2fdatabase/x.m3u8'],
    ['GET', '/media/recordings/%00/x.mp4'],
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

/** Who is what in the demo lesson, by its plan and not by the code under test. */
const ROLES: [name: string, role: LessonRole][] = [
  [DEMO.teacher, 'presenter'],
  [DEMO.masterClassroom, 'presenter'],
  [DEMO.remoteClassroom, 'remote'],
  [DEMO.otherClassroom, 'remote'],
  [DEMO.assistant, 'assistant'],
  [DEMO.administrator, 'administrator'],
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
        ['replay.watch', 'GET', `${path}/replay`],
        ['lesson.open', 'POST', `${path}/state`, { to: 'open' }],
        ['lesson.ingest', 'POST', `${path}/ingest-keys`],
        ['lesson.start', 'POST', `${path}/state`, { to: 'live' }],
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
      for (const type of TYPES.filter(
        (type) => /^(transport|consumer)\./.test(type) && type !== 'transport.create',
      ))
        expect([type, await client.ask(WELL_FORMED[type])]).toEqual([type, 'MEDIA_GONE']);
      client.close();
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
      ['GET', `${path}/replay`],
      ['GET', `/media/recordings/${NO_ID}/x.m3u8`],
    ];
    for (const [method, route, body] of asked) {
      const answer = await nobody.ask(method, route, body);
      expect([route, answer.status, codeOf(answer)]).toEqual([route, 401, 'NOT_SIGNED_IN']);
    }
  });

  test('gives nothing before joining, and nothing of another seat', async () => {
    const client = await SocketClient.connect(remote);
    for (const type of TYPES.filter((type) => type !== 'join'))
      expect([type, await client.ask(WELL_FORMED[type])]).toEqual([type, 'NOT_JOINED']);

    const other = await SocketClient.connect(await Api.signIn(platform.origin, DEMO.otherClassroom));
    await other.join(lesson.lessonId);
    const transportId = await other.createTransport('send');
    await client.join(lesson.lessonId);
    for (const type of TYPES.filter((type) => 'transportId' in WELL_FORMED[type]))
      expect([type, await client.ask({ ...WELL_FORMED[type], transportId })]).toEqual([type, 'MEDIA_GONE']);
    expect(await other.ask({ type: 'transport.close', transportId })).toBeNull();
    client.close();
    other.close();
  }, 300_000);
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

/** A lesson without a recording has no replay, for those too who may watch it: FORBIDDEN says otherwise. */
function isEmptyReplay(action: Action, answer: Parameters<typeof codeOf>[0]): boolean {
  const { message } = (answer.body as { error: { message: string } }).error;
  return action === 'replay.watch' && codeOf(answer) === 'NOT_FOUND' && message !== 'no such lesson';
}
