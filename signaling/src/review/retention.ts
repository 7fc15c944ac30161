import { sql } from 'kysely';
import type { Logger } from '#platform/logger.ts';
import type { Account, LessonMode } from '#protocol/domain.ts';
import { AppError } from '#protocol/errors.ts';
import type { ResourceState } from '#protocol/resource.ts';
import {
  type DueResource,
  type RetentionBook,
  type RetentionRule,
  WARNING_DAYS,
} from '#protocol/retention.ts';
import type { Note } from '../audit/note.ts';
import type { Db } from '../database/database.ts';
import type { ResourceAccess } from '../resource/access.ts';
import type { ResourceRepository } from '../resource/resource-repository.ts';
import type { Deletion } from './deletion.ts';

const DAY_MS = 86_400_000;
const MODES: readonly LessonMode[] = ['delivery', 'master', 'open'];

interface Row {
  resourceId: string;
  title: string;
  organizationId: string;
  organizationName: string;
  authorId: string;
  authorName: string;
  state: ResourceState;
  version: number;
  mode: LessonMode;
  heldAt: Date;
  ruleDueAt: Date;
  keptUntil: Date | null;
  warnedAt: Date | null;
  after: RetentionRule['after'];
}

/** When something goes: never before those concerned have had their warning, nor before it was promised to stay. */
export function goesAt(
  { ruleDueAt, keptUntil, warnedAt }: Pick<Row, 'ruleDueAt' | 'keptUntil' | 'warnedAt'>,
  now: Date,
): Date {
  const due = Math.max(ruleDueAt.getTime(), keptUntil?.getTime() ?? 0);
  return new Date(Math.max(due, (warnedAt ?? now).getTime() + WARNING_DAYS * DAY_MS));
}

/** How long recordings are kept, by kind of lesson and organization; the nearest rule above a resource is its own. */
export class Retention {
  readonly #db: Db;
  readonly #resources: ResourceRepository;
  readonly #access: ResourceAccess;
  readonly #deletion: Deletion;
  readonly #logger: Logger;

  constructor(
    db: Db,
    parts: { resources: ResourceRepository; access: ResourceAccess; deletion: Deletion; logger: Logger },
  ) {
    this.#db = db;
    this.#resources = parts.resources;
    this.#access = parts.access;
    this.#deletion = parts.deletion;
    this.#logger = parts.logger;
  }

  /** What an account may read of it: an administrator what is below, an author what is their own. */
  async book(account: Account, now = new Date()): Promise<RetentionBook> {
    const isAdministrator = account.role === 'administrator';
    const below = isAdministrator ? await this.#below(account.organizationId) : new Set<string>();
    const due = (await this.#due(now)).filter(
      ({ organizationId, authorId }) => below.has(organizationId) || authorId === account.accountId,
    );
    return {
      organizationName: account.organizationName,
      mayRule: isAdministrator,
      rules: await this.#rulesOf(account.organizationId),
      due: due.map((row) => told(row, now)),
      bin: await this.#deletion.binOf(account),
    };
  }

  /** @throws AppError FORBIDDEN for everybody but an administrator. */
  async rule(
    account: Account,
    { mode, months, after }: RetentionRule,
    now = new Date(),
    note?: Note,
  ): Promise<RetentionBook> {
    if (account.role !== 'administrator') throw new AppError('FORBIDDEN', `${account.role} makes no rules`);
    const values = { months, then_do: after, set_by: account.accountId, set_at: now };
    await this.#db.transaction().execute(async (trx) => {
      await trx
        .insertInto('retention_rule')
        .values({ organization_id: account.organizationId, mode, ...values })
        .onConflict((conflict) => conflict.columns(['organization_id', 'mode']).doUpdateSet(values))
        .execute();
      await note?.(trx, account.organizationId);
    });
    return await this.book(account, now);
  }

  /** Keeps one resource longer than its rule says; whoever may delete it may keep it, and its administrators. */
  async keep(resourceId: string, account: Account, months: number, now = new Date()): Promise<RetentionBook> {
    const resource = await this.#access.permitted(resourceId, account, 'resource.withdraw');
    const until = new Date(now);
    until.setMonth(until.getMonth() + months);
    const values = { kept_until: until, kept_by: account.accountId, warned_at: null };
    await this.#db
      .insertInto('retention_notice')
      .values({ resource_id: resource.resourceId, ...values })
      .onConflict((conflict) => conflict.column('resource_id').doUpdateSet(values))
      .execute();
    return await this.book(account, now);
  }

  /** The daily round: warns, puts what was warned of into the bin, and empties the bin of what is due. */
  async round(now = new Date()): Promise<{ warned: number; binned: number; deleted: number }> {
    let warned = 0;
    let binned = 0;
    for (const row of await this.#due(now)) {
      if (!row.warnedAt) {
        await this.#warn(row.resourceId, now);
        warned += 1;
      } else if (row.after === 'delete' && goesAt(row, now) <= now) {
        const resource = await this.#resources.find(row.resourceId);
        // Somebody has it in hand at this moment: tomorrow is early enough.
        const taken = resource && (await this.#binOne(resource, now));
        if (taken) binned += 1;
      }
    }
    const deleted = await this.#deletion.purgeDue(now);
    if (warned + binned + deleted > 0) this.#logger.info({ warned, binned, deleted }, 'retention');
    return { warned, binned, deleted };
  }

  async #binOne(resource: NonNullable<Awaited<ReturnType<ResourceRepository['find']>>>, now: Date) {
    try {
      await this.#deletion.putIntoBin(resource, resource.version, 'retention', null, now);
      return true;
    } catch (error) {
      if (AppError.from(error).code === 'OVERTAKEN') return false;
      throw error;
    }
  }

  async #warn(resourceId: string, now: Date): Promise<void> {
    await this.#db
      .insertInto('retention_notice')
      .values({ resource_id: resourceId, warned_at: now, kept_until: null, kept_by: null })
      .onConflict((conflict) => conflict.column('resource_id').doUpdateSet({ warned_at: now }))
      .execute();
  }

  /** Everything that its rule ends within the time of a warning, the soonest first. */
  async #due(now: Date): Promise<Row[]> {
    const horizon = new Date(now.getTime() + WARNING_DAYS * DAY_MS);
    const { rows } = await sql<Row>`
      with recursive up as (
        select id as organization_id, id, parent_id, 0 as height from organization
        union all select up.organization_id, o.id, o.parent_id, up.height + 1
          from organization o join up on o.id = up.parent_id
      ), ruled as (
        select distinct on (up.organization_id, r.mode) up.organization_id, r.mode, r.months, r.then_do
        from up join retention_rule r on r.organization_id = up.id
        order by up.organization_id, r.mode, up.height
      ), aged as (
        select resource.id as "resourceId", resource.title, resource.organization_id as "organizationId",
          o.name as "organizationName", resource.author_id as "authorId", a.name as "authorName",
          resource.state, resource.version, l.mode, ruled.then_do as "after",
          coalesce(l.actual_end, resource.created_at) as "heldAt",
          coalesce(l.actual_end, resource.created_at) + make_interval(months => ruled.months) as "ruleDueAt",
          n.kept_until as "keptUntil", n.warned_at as "warnedAt"
        from resource join lesson l on l.id = resource.lesson_id
        join organization o on o.id = resource.organization_id
        join account a on a.id = resource.author_id
        join ruled on ruled.organization_id = resource.organization_id and ruled.mode = l.mode
        left join retention_notice n on n.resource_id = resource.id
        where ruled.months is not null and resource.binned_at is null
      ) select * from aged
        where "ruleDueAt" <= ${horizon} and ("keptUntil" is null or "keptUntil" <= ${horizon})
        order by greatest("ruleDueAt", "keptUntil"), "resourceId"`.execute(this.#db);
    return rows;
  }

  async #rulesOf(organizationId: string): Promise<RetentionBook['rules']> {
    const { rows } = await sql<{
      mode: LessonMode;
      months: number | null;
      after: RetentionRule['after'];
      name: string;
      height: number;
    }>`
      with recursive up as (
        select id, parent_id, name, 0 as height from organization where id = ${organizationId}
        union all select o.id, o.parent_id, o.name, up.height + 1 from organization o join up on o.id = up.parent_id
      ) select r.mode, r.months, r.then_do as "after", up.name, up.height
        from up join retention_rule r on r.organization_id = up.id order by up.height`.execute(this.#db);
    return MODES.map((mode) => {
      const rule = rows.find((row) => row.mode === mode);
      return {
        mode,
        months: rule?.months ?? null,
        after: rule?.after ?? 'remind',
        fromName: rule?.name ?? null,
      };
    });
  }

  async #below(organizationId: string): Promise<Set<string>> {
    const { rows } = await sql<{ id: string }>`
      with recursive below as (
        select id from organization where id = ${organizationId}
        union select o.id from organization o join below b on o.parent_id = b.id
      ) select id from below`.execute(this.#db);
    return new Set(rows.map(({ id }) => id));
  }
}

function told(row: Row, now: Date): DueResource {
  const { resourceId, title, organizationName, authorName, state, mode, heldAt, warnedAt, after } = row;
  return {
    resourceId,
    title,
    organizationName,
    authorName,
    state,
    mode,
    heldAt: heldAt.getTime(),
    dueAt: goesAt(row, now).getTime(),
    after,
    warnedAt: warnedAt?.getTime() ?? null,
  };
}
