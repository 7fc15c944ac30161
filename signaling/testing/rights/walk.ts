import { TestPerson } from '../person.ts';
import { type Reply as Answer, Asker } from './asker.ts';
import { Leaks } from './leaks.ts';
import type { Ids, World } from './places.ts';
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

type Reply = Pick<Answer, 'status' | 'text'>;

export interface Findings {
  asked: number;
  /** In words: who asked what, and what should have come. */
  wrong: string[];
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
  const leaks = new Leaks(world);
  const asker = new Asker(port);
  const strolls = Object.entries(rights).flatMap(([route, rule]) => [
    async () => void findings.wrong.push(...(await asNobody(route, rule))),
    ...people.map((_, n) => async () => void findings.wrong.push(...(await as(n, route, rule)))),
  ]);
  await inTurns(strolls);
  asker.close();
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
    const reply = await asker.ask(person, route, rule, ids);
    const walker = world.walkers.find(({ account }) => account === person.account) ?? null;
    const leak = leaks.in(reply, walker, rule);
    const who = walker ? `${walker.account.role} of the ${walker.at}` : 'nobody';
    if (leak) findings.wrong.push(`${who}: ${route}: is told of ${leak}`);
    return reply;
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
          ? isGranted(reply, rule, isRead) && !same
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

/** What is read comes; what would change something may still be refused for another reason than rights. */
const isGranted = ({ status }: Reply, { nothing }: Rule, isRead: boolean): boolean =>
  isRead ? status < 400 || status === nothing : ![401, 403].includes(status) && status < 500;

const isRefusal = ({ status }: Reply, { refusal }: Rule, expected: Exclude<Outcome, 'granted'>): boolean =>
  refusal === undefined ? STATUS[expected].includes(status) : status === refusal;

async function inTurns(tasks: readonly (() => Promise<void>)[]): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < tasks.length) await tasks[next++]!();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
