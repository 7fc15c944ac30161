import { Agent, request as ask } from 'node:http';
import { TestPerson } from '../person.ts';
import type { Ids, Kind, World } from './places.ts';
import type { Outcome, Place, Rule } from './rules.ts';

const PLACES: readonly Place[] = ['own', 'sibling', 'foreign'];
const STATUS: Record<Exclude<Outcome, 'granted'>, readonly number[]> = {
  forbidden: [403],
  hidden: [404],
  seen: [403, 404],
  alike: [400, 403, 404, 409, 415, 422],
};
/** More at once than one process answers would only wait. */
const AT_ONCE = 12;

/** What a part of an address names. */
const PARAMS: Record<string, Kind> = {
  ...{ organizationId: 'organization', schoolId: 'organization', accountId: 'person', personId: 'person' },
  ...{ classroomId: 'classroom', classGroupId: 'classGroup', courseId: 'course', lessonId: 'lesson' },
  ...{ resourceId: 'resource', recordingId: 'recording', termId: 'term', scheduleId: 'bells' },
  ...{ pairingId: 'pairing', seriesId: 'series', rubricId: 'rubric', deviceId: 'device' },
  ...{ intakeId: 'intake', playlistId: 'playlist', localLessonId: 'localLesson' },
};

export interface Findings {
  asked: number;
  /** In words: who asked what, and what should have come. */
  wrong: string[];
}

interface Reply {
  status: number;
  text: string;
}

/** Asks every route as everybody, of what is theirs, beside them, far away and nowhere. */
export async function walk(
  world: World,
  people: readonly TestPerson[],
  port: number,
  rights: Readonly<Record<string, Rule>>,
): Promise<Findings> {
  const findings: Findings = { asked: 0, wrong: [] };
  const nobody = new TestPerson(`http://127.0.0.1:${port}`, null, '');
  const nothings = new Map<string, Promise<Reply>>();
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  const strolls = Object.entries(rights).flatMap(([route, rule]) => [
    async () => void findings.wrong.push(...(await asNobody(route, rule))),
    ...people.map((_, n) => async () => void findings.wrong.push(...(await as(n, route, rule)))),
  ]);
  await inTurns(strolls);
  agent.destroy();
  findings.wrong.sort();
  return findings;

  /** What is answered about nothing: once for each route and outcome, it names nobody but the role. */
  async function ofNothing(person: TestPerson, route: string, rule: Rule, outcome: Outcome): Promise<Reply> {
    const key = `${route} ${outcome}`;
    const known =
      nothings.get(key) ??
      asked(person, route, rule, world.nowhere).then(({ status, text }) => ({
        status,
        text: roleless(text, person.account!.role),
      }));
    nothings.set(key, known);
    return await known;
  }

  async function asked(person: TestPerson, route: string, rule: Rule, ids: Ids): Promise<Reply> {
    findings.asked += 1;
    const [method, path] = route.split(' ') as [string, string];
    const query = rule.query ? `?${rule.query(ids)}` : '';
    const body = method === 'GET' ? undefined : rule.body?.(ids);
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const headers = {
      ...(person.cookie && { cookie: person.cookie }),
      ...(text !== undefined && {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(text),
      }),
      ...rule.headers,
    };
    return await new Promise((resolve, reject) => {
      const options = {
        port,
        host: '127.0.0.1',
        agent,
        method,
        path: `${filled(path, rule, ids)}${query}`,
        headers,
      };
      ask(options, (response) => {
        let answer = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (answer += chunk));
        response.on('end', () => resolve({ status: response.statusCode!, text: answer }));
      })
        .on('error', (error) => reject(new Error(`${route}: ${error.message}`)))
        .end(text);
    });
  }

  async function asNobody(route: string, rule: Rule): Promise<string[]> {
    const { status, text } = await asked(nobody, route, rule, world.own);
    const expected = rule.anonymous ?? 'signIn';
    if (expected === 'any') return [];
    if (expected === 'granted') return [401, 403].includes(status) ? [`nobody: ${route}: ${text}`] : [];
    const right = expected === 'signIn' ? status === 401 : isRefusal({ status, text }, rule, expected);
    return right ? [] : [`nobody: ${route}: ${status} ${text} instead of ${expected}`];
  }

  async function as(n: number, route: string, rule: Rule): Promise<string[]> {
    const walker = world.walkers[n]!;
    if (rule.onlyFor && !rule.onlyFor.includes(walker.account.role)) return [];
    const wrong: string[] = [];
    for (const place of rule.placeless ? PLACES.slice(0, 1) : PLACES) {
      const expected = rule.expects(walker, place);
      const isRead = route.startsWith('GET');
      if (expected === 'granted' && !isRead && !rule.carriedOut) continue;
      const reply = await asked(people[n]!, route, rule, world[place]);
      const nowhere =
        rule.placeless || expected === 'seen' ? null : await ofNothing(people[n]!, route, rule, expected);
      const { role } = walker.account;
      const same =
        nowhere !== null && nowhere.status === reply.status && nowhere.text === roleless(reply.text, role);
      const right =
        expected === 'granted'
          ? reply.status !== 401 && reply.status !== 403 && reply.status < 500 && !same
          : isRefusal(reply, rule, expected) && (same || rule.placeless || expected === 'seen');
      if (right) continue;
      const who = `${walker.account.role} of the ${walker.at}`;
      const other = nowhere && !same ? `, nowhere ${nowhere.status} ${nowhere.text}` : '';
      wrong.push(
        `${who}: ${route} (${place}): ${reply.status} ${reply.text.slice(0, 200)} instead of ${expected}${other}`,
      );
    }
    return wrong;
  }
}

const roleless = (text: string, role: string): string => text.replace(`"${role} `, '"');

const isRefusal = ({ status }: Reply, { refusal }: Rule, expected: Exclude<Outcome, 'granted'>): boolean =>
  refusal === undefined ? STATUS[expected].includes(status) : status === refusal;

function filled(path: string, rule: Rule, ids: Ids): string {
  return path.replace(/[:*](\w+)/g, (_, name: string) => {
    const param = rule.params?.[name] ?? PARAMS[name];
    if (param === undefined)
      throw new Error(`${path}: say in its line what :${name} is: params: { ${name}: … }`);
    return typeof param === 'string' ? ids[param] : param.fixed;
  });
}

async function inTurns(tasks: readonly (() => Promise<void>)[]): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < tasks.length) await tasks[next++]!();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
