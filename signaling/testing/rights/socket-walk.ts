import { io, type Socket } from 'socket.io-client';
import type { z } from 'zod';
import { CHECK_NAMESPACE, CheckRequest, type CheckRequestType } from '#protocol/check-socket.ts';
import type { Reply } from '#protocol/errors.ts';
import {
  CLASS_NEEDS,
  LESSON_NAMESPACE,
  LessonRequest,
  type LessonRequestType,
  type SeatRequestType,
} from '#protocol/lesson-socket.ts';
import { NODES_NAMESPACE } from '#protocol/node.ts';
import { OFFICE_NAMESPACE } from '#protocol/notice.ts';
import { type Action, may } from '#protocol/permission.ts';
import { ROOM_NAMESPACE } from '#protocol/room-screen.ts';
import type { TestPerson } from '../person.ts';
import type { World } from './places.ts';
import { lessonRoleOf, type Place } from './rules.ts';
import { NO_ID, WELL_FORMED } from './well-formed.ts';

/** What one must be allowed to do in a lesson for each request of its socket. */
const LESSON_NEEDS: Record<LessonRequestType, Action> = {
  ...CLASS_NEEDS,
  join: 'room.join',
  leave: 'room.join',
  'transport.create': 'media.consume',
  'transport.connect': 'media.consume',
  'transport.restartIce': 'media.consume',
  'transport.close': 'media.consume',
  // `WELL_FORMED` publishes a microphone; cameras, screens and the studio: `e2e/permissions.test.ts`.
  'feed.publish': 'media.publishMic',
  'feed.pause': 'media.publishMic',
  'feed.close': 'media.publishMic',
  'consumer.create': 'media.consume',
  'consumer.resume': 'media.consume',
  'consumer.pause': 'media.consume',
  'consumer.close': 'media.consume',
  'consumer.setLayers': 'media.consume',
  pass: 'board.draw',
} satisfies Record<SeatRequestType | keyof typeof CLASS_NEEDS, Action>;

/** Of the check's socket only these name a lesson; the others are about the probe that was opened on it. */
const CHECKS: { [T in CheckRequestType]: (lessonId: string) => Extract<CheckRequest, { type: T }> } = {
  'probe.open': (lessonId) => ({ type: 'probe.open', lessonId }),
  'probe.close': () => ({ type: 'probe.close' }),
  'transport.create': () => WELL_FORMED['transport.create'],
  'transport.connect': () => WELL_FORMED['transport.connect'],
  'transport.close': () => WELL_FORMED['transport.close'],
  'feed.publish': () => WELL_FORMED['feed.publish'],
  'consumer.create': () => WELL_FORMED['consumer.create'],
  'consumer.resume': () => WELL_FORMED['consumer.resume'],
  'check.report': (lessonId) => ({
    type: 'check.report',
    lessonId,
    items: [{ item: 'camera', light: 'green', code: 'OK' }],
  }),
};
const OF_LESSON: readonly CheckRequestType[] = ['probe.open', 'check.report'];
const PLACES: readonly Place[] = ['own', 'sibling', 'foreign'];

/** Every namespace and the requests that it answers; `/nodes` is for media nodes, `/` is socket.io's own. */
export const NAMESPACES: Record<string, { said: readonly string[]; walked: readonly string[] }> = {
  [LESSON_NAMESPACE]: { said: typesOf(LessonRequest), walked: Object.keys(LESSON_NEEDS) },
  [CHECK_NAMESPACE]: { said: typesOf(CheckRequest), walked: Object.keys(CHECKS) },
  [ROOM_NAMESPACE]: { said: [], walked: [] },
  [OFFICE_NAMESPACE]: { said: [], walked: [] },
  [NODES_NAMESPACE]: { said: [], walked: [] },
  '/': { said: [], walked: [] },
};
const FOR_PEOPLE = [LESSON_NAMESPACE, CHECK_NAMESPACE, ROOM_NAMESPACE, OFFICE_NAMESPACE];

function typesOf(union: z.core.$ZodType): string[] {
  if ('options' in union) return (union.options as z.core.$ZodType[]).flatMap(typesOf);
  return [String(((union as z.ZodObject).shape.type as z.ZodLiteral).value)];
}

/** Sends every request of every socket as everybody. @returns in words what was not as the permission table says */
export async function walkSockets(world: World, people: readonly TestPerson[]): Promise<string[]> {
  const wrong: string[] = [];
  const lines = people.map(async (person, n) => {
    const walker = world.walkers[n]!;
    const told = (what: string) => wrong.push(`${walker.account.role} of the ${walker.at}: ${what}`);
    await walkLesson(world, person, (place) => lessonRoleOf(walker, place), told);
    await walkChecks(world, person, (place) => lessonRoleOf(walker, place), told);
    for (const namespace of [ROOM_NAMESPACE, OFFICE_NAMESPACE]) await saysNothing(namespace, person, told);
  });
  await Promise.all(lines);
  return wrong.sort();
}

type RoleAt = (place: Place) => ReturnType<typeof lessonRoleOf>;
type Tell = (what: string) => void;

/** Before joining nothing is answered; joining is refused or not; then each request by what one is in the lesson. */
async function walkLesson(world: World, person: TestPerson, roleAt: RoleAt, tell: Tell): Promise<void> {
  const types = Object.keys(LESSON_NEEDS) as LessonRequestType[];
  const rest = types.filter((type) => type !== 'join' && type !== 'leave');
  const join = (lessonId: string) => ({ ...WELL_FORMED.join, lessonId });
  const early = await connect(person, LESSON_NAMESPACE);
  for (const type of [...rest, 'leave'] as const) {
    const reply = await ask(early, WELL_FORMED[type]);
    if (codeOf(reply) !== 'NOT_JOINED') tell(`${type} before joining: ${JSON.stringify(reply)}`);
  }
  const nowhere = JSON.stringify(await ask(early, join(world.nowhere.lesson)));
  early.disconnect();
  for (const place of PLACES) {
    const role = roleAt(place);
    // A line for each: who has joined one lesson joins no other one on it.
    const socket = await connect(person, LESSON_NAMESPACE);
    const joined = await ask(socket, join(world[place].lesson));
    const right = may(role, 'room.join')
      ? joined.ok
      : isRefused(joined) && (may(role, 'lesson.see') || JSON.stringify(joined) === nowhere);
    if (!right) tell(`join (${place}): ${JSON.stringify(joined).slice(0, 200)}`);
    if (joined.ok)
      for (const type of [...rest, 'leave'] as const) {
        const reply = await ask(socket, WELL_FORMED[type]);
        if ((codeOf(reply) === 'FORBIDDEN') === may(role, LESSON_NEEDS[type]))
          tell(`${type} (${place}, ${role}): ${JSON.stringify(reply).slice(0, 200)}`);
      }
    socket.disconnect();
  }
}

async function walkChecks(world: World, person: TestPerson, roleAt: RoleAt, tell: Tell): Promise<void> {
  const socket = await connect(person, CHECK_NAMESPACE);
  for (const type of Object.keys(CHECKS) as CheckRequestType[]) {
    const request = CHECKS[type];
    if (!OF_LESSON.includes(type)) {
      const reply = await ask(socket, request(NO_ID));
      if (type !== 'probe.close' && codeOf(reply) !== 'MEDIA_GONE')
        tell(`${type} without a probe: ${JSON.stringify(reply)}`);
      continue;
    }
    const nowhere = JSON.stringify(await ask(socket, request(world.nowhere.lesson)));
    for (const place of PLACES) {
      const reply = await ask(socket, request(world[place].lesson));
      const role = roleAt(place);
      const right = may(role, 'lesson.check')
        ? !isRefused(reply)
        : isRefused(reply) && (may(role, 'lesson.see') || JSON.stringify(reply) === nowhere);
      if (!right) tell(`${type} (${place}): ${JSON.stringify(reply).slice(0, 200)}`);
    }
  }
  socket.disconnect();
}

/** What is said on such a line is answered to nobody: what was asked after it on the same line is answered first. */
async function saysNothing(namespace: string, person: TestPerson, tell: Tell): Promise<void> {
  const room = await connect(person, namespace);
  const check = room.io.socket(CHECK_NAMESPACE);
  for (const type of Object.keys(WELL_FORMED) as LessonRequestType[])
    room.emit('request', WELL_FORMED[type], (reply: unknown) =>
      tell(`${namespace} answered ${type}: ${reply}`),
    );
  await ask(check, CHECKS['probe.close'](NO_ID));
  check.disconnect();
  room.disconnect();
}

/**
 * Nobody, who still lacks a second factor, and a page of another site get no line at all; nor does anybody who is not a
 * media node get one of theirs. @returns in words which door stood open
 */
export async function tryDoors(person: TestPerson, halfIn: TestPerson): Promise<string[]> {
  const open: string[] = [];
  const expect = async (who: string, namespace: string, code: string, headers: Record<string, string>) => {
    const said = await connect(person, namespace, headers).then(
      (socket) => {
        socket.disconnect();
        return 'open';
      },
      (error: Error) => error.message,
    );
    if (said !== code) open.push(`${who} at ${namespace}: ${said} instead of ${code}`);
  };
  const { cookie } = person;
  for (const namespace of FOR_PEOPLE) {
    await expect('nobody', namespace, 'NOT_SIGNED_IN', { cookie: '' });
    await expect('half signed in', namespace, 'SECOND_FACTOR_NEEDED', { cookie: halfIn.cookie });
    await expect('another site', namespace, 'websocket error', { cookie, origin: 'https://elsewhere.test' });
  }
  await expect('a person', NODES_NAMESPACE, 'FORBIDDEN', { cookie });
  return open;
}

const codeOf = (reply: Reply<unknown>): string | null => (reply.ok ? null : reply.error.code);
const isRefused = (reply: Reply<unknown>): boolean =>
  ['FORBIDDEN', 'NOT_FOUND'].includes(codeOf(reply) ?? '');

const ask = async (socket: Socket, request: { type: string }): Promise<Reply<unknown>> =>
  (await socket.timeout(15_000).emitWithAck('request', request)) as Reply<unknown>;

async function connect(
  { origin, cookie }: TestPerson,
  namespace: string,
  headers: Record<string, string> = { cookie },
): Promise<Socket> {
  const socket = io(`${origin}${namespace}`, {
    ...{ transports: ['websocket'], forceNew: true, reconnection: false },
    extraHeaders: headers,
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', (error) => {
      socket.disconnect();
      reject(error);
    });
  });
  return socket;
}
