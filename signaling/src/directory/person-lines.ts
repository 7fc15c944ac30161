import type { z } from 'zod';
import { newId } from '#platform/ids.ts';
import { LINES_MAX, type LinesResult, type PeopleLines, type PersonLine } from '#protocol/directory-lines.ts';
import { Code, LoginName, Name } from '#protocol/directory-text.ts';
import type { Account } from '#protocol/domain.ts';
import { lengthOf } from '#protocol/text.ts';
import type { Actor } from '../audit/audit.ts';
import type { OfficeParts } from '../office/office-api.ts';
import { beside, objectOf, refuse } from './change.ts';
import { type RawLine, readLines, roleOf } from './line-reader.ts';
import { freeLogins } from './logins.ts';

type Wanted = z.output<typeof PeopleLines>;
/** Rows in one statement. */
const CHUNK = 500;

interface Known {
  /** Who is at the organization already, by name and by number. */
  names: Set<string>;
  numbers: Map<string, { id: string; name: string }>;
  logins: Set<string>;
}

/** Many people at once, as they are pasted: first what would become of each line, then all of them or none. */
export class PersonLines {
  readonly #parts: OfficeParts;

  constructor(parts: OfficeParts) {
    this.#parts = parts;
  }

  /** @throws AppError FORBIDDEN, NOT_FOUND, FIELDS: too many lines, or some wrong when it is no dry run. */
  async take(actor: Actor, account: Account, wanted: Wanted): Promise<LinesResult> {
    const { office } = this.#parts;
    const { organizationId, classGroupId, dryRun, text } = wanted;
    await office.mustMay(account, 'person.edit', organizationId);
    await office.mustMay(account, 'person.grant', organizationId);
    if (classGroupId !== null) await this.#mustBeClassOf(classGroupId, organizationId);
    const raw = readLines(text);
    if (raw.length > LINES_MAX) throw refuse('text', 'tooLong', { max: LINES_MAX });
    const lines = await this.#fates(raw, wanted);
    if (dryRun) return { lines, created: 0 };
    const wrong = lines.filter(({ fate }) => fate === 'wrong');
    if (wrong.length > 0 || lines.length === 0) throw refuse('text', 'format', { count: wrong.length });
    return { lines, created: await this.#make(actor, lines, wanted) };
  }

  async #fates(raw: readonly RawLine[], wanted: Wanted): Promise<PersonLine[]> {
    const known = await this.#known(wanted.organizationId, raw);
    const lines = raw.map((line) => fateOf(line, wanted, known));
    const nameless = lines.filter(
      ({ fate, login, role }) => fate === 'new' && login === null && role !== 'student',
    );
    const given = lines.flatMap(({ login }) => login ?? []);
    const logins = await freeLogins(
      this.#parts.db,
      nameless.map(({ name }) => name),
      given,
    );
    for (const [at, line] of nameless.entries()) line.login = logins[at]!;
    return lines;
  }

  async #known(organizationId: string, raw: readonly RawLine[]): Promise<Known> {
    const { db } = this.#parts;
    const people = await db
      .selectFrom('account')
      .select(['id', 'name', 'number'])
      .where('organization_id', '=', organizationId)
      .where('kind', '=', 'person')
      .where('archived_at', 'is', null)
      .execute();
    const logins = raw.flatMap(({ login }) => LoginName.safeParse(login).data ?? []);
    const taken =
      logins.length === 0
        ? []
        : await db.selectFrom('account').select('login').where('login', 'in', logins).execute();
    return {
      names: new Set(people.map(({ name }) => name)),
      numbers: new Map(
        people.flatMap(({ id, name, number }) => (number === null ? [] : [[number, { id, name }]])),
      ),
      logins: new Set(taken.map(({ login }) => login!)),
    };
  }

  /** Makes the new ones; puts pupils who are known by their number into the class. Returns how many are new. */
  async #make(actor: Actor, lines: PersonLine[], { organizationId, classGroupId }: Wanted): Promise<number> {
    const { db, audit } = this.#parts;
    const made = lines.filter(({ fate }) => fate === 'new');
    for (const line of made) line.accountId = newId();
    const members = lines.flatMap(({ accountId }) => accountId ?? []);
    await beside({ account_by_login: 'text' }, () =>
      db.transaction().execute(async (trx) => {
        for (let from = 0; from < made.length; from += CHUNK) {
          const some = made.slice(from, from + CHUNK);
          await trx
            .insertInto('account')
            .values(
              some.map(({ accountId, name, login, number }) => ({
                ...{ id: accountId!, kind: 'person' as const, organization_id: organizationId },
                ...{ name, login, number },
              })),
            )
            .execute();
          await trx
            .insertInto('account_role')
            .values(
              some.map(({ accountId, role }) => ({
                ...{ account_id: accountId!, role: role!, organization_id: organizationId },
                granted_by: actor.account?.accountId ?? null,
              })),
            )
            .execute();
        }
        if (classGroupId !== null && members.length > 0)
          await trx
            .insertInto('class_group_member')
            .values(members.map((account_id) => ({ class_group_id: classGroupId, account_id })))
            .onConflict((conflict) => conflict.doNothing())
            .execute();
        await audit.within(trx, actor, {
          action: 'person.changed',
          organizationId,
          object: classGroupId
            ? objectOf('class_group', classGroupId)
            : objectOf('organization', organizationId),
          detail: {
            change: 'createdMany',
            count: made.length,
            people: made.map(({ accountId, name, role }) => ({ accountId, name, role })),
          },
        });
        for (const [role, given] of Map.groupBy(made, (line) => line.role!))
          await audit.within(trx, actor, {
            action: 'grant.given',
            organizationId,
            object: objectOf('organization', organizationId),
            detail: { role, accountIds: given.map(({ accountId }) => accountId) },
          });
      }),
    );
    return made.length;
  }

  async #mustBeClassOf(classGroupId: string, organizationId: string): Promise<void> {
    const row = await this.#parts.db
      .selectFrom('class_group')
      .select('id')
      .where('id', '=', classGroupId)
      .where('organization_id', '=', organizationId)
      .where('archived_at', 'is', null)
      .executeTakeFirst();
    if (!row) throw refuse('classGroupId', 'unknown');
  }
}

/** What would become of a line; what it brings counts as known for those after it. */
function fateOf(raw: RawLine, wanted: Wanted, known: Known): PersonLine {
  const name = Name.safeParse(raw.name);
  const role = raw.role === '' ? wanted.role : roleOf(raw.role);
  const number = Code.safeParse(raw.number);
  const login = LoginName.safeParse(raw.login);
  const line: PersonLine = {
    line: raw.line,
    name: name.data ?? [...raw.name].slice(0, 40).join(''),
    role,
    number: number.data ?? null,
    login: login.data ?? null,
    ...{ fate: 'wrong', problem: null, accountId: null },
  };
  const wrong = (problem: PersonLine['problem']): PersonLine => ({ ...line, problem });
  if (!name.success) return wrong(lengthOf(raw.name) > 80 ? 'nameTooLong' : 'noName');
  if (role === null) return wrong('roleUnknown');
  if (!number.success) return wrong('numberFormat');
  if (!login.success) return wrong('loginFormat');
  const same = line.number === null ? undefined : known.numbers.get(line.number);
  if (same && same.name !== line.name) return wrong(same.id === '' ? 'numberTwice' : 'sameNumber');
  if (same)
    return {
      ...line,
      fate: 'known',
      problem: same.id === '' ? 'numberTwice' : null,
      accountId: same.id || null,
    };
  if (line.number === null && known.names.has(line.name))
    return { ...line, fate: 'known', problem: 'sameName' };
  if (line.login !== null && known.logins.has(line.login)) return wrong('loginTaken');
  if (line.login !== null) known.logins.add(line.login);
  if (line.number !== null) known.numbers.set(line.number, { id: '', name: line.name });
  known.names.add(line.name);
  return { ...line, fate: 'new' };
}
