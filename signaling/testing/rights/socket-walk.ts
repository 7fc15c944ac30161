import { io, type Socket } from 'socket.io-client';
import type { z } from 'zod';
import type { Reply } from '#protocol/errors.ts';
import { type Action, may } from '#protocol/permission.ts';
import type { TestPerson } from '../person.ts';
import type { World } from './places.ts';
import { lessonRoleOf, type Place } from './rules.ts';

/** A socket request that names a lesson. */
export interface AboutLesson {
  namespace: string;
  action: Action;
  request(lessonId: string): { type: string };
}

/** The types of a union's requests that carry a lesson's id. */
export function typesWithLesson(union: z.core.$ZodType): string[] {
  if ('options' in union) return (union.options as z.core.$ZodType[]).flatMap(typesWithLesson);
  const { shape } = union as z.ZodObject;
  return 'lessonId' in shape ? [String((shape.type as z.ZodLiteral).value)] : [];
}

/** Asks every such request as everybody. @returns in words what was not as the permission table says */
export async function walkSockets(
  world: World,
  people: readonly TestPerson[],
  all: readonly AboutLesson[],
): Promise<string[]> {
  const wrong: string[] = [];
  const one = async (n: number, about: AboutLesson) => {
    const walker = world.walkers[n]!;
    const person = people[n]!;
    // A line for each: who has joined one lesson joins no other one on it.
    const asked = async (lessonId: string) => {
      const socket = await connect(person, about.namespace);
      const reply = (await socket
        .timeout(15_000)
        .emitWithAck('request', about.request(lessonId))) as Reply<unknown>;
      socket.disconnect();
      return reply;
    };
    const nowhere = await asked(world.nowhere.lesson);
    for (const place of ['own', 'sibling', 'foreign'] satisfies Place[]) {
      const role = lessonRoleOf(walker, place);
      const reply = await asked(world[place].lesson);
      const code = reply.ok ? null : reply.error.code;
      const isRefused = code === 'FORBIDDEN' || code === 'NOT_FOUND';
      const isSame = JSON.stringify(reply) === JSON.stringify(nowhere);
      const right = may(role, about.action) ? !isRefused : isRefused && (may(role, 'lesson.see') || isSame);
      if (right) continue;
      const { type } = about.request('');
      wrong.push(
        `${walker.account.role} of the ${walker.at}: ${type} (${place}): ${JSON.stringify(reply).slice(0, 200)}`,
      );
    }
  };
  for (const about of all) await Promise.all(people.map((_, n) => one(n, about)));
  const nobody = io(`${people[0]!.origin}${all[0]!.namespace}`, {
    transports: ['websocket'],
    forceNew: true,
  });
  const refused = await new Promise<Error>((resolve) => nobody.once('connect_error', resolve));
  nobody.disconnect();
  if (refused.message !== 'NOT_SIGNED_IN') wrong.push(`nobody: ${refused.message}`);
  return wrong;
}

async function connect({ origin, cookie }: TestPerson, namespace: string): Promise<Socket> {
  const socket = io(`${origin}${namespace}`, {
    ...{ transports: ['websocket'], forceNew: true, reconnection: false },
    extraHeaders: { cookie },
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
  return socket;
}
