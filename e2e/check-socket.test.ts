import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CHECK_NAMESPACE, type CheckRequest, type CheckRequestType } from '#protocol/check-socket.ts';
import { type LessonRole, may } from '#protocol/permission.ts';
import { NO_ID, WELL_FORMED } from '../signaling/testing/rights/well-formed.ts';
import { Api } from './harness/api.ts';
import { DEMO } from './harness/classroom.ts';
import { Platform } from './harness/platform.ts';
import { SocketClient } from './harness/socket-client.ts';

/* The socket of the check before the bell, asked by everybody, and by programs that are no page. */
let platform: Platform;

beforeAll(async () => {
  platform = await Platform.start();
}, 300_000);

afterAll(async () => {
  await platform?.close();
});

const ITEMS: Extract<CheckRequest, { type: 'check.report' }>['items'] = [
  { item: 'mic', light: 'red', code: 'MIC_SILENT' },
];
const { rtpParameters } = WELL_FORMED['feed.publish'];
const REQUESTS: { [T in CheckRequestType]: Extract<CheckRequest, { type: T }> } = {
  'probe.open': { type: 'probe.open', lessonId: null },
  'probe.close': { type: 'probe.close' },
  'transport.create': { type: 'transport.create', direction: 'send' },
  'transport.connect': { ...WELL_FORMED['transport.connect'] },
  'transport.close': { type: 'transport.close', transportId: 'none' },
  'feed.publish': { type: 'feed.publish', transportId: 'none', rtpParameters },
  'consumer.create': { type: 'consumer.create', transportId: 'none', rtpCapabilities: {} },
  'consumer.resume': { type: 'consumer.resume', consumerId: 'none' },
  'check.report': { type: 'check.report', lessonId: NO_ID, items: ITEMS },
};

const dial = async (name: string) =>
  SocketClient.connect(await Api.signIn(platform.origin, name), {}, CHECK_NAMESPACE);
const plan = async () => (await Api.signIn(platform.origin, DEMO.teacher)).planLesson();

/** By the demo's plan, not by the code under test. */
const ROLES: [name: string, role: LessonRole][] = [
  [DEMO.teacher, 'presenter'],
  [DEMO.remoteClassroom, 'remote'],
  [DEMO.assistant, 'assistant'],
  [DEMO.researcher, 'observer'],
  [DEMO.administrator, 'administrator'],
  [DEMO.operator, 'operator'],
  [DEMO.student, 'viewer'],
  [DEMO.otherTeacher, 'stranger'],
];

test.each(ROLES)(
  '%s (%s) tries the lines of a lesson, and tells it, only when allowed',
  async (name, role) => {
    const { lessonId } = await plan();
    const client = await dial(name);
    const allowed = may(role, 'lesson.check');
    for (const request of [
      { type: 'probe.open', lessonId },
      { type: 'check.report', lessonId, items: ITEMS },
    ]) {
      const code = await client.ask(request);
      if (allowed) expect([request.type, code]).toEqual([request.type, null]);
      else expect(['FORBIDDEN', 'NOT_FOUND']).toContain(code);
    }
    // A room of one's own may be checked by anybody who is signed in.
    expect(await client.ask(REQUESTS['probe.open'])).toBeNull();
    client.close();
  },
  60_000,
);

test('nobody tries anything without signing in', async () => {
  const nobody = Api.anonymous(platform.origin);
  await expect(SocketClient.connect(nobody, {}, CHECK_NAMESPACE)).rejects.toThrow('NOT_SIGNED_IN');
});

test('a check reaches nothing but its own', async () => {
  const [one, other] = [await dial(DEMO.remoteClassroom), await dial(DEMO.otherClassroom)];
  for (const type of ['transport.create', 'consumer.resume'] as const)
    expect([type, await one.ask(REQUESTS[type])]).toEqual([type, 'MEDIA_GONE']);
  for (const client of [one, other]) expect(await client.ask(REQUESTS['probe.open'])).toBeNull();
  const transportId = await other.createTransport('send');
  for (const type of ['transport.connect', 'transport.close', 'feed.publish', 'consumer.create'] as const)
    expect([type, await one.ask({ ...REQUESTS[type], transportId })]).toEqual([type, 'MEDIA_GONE']);
  expect(await other.ask({ type: 'transport.close', transportId })).toBeNull();
  // The same account again: the earlier one is over.
  const again = await dial(DEMO.otherClassroom);
  expect(await again.ask(REQUESTS['probe.open'])).toBeNull();
  expect(await other.ask(REQUESTS['transport.create'])).toBe('MEDIA_GONE');
  for (const client of [one, other, again]) client.close();
}, 60_000);

test('one page cannot take the media node’s transports for itself', async () => {
  const client = await dial(DEMO.remoteClassroom);
  await client.ask(REQUESTS['probe.open']);
  const codes: (string | null)[] = [];
  for (let n = 0; n < 20; n += 1) codes.push(await client.ask(REQUESTS['transport.create']));
  expect(codes[0]).toBeNull();
  expect(codes.at(-1)).toBe('TOO_MANY_REQUESTS');
  client.close();
}, 60_000);

test('whatever is sent is answered with a code, and the process stays', async () => {
  const pid = platform.pidOf('signaling');
  const { lessonId } = await plan();
  const client = await dial(DEMO.remoteClassroom);
  await client.ask(REQUESTS['probe.open']);
  const transportId = await client.createTransport('send');
  const junk = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom<unknown>(NO_ID, lessonId, transportId, '', '\u0000', -1, 1e308, [], {}, null),
  );
  const broken = fc.constantFrom(...Object.values(REQUESTS)).chain((whole) => {
    const fields = Object.keys(whole).filter((key) => key !== 'type');
    return fc
      .record(Object.fromEntries(fields.map((field) => [field, junk])), { requiredKeys: [] })
      .map((some) => ({ ...whole, ...('transportId' in whole && { transportId }), ...some }));
  });
  await fc.assert(
    fc.asyncProperty(fc.oneof(broken, fc.jsonValue()), async (request) => {
      const code = await client.ask(request);
      if (code !== null) expect(['INTERNAL', 'NODE_TIMEOUT']).not.toContain(code);
    }),
    { numRuns: 300 },
  );
  client.close();
  expect(platform.pidOf('signaling')).toBe(pid);
  expect(await platform.isWhole()).toBe(true);
}, 300_000);
