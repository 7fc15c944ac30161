import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { newId } from '#platform/ids.ts';
import type { ClassRequest, LessonMessage } from '#protocol/lesson-socket.ts';
import type { LessonRole } from '#protocol/permission.ts';
import type { RecordingPolicy } from '#protocol/policy.ts';
import { RESERVED_BYTES } from '#protocol/space.ts';
import type { EventBody } from '#protocol/timeline.ts';
import { TestApp } from '../../testing/app.ts';
import { PLATFORM } from '../audit/audit.ts';
import { LessonTraces } from '../audit/lesson-traces.ts';
import { verifyChain } from '../audit/verify.ts';
import { planDemoLesson } from '../demo/seed.ts';
import { recordingRoutes } from '../http/recording-routes.ts';
import { NodePool } from '../node/node-pool.ts';
import { Rooms } from './rooms.ts';
import { SeatRepository } from './seat-repository.ts';

/* Real rooms on a real database; no media node has dialled in, so a recording that begins waits for a recorder. */
let app: TestApp;
let rooms: Rooms;
let recorders: NodePool<'recorder'>;

beforeAll(async () => {
  app = await TestApp.open(async ({ db, audit, lessons, timelines, recordings, wordLists, logger }) => {
    recorders = new NodePool('recorder', logger);
    const traces = new LessonTraces(db, audit, logger);
    rooms = await Rooms.create(
      {
        timelines,
        recordings,
        seats: new SeatRepository(db),
        nodes: { sfus: new NodePool('sfu', logger), recorders },
        seatGraceMs: 60_000,
        iceServersFor: () => [],
        broadcast: () => {},
        broadcastVolatile: () => {},
        tell: () => {},
        movedByItself: (lessonId, move) => traces.note(PLATFORM, 'lesson.moved', lessonId, { ...move }),
        recorded: async () => {},
        wordsOf: (lessonId) => wordLists.of(lessonId),
        logger,
      },
      lessons,
    );
    return { api: [recordingRoutes({ lessons, rooms, recorders, db, audit })], close: () => rooms.close() };
  });
});
afterAll(() => app.close());

let lessonId: string;
beforeEach(async () => {
  lessonId = await planDemoLesson(app.db, app.seed);
});
afterEach(async () => (await rooms.get(lessonId)).close());

async function sit(name: string, role: LessonRole) {
  const { account } = await app.signIn(name);
  const heard: LessonMessage[] = [];
  const occupant = { send: (message: LessonMessage) => heard.push(message) };
  const room = await rooms.get(lessonId);
  const joining = { afterSeq: 0, resumeKey: null, receives: false };
  const { seat } = await room.join({ account: account!, role, helpsAccountId: null }, occupant, joining);
  return { heard, seat, act: (request: ClassRequest) => room.act(seat, request) };
}

const set = async (name: string, policy: string) =>
  await (await app.signIn(name)).ask('PUT', `/api/lessons/${lessonId}/recording`, { policy });

async function begin(): Promise<void> {
  const room = await rooms.get(lessonId);
  await room.changeState('live', { mode: 'delivery', byAccountId: null });
}
async function said(): Promise<EventBody['type'][]> {
  const events = await app.parts.timelines.read(lessonId);
  return events.map(({ body }) => body.type).filter((type) => type.startsWith('recording.'));
}
async function started(): Promise<boolean> {
  return (await said()).includes('recording.started');
}

describe('whether a lesson is recorded', () => {
  test('is a matter of its kind, unless somebody who may decided for it', async () => {
    const plan = await (await app.signIn('赵强')).ask('GET', `/api/lessons/${lessonId}/recording`);
    expect(plan.body).toEqual({ policy: 'auto', usual: 'auto', recorderReady: false, diskFreeBytes: null });
    expect((await set('赵强', 'off')).body).toMatchObject({ policy: 'off', usual: 'auto' });
    const { recording_policy } = await app.db
      .selectFrom('lesson')
      .select('recording_policy')
      .where('id', '=', lessonId)
      .executeTakeFirstOrThrow();
    expect(recording_policy).toBe('off');
    expect((await set('石门教学点教室', 'auto')).status).toBe(403);
    expect((await set('周明', 'auto')).status).toBe(404);
    expect((await set('陈静', 'sometimes')).status).toBe(400);
  });

  test('auto: with the bell', async () => {
    await begin();
    expect(await started()).toBe(true);
    expect((await set('陈静', 'off')).status).toBe(409);
  });

  test('off: never, and nobody is told that it is', async () => {
    await set('陈静', 'off');
    await begin();
    const { act } = await sit('赵强', 'operator');
    await expect(act({ type: 'recording.run' })).rejects.toMatchObject({ code: 'RECORDING_OFF' });
    expect(await said()).toEqual(['recording.policySet']);
    const room = await rooms.get(lessonId);
    await room.changeState('ended', { mode: 'delivery', byAccountId: null });
    expect(room.timeline.state).toMatchObject({ state: 'ready', recording: null });
    expect(await app.parts.recordings.ofLesson(lessonId)).toBeNull();
  });

  test('off, changed while the lesson runs: from that moment', async () => {
    await set('陈静', 'off');
    await begin();
    await set('陈静', 'auto' satisfies RecordingPolicy);
    await rooms.get(lessonId).then((room) => room.recording.sync());
    expect(await untilStarted()).toBe(true);
  });

  test('manual: when somebody touches, and lesson time begins there', async () => {
    await set('陈静', 'manual');
    await begin();
    expect(await started()).toBe(false);
    const { act } = await sit('赵强', 'operator');
    const before = Date.now();
    await act({ type: 'recording.run' });
    expect(await untilStarted()).toBe(true);
    const room = await rooms.get(lessonId);
    expect(room.timeline.state.recording!.epochMs).toBeGreaterThanOrEqual(before);
    const events = await app.parts.timelines.read(lessonId);
    expect(events.find(({ body }) => body.type === 'lesson.started')?.mediaMs).toBeNull();
    await act({ type: 'recording.hold' });
    expect(room.timeline.state.directing.heldAt).not.toBeNull();
  });

  async function untilStarted(): Promise<boolean> {
    for (let tries = 0; tries < 200; tries += 1) {
      if (await started()) return true;
      await wait(10);
    }
    return false;
  }
});

test('how it goes is told to who directs and to nobody else; a short disk is on the timeline, once', async () => {
  await begin();
  const operator = await sit('赵强', 'operator');
  const remote = await sit('石门教学点教室', 'remote');
  const room = await rooms.get(lessonId);
  const { recordingId } = room.timeline.state.recording!;
  const rate = 600_000;
  const tell = (minutes: number) =>
    room.recording.said({
      type: 'status',
      recordingId,
      lessonId,
      bytes: 1_000_000,
      bytesPerSecond: rate / 2,
      diskBytesPerSecond: rate,
      diskFreeBytes: RESERVED_BYTES + minutes * 60 * rate,
      tracks: [],
    });
  for (const minutes of [300, 119, 118, 20, 19, 40, 200]) await tell(minutes);
  expect((await said()).filter((type) => type.includes('space'))).toEqual([
    'recording.spaceLow',
    'recording.spaceLow',
    'recording.spaceLow',
    'recording.spaceEnough',
  ]);
  const told = operator.heard.filter(({ type }) => type === 'recording.status');
  expect(told.length).toBe(7);
  expect(told[1]).toMatchObject({ leftMs: 119 * 60_000, status: { bytesPerSecond: rate / 2 } });
  expect(remote.heard).toEqual([]);
});

test('of two who cut at the same moment one is told, and the timeline has one cut', async () => {
  await begin();
  const operator = await sit('赵强', 'operator');
  const teacher = await sit('陈静', 'presenter');
  const room = await rooms.get(lessonId);
  const { participantId } = teacher.seat.participant;
  const feeds = (['teacher', 'pupils'] as const).map((role) => ({
    feedId: newId(),
    participantId,
    role,
    kind: 'video' as const,
    paused: false,
  }));
  await room.timeline.append(() => feeds.map((feed) => ({ type: 'feed.added', feed })));
  const cut = (index: number): ClassRequest => ({
    type: 'shot.take',
    layout: 'single',
    board: false,
    feedIds: [feeds[index]!.feedId],
    seen: room.timeline.state.directing.shotSeq,
  });
  const requests = [operator.act(cut(0)), teacher.act(cut(1))];
  const [first, second] = await Promise.allSettled(requests);
  expect(first?.status).toBe('fulfilled');
  expect(second).toMatchObject({ reason: { code: 'OVERTAKEN' } });
  expect(room.timeline.state.directing.shot?.feedIds).toEqual([feeds[0]!.feedId]);
});

test('what the platform does by itself stands in the audit, as its own and from no address', async () => {
  const mode = 'delivery';
  await rooms.openByItself({ lessonId, mode });
  await rooms.openByItself({ lessonId, mode });
  const room = await rooms.get(lessonId);
  const { account } = await app.signIn('陈静');
  await room.changeState('live', { mode, byAccountId: account!.accountId });
  await room.changeState('ended', { mode, byAccountId: null, reason: 'abandoned' });
  const lines = () =>
    app.db
      .selectFrom('audit_entry')
      .select(['account_name', 'account_id', 'address', 'detail', 'organization_id'])
      .where('object_id', '=', lessonId)
      .where('action', '=', 'lesson.moved')
      .orderBy('seq')
      .execute();
  // A lesson waits for no line of the audit.
  while ((await lines()).length < 2) await wait(20);
  const system = {
    account_name: '',
    account_id: null,
    address: '',
    organization_id: account!.organizationId,
  };
  expect(await lines()).toEqual([
    { ...system, detail: { to: 'open' } },
    { ...system, detail: { to: 'ended', reason: 'abandoned' } },
  ]);
  expect((await verifyChain(app.db, [])).problems).toEqual([]);
});
