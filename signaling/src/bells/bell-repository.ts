import { sql } from 'kysely';
import { newId } from '#platform/ids.ts';
import type {
  BellChange,
  BellCopied,
  BellDraft,
  BellPeriod,
  BellSchedule,
  SchoolBells,
} from '#protocol/bells.ts';
import type { Day } from '#protocol/calendar.ts';
import { AppError } from '#protocol/errors.ts';
import type { Id } from '#protocol/ids.ts';
import type { LessonChanges } from '#protocol/term.ts';
import type { Db } from '../database/database.ts';
import { organizationsBelow } from '../office/office-access.ts';
import { type PairingLessons, syncPairings } from '../pairing/pairing-lessons.ts';
import { bellsOfMany, type ScheduleRow, scheduleOf } from './bells-of.ts';
import { checkPeriods } from './period-order.ts';

/** The bell schedules that schools have entered. What holds on a day: `bellsOf`. */
export class BellRepository {
  readonly #db: Db;
  readonly #lessons: PairingLessons;

  constructor(db: Db, lessons: PairingLessons) {
    this.#db = db;
    this.#lessons = lessons;
  }

  /** Every school and teaching point of `seen`, with what holds there on a day. */
  async onDay(day: Day, seen: readonly Id[], editable: ReadonlySet<Id>): Promise<SchoolBells[]> {
    if (seen.length === 0) return [];
    const schools = await this.#db
      .selectFrom('organization')
      .select(['id', 'name', 'kind'])
      .where('id', 'in', seen)
      .where('kind', '!=', 'bureau')
      .where('archived_at', 'is', null)
      .orderBy('ordinal')
      .orderBy('name')
      .execute();
    const bells = await bellsOfMany(
      this.#db,
      schools.map(({ id }) => id),
      day,
    );
    return schools.map(({ id, name, kind }) => ({
      organizationId: id,
      organizationName: name,
      kind: kind === 'school' ? 'school' : 'teachingPoint',
      bells: bells.get(id) ?? null,
      mayEdit: editable.has(id),
    }));
  }

  /** An organization's own, newest first. */
  async ofOrganization(organizationId: Id): Promise<BellSchedule[]> {
    return await this.#schedules(sql`s.organization_id = ${organizationId}`);
  }

  async one(scheduleId: Id): Promise<BellSchedule | null> {
    return (await this.#schedules(sql`s.id = ${scheduleId}`))[0] ?? null;
  }

  /** @throws AppError FIELDS */
  async create(draft: BellDraft, by: Id | null = null): Promise<{ scheduleId: Id; lessons: LessonChanges }> {
    checkPeriods(draft.periods);
    return await this.#db.transaction().execute(async (trx) => {
      await mustBeFree(trx, draft.organizationId, draft.startsOn, null);
      const scheduleId = await insert(trx, draft);
      return { scheduleId, lessons: await this.#follow(trx, [draft.organizationId], draft.startsOn, by) };
    });
  }

  /**
   * Lessons that are planned by it follow. @throws AppError OVERTAKEN, FIELDS; IN_USE when lessons would move and
   * nobody said that they shall.
   */
  async change(
    scheduleId: Id,
    { version, lessonsFollow, ...draft }: BellChange,
    by: Id | null = null,
  ): Promise<LessonChanges> {
    checkPeriods(draft.periods);
    return await this.#db.transaction().execute(async (trx) => {
      const old = await trx
        .selectFrom('bell_schedule')
        .selectAll()
        .where('id', '=', scheduleId)
        .forUpdate()
        .executeTakeFirst();
      if (old?.version !== version) throw new AppError('OVERTAKEN', 'the bells have changed meanwhile');
      await mustBeFree(trx, old.organization_id, draft.startsOn, scheduleId);
      if (!lessonsFollow) await mustMoveNothing(trx, old.organization_id, scheduleId, draft);
      await trx
        .updateTable('bell_schedule')
        .set({ name: draft.name, starts_on: draft.startsOn, version: version + 1 })
        .where('id', '=', scheduleId)
        .execute();
      await trx.deleteFrom('bell_period').where('schedule_id', '=', scheduleId).execute();
      await putPeriods(trx, scheduleId, draft.periods);
      const from = [draft.startsOn, old.starts_on].sort()[0]!;
      return await this.#follow(trx, [old.organization_id], from, by);
    });
  }

  /** @throws AppError OVERTAKEN; IN_USE when it is the school's last and pairings are taught by it. */
  async remove(scheduleId: Id, version: number, by: Id | null = null): Promise<LessonChanges> {
    return await this.#db.transaction().execute(async (trx) => {
      const old = await trx
        .selectFrom('bell_schedule')
        .selectAll()
        .where('id', '=', scheduleId)
        .executeTakeFirst();
      if (old?.version !== version) throw new AppError('OVERTAKEN', 'the bells have changed meanwhile');
      await trx.deleteFrom('bell_schedule').where('id', '=', scheduleId).execute();
      const left = await bellsOfMany(trx, [old.organization_id], old.starts_on);
      const taught = await pairingsTaughtBy(trx, [old.organization_id], old.starts_on);
      if (!left.has(old.organization_id) && taught.length > 0)
        throw new AppError('IN_USE', 'pairings are taught by these bells', {
          fields: [{ path: 'pairings', issue: 'conflict', values: { count: taught.length } }],
        });
      return await syncPairings(this.#lessons, taught, trx, { by });
    });
  }

  /** The same bells for many schools, from one day on. */
  async copy(
    source: BellSchedule,
    startsOn: Day,
    organizationIds: readonly Id[],
    by: Id | null = null,
  ): Promise<BellCopied> {
    return await this.#db.transaction().execute(async (trx) => {
      const replaced = await trx
        .deleteFrom('bell_schedule')
        .where('organization_id', 'in', organizationIds)
        .where('starts_on', '=', startsOn)
        .executeTakeFirst();
      for (const organizationId of organizationIds)
        await insert(trx, { organizationId, name: source.name, startsOn, periods: source.periods });
      await this.#follow(trx, organizationIds, startsOn, by);
      const count = Number(replaced.numDeletedRows);
      return { added: organizationIds.length - count, replaced: count };
    });
  }

  async #follow(trx: Db, organizationIds: readonly Id[], from: Day, by: Id | null): Promise<LessonChanges> {
    return await syncPairings(this.#lessons, await pairingsTaughtBy(trx, organizationIds, from), trx, { by });
  }

  async #schedules(condition: ReturnType<typeof sql>): Promise<BellSchedule[]> {
    const { rows } = await sql<ScheduleRow>`
      select s.*, s.organization_id as for_id, o.name as organization_name,
        (select json_agg(json_build_object('period', p.period, 'startsMinute', p.starts_minute,
          'endsMinute', p.ends_minute) order by p.period) from bell_period p where p.schedule_id = s.id) as periods
      from bell_schedule s join organization o on o.id = s.organization_id
      where ${condition} order by s.starts_on desc`.execute(this.#db);
    return rows.map(scheduleOf);
  }
}

/** Pairings that have lessons by the bells of these organizations, or of one below without bells of its own. */
async function pairingsTaughtBy(trx: Db, organizationIds: readonly Id[], from: Day): Promise<Id[]> {
  const rows = await trx
    .selectFrom('pairing')
    .innerJoin('term', 'term.id', 'pairing.term_id')
    .select('pairing.id')
    .where('pairing.state', '=', 'active')
    .where('term.ends_on', '>=', from)
    .where((eb) =>
      eb.or(
        organizationIds.map(
          (id) => sql<boolean>`pairing.organization_id in ${organizationsBelow(id)}
          or exists (select 1 from pairing_remote r where r.pairing_id = pairing.id
            and r.organization_id in ${organizationsBelow(id)})`,
        ),
      ),
    )
    .execute();
  return rows.map(({ id }) => id);
}

async function mustBeFree(trx: Db, organizationId: Id, startsOn: Day, except: Id | null): Promise<void> {
  const other = await trx
    .selectFrom('bell_schedule')
    .select(['id', 'name'])
    .where('organization_id', '=', organizationId)
    .where('starts_on', '=', startsOn)
    .executeTakeFirst();
  if (other && other.id !== except)
    throw new AppError('FIELDS', 'bells from that day are there', {
      fields: [{ path: 'startsOn', issue: 'conflict', values: { by: other.name } }],
    });
}

/** Planned lessons in periods whose time changes, or all when the schedule begins on another day. */
async function mustMoveNothing(
  trx: Db,
  organizationId: Id,
  scheduleId: Id,
  draft: Pick<BellDraft, 'startsOn' | 'periods'>,
): Promise<void> {
  const old = await trx
    .selectFrom('bell_schedule')
    .innerJoin('bell_period', 'bell_period.schedule_id', 'bell_schedule.id')
    .selectAll('bell_period')
    .select('bell_schedule.starts_on')
    .where('bell_schedule.id', '=', scheduleId)
    .execute();
  const same = new Map(draft.periods.map((each) => [each.period, each]));
  const moved = old
    .filter(({ period, starts_minute, ends_minute, starts_on }) => {
      const next = same.get(period);
      return (
        starts_on !== draft.startsOn ||
        next?.startsMinute !== starts_minute ||
        next.endsMinute !== ends_minute
      );
    })
    .map(({ period }) => period);
  if (moved.length === 0) return;
  const lessons = await trx
    .selectFrom('lesson')
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .where(sql<boolean>`lesson.organization_id in ${organizationsBelow(organizationId)}`)
    .where('lesson.pairing_id', 'is not', null)
    .where('lesson.state', '=', 'scheduled')
    .where('lesson.cancelled_at', 'is', null)
    .where('lesson.planned_start', '>', new Date())
    .where('lesson.period', 'in', moved)
    .executeTakeFirst();
  const count = Number(lessons?.count ?? 0);
  if (count > 0)
    throw new AppError('IN_USE', `${count} lessons would move`, {
      fields: [{ path: 'lessons', issue: 'conflict', values: { count } }],
    });
}

async function insert(trx: Db, draft: BellDraft): Promise<Id> {
  const id = newId();
  const { organizationId: organization_id, name, startsOn: starts_on } = draft;
  await trx.insertInto('bell_schedule').values({ id, organization_id, name, starts_on }).execute();
  await putPeriods(trx, id, draft.periods);
  return id;
}

async function putPeriods(trx: Db, schedule_id: Id, periods: readonly BellPeriod[]): Promise<void> {
  const rows = periods.map(({ period, startsMinute: starts_minute, endsMinute: ends_minute }) => ({
    schedule_id,
    period,
    starts_minute,
    ends_minute,
  }));
  await trx.insertInto('bell_period').values(rows).execute();
}
