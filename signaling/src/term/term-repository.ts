import { sql } from 'kysely';
import { newId } from '#platform/ids.ts';
import { type TermDay, weeksOfTerm } from '#protocol/calendar.ts';
import type { Account } from '#protocol/domain.ts';
import { AppError } from '#protocol/errors.ts';
import type { Id } from '#protocol/ids.ts';
import type { LessonChanges, Term, TermChange, TermDraft } from '#protocol/term.ts';
import type { Db } from '../database/database.ts';
import type { OfficeAccess } from '../office/office-access.ts';
import { reachable } from '../office/reachable.ts';
import { type PairingLessons, syncPairings } from '../pairing/pairing-lessons.ts';
import { rangesOf, specialDays } from './term-days.ts';
import { lessonsInTheWay } from './term-lessons.ts';

/** Terms and the days of theirs that are not as others. */
export class TermRepository {
  readonly #db: Db;
  readonly #office: OfficeAccess;
  readonly #lessons: PairingLessons;
  readonly #timeZone: string;

  constructor(db: Db, office: OfficeAccess, lessons: PairingLessons, timeZone: string) {
    this.#db = db;
    this.#office = office;
    this.#lessons = lessons;
    this.#timeZone = timeZone;
  }

  /** Those that hold somewhere `account` looks at: there, and above it. Newest first. */
  async seenBy(account: Account): Promise<Term[]> {
    const seen = await reachable(this.#db, this.#office, account, 'term.see');
    const above = await this.#above(account.organizationId);
    return await this.#terms(account, [...new Set([...seen, ...above])]);
  }

  /** Those that may hold at one organization: its own and those above it. */
  async holdingAt(organizationId: Id, account: Account): Promise<Term[]> {
    return await this.#terms(account, await this.#above(organizationId));
  }

  /** @throws AppError NOT_FOUND when there is none that `account` may see. */
  async one(termId: Id, account: Account): Promise<Term> {
    const term = (await this.seenBy(account)).find((each) => each.termId === termId);
    if (!term) throw new AppError('NOT_FOUND', 'no such term');
    return term;
  }

  async organizationOf(termId: Id): Promise<Id | null> {
    const row = await this.#db
      .selectFrom('term')
      .select('organization_id')
      .where('id', '=', termId)
      .executeTakeFirst();
    return row?.organization_id ?? null;
  }

  /** @throws AppError FIELDS */
  async create(draft: TermDraft): Promise<Id> {
    const days = specialDays(draft);
    const id = newId();
    await this.#db.transaction().execute(async (trx) => {
      await mustNotMeet(trx, draft, draft.organizationId, null);
      const { organizationId: organization_id, name, startsOn: starts_on, endsOn: ends_on } = draft;
      await trx.insertInto('term').values({ id, organization_id, name, starts_on, ends_on }).execute();
      await putDays(trx, id, days);
    });
    return id;
  }

  /**
   * Its lessons follow. @throws AppError OVERTAKEN, FIELDS; IN_USE when lessons would have to move or fall out and
   * nobody said that they shall (`lessonsFollow`), or when lessons that were held lie outside.
   */
  async change(
    termId: Id,
    { version, lessonsFollow, ...draft }: TermChange,
    by: Id | null = null,
  ): Promise<LessonChanges> {
    const days = specialDays(draft);
    return await this.#db.transaction().execute(async (trx) => {
      const old = await trx
        .selectFrom('term')
        .selectAll()
        .where('id', '=', termId)
        .forUpdate()
        .executeTakeFirst();
      if (old?.version !== version) throw new AppError('OVERTAKEN', 'the term has changed meanwhile');
      await mustNotMeet(trx, draft, old.organization_id, termId);
      const { planned, held } = await lessonsInTheWay(trx, old, { ...draft, days }, this.#timeZone);
      if (held) throw inUse('heldLessons', held);
      if (planned && !lessonsFollow) throw inUse('lessons', planned);
      await trx
        .updateTable('term')
        .set({ name: draft.name, starts_on: draft.startsOn, ends_on: draft.endsOn, version: version + 1 })
        .where('id', '=', termId)
        .execute();
      await trx.deleteFrom('term_day').where('term_id', '=', termId).execute();
      await putDays(trx, termId, days);
      const pairings = await trx.selectFrom('pairing').select('id').where('term_id', '=', termId).execute();
      return await syncPairings(
        this.#lessons,
        pairings.map(({ id }) => id),
        trx,
        { by },
      );
    });
  }

  /** @throws AppError OVERTAKEN; IN_USE while pairings, lessons or local lessons are in it. */
  async remove(termId: Id, version: number): Promise<void> {
    await this.#db.transaction().execute(async (trx) => {
      const { rows } = await sql<Record<'pairings' | 'lessons' | 'localLessons', string>>`
        select (select count(*) from pairing where term_id = ${termId}) as "pairings",
          (select count(*) from lesson where term_id = ${termId}) as "lessons",
          (select count(*) from local_lesson where term_id = ${termId}) as "localLessons"`.execute(trx);
      const fields = Object.entries(rows[0]!)
        .filter(([, count]) => Number(count) > 0)
        .map(([path, count]) => ({ path, issue: 'conflict' as const, values: { count: Number(count) } }));
      if (fields.length > 0) throw new AppError('IN_USE', 'the term is in use', { fields });
      const { numDeletedRows } = await trx
        .deleteFrom('term')
        .where('id', '=', termId)
        .where('version', '=', version)
        .executeTakeFirst();
      if (numDeletedRows === 0n) throw new AppError('OVERTAKEN', 'the term has changed meanwhile');
    });
  }

  async #above(organizationId: Id): Promise<Id[]> {
    const { rows } = await sql<{ id: Id }>`with recursive above as (
        select id, parent_id from organization where id = ${organizationId}
        union select o.id, o.parent_id from organization o join above a on o.id = a.parent_id
      ) select id from above`.execute(this.#db);
    return rows.map(({ id }) => id);
  }

  async #terms(account: Account, organizationIds: Id[]): Promise<Term[]> {
    if (organizationIds.length === 0) return [];
    const rows = await this.#db
      .selectFrom('term')
      .innerJoin('organization', 'organization.id', 'term.organization_id')
      .selectAll('term')
      .select(['organization.name as organization_name'])
      .select((eb) => [
        eb
          .selectFrom('pairing')
          .select(eb.fn.countAll<string>().as('count'))
          .whereRef('pairing.term_id', '=', 'term.id')
          .as('pairings'),
        eb
          .selectFrom('lesson')
          .select(eb.fn.countAll<string>().as('count'))
          .whereRef('lesson.term_id', '=', 'term.id')
          .where('lesson.cancelled_at', 'is', null)
          .as('lessons'),
      ])
      .where('term.organization_id', 'in', organizationIds)
      .orderBy('term.starts_on', 'desc')
      .orderBy('organization.name')
      .execute();
    const editable = await reachable(this.#db, this.#office, account, 'term.edit');
    const days = await this.#days(rows.map(({ id }) => id));
    return rows.map((row) => {
      const span = { startsOn: row.starts_on, endsOn: row.ends_on };
      const special = days.get(row.id) ?? [];
      return {
        termId: row.id,
        organizationId: row.organization_id,
        organizationName: row.organization_name,
        name: row.name,
        ...span,
        weeks: weeksOfTerm(span),
        ...rangesOf(special),
        days: special,
        version: row.version,
        pairingCount: Number(row.pairings),
        lessonCount: Number(row.lessons),
        mayEdit: editable.has(row.organization_id),
      };
    });
  }

  async #days(termIds: Id[]): Promise<Map<Id, TermDay[]>> {
    const days = new Map<Id, TermDay[]>();
    if (termIds.length === 0) return days;
    const rows = await this.#db
      .selectFrom('term_day')
      .selectAll()
      .where('term_id', 'in', termIds)
      .orderBy('day')
      .execute();
    for (const { term_id, day, kind, follows_weekday: followsWeekday, name } of rows)
      days.set(term_id, [...(days.get(term_id) ?? []), { day, kind, followsWeekday, name }]);
    return days;
  }
}

const inUse = (path: string, values: { count: number; first: string }) =>
  new AppError('IN_USE', `${values.count} lessons are in the way`, {
    fields: [{ path, issue: 'conflict', values: { count: values.count, by: values.first } }],
  });

/** Two terms of one organization have each their own days and name. */
async function mustNotMeet(
  trx: Db,
  { name, startsOn, endsOn }: Pick<TermDraft, 'name' | 'startsOn' | 'endsOn'>,
  organizationId: Id,
  except: Id | null,
): Promise<void> {
  const others = await trx
    .selectFrom('term')
    .select(['id', 'name', 'starts_on', 'ends_on'])
    .where('organization_id', '=', organizationId)
    .execute();
  for (const other of others) {
    if (other.id === except) continue;
    if (other.name === name)
      throw new AppError('FIELDS', 'the name is taken', { fields: [{ path: 'name', issue: 'taken' }] });
    if (other.starts_on <= endsOn && startsOn <= other.ends_on)
      throw new AppError('FIELDS', 'two terms meet', {
        fields: [{ path: 'startsOn', issue: 'conflict', values: { by: other.name } }],
      });
  }
}

async function putDays(trx: Db, term_id: Id, days: readonly TermDay[]): Promise<void> {
  if (days.length === 0) return;
  const rows = days.map(({ followsWeekday, ...day }) => ({
    term_id,
    ...day,
    follows_weekday: followsWeekday,
  }));
  await trx.insertInto('term_day').values(rows).execute();
}
