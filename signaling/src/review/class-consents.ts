import { sql } from 'kysely';
import type { ClassConsent, RecordConsent, RecordedConsent } from '#protocol/consent.ts';
import type { Account } from '#protocol/domain.ts';
import { AppError } from '#protocol/errors.ts';
import type { Programme } from '#protocol/programme.ts';
import type { Note } from '../audit/note.ts';
import type { Db } from '../database/database.ts';
import type { ResourceRepository } from '../resource/resource-repository.ts';
import { type ResourceRow, resourceRows, toResource } from '../resource/resource-rows.ts';
import { needsConsent } from './age.ts';
import type { Consents } from './consents.ts';

/** Somebody else may change a resource between two looks at it; more often than this it is left to its publisher. */
const TRIES = 5;

/** The register of consents that a school's administrator keeps, and what follows from a change of it. */
export class ClassConsents {
  readonly #db: Db;
  readonly #resources: ResourceRepository;
  readonly #consents: Consents;

  constructor(db: Db, resources: ResourceRepository, consents: Consents) {
    this.#db = db;
    this.#resources = resources;
    this.#consents = consents;
  }

  /** @throws AppError FORBIDDEN for everybody but an administrator. */
  async all(account: Account): Promise<ClassConsent[]> {
    mustAdminister(account);
    const { rows } = await sql<{
      id: string;
      name: string;
      grade: string;
      organization: string;
      scope: ClassConsent['scope'] | null;
      note: string | null;
      by_name: string | null;
      recorded_at: Date | null;
      records: number;
    }>`
      with recursive below as (
        select id from organization where id = ${account.organizationId}
        union select o.id from organization o join below b on o.parent_id = b.id
      )
      select g.id, g.name, g.grade, o.name as organization, c.scope, c.note, a.name as by_name, c.recorded_at,
        (select count(*) from class_consent k where k.class_group_id = g.id)::int as records
      from class_group g join organization o on o.id = g.organization_id
      left join lateral (select * from class_consent k where k.class_group_id = g.id
        order by k.recorded_at desc, k.id desc limit 1) c on true
      left join account a on a.id = c.recorded_by
      where g.organization_id in (select id from below)
      order by o.name, g.grade, g.name`.execute(this.#db);
    return rows.map((row) => ({
      classGroupId: row.id,
      name: row.name,
      grade: row.grade,
      organizationName: row.organization,
      needed: needsConsent(row.grade),
      scope: row.scope ?? 'none',
      note: row.note ?? '',
      byName: row.by_name,
      at: row.recorded_at ? new Date(row.recorded_at).getTime() : null,
      records: row.records,
    }));
  }

  /**
   * Records a consent, or that there is none any more; what is published then loses the feeds at once.
   * @throws AppError NOT_FOUND when one of the classes is not administered by this account.
   */
  async record(
    account: Account,
    { classGroupIds, scope, note }: RecordConsent,
    traced?: Note,
  ): Promise<RecordedConsent> {
    const mine = new Set((await this.all(account)).map(({ classGroupId }) => classGroupId));
    const asked = [...new Set(classGroupIds)];
    if (!asked.every((id) => mine.has(id))) throw new AppError('NOT_FOUND', 'no such class');
    const classes = await this.#db
      .selectFrom('class_group')
      .select(['id as classGroupId', 'organization_id as organizationId'])
      .where('id', 'in', asked)
      .execute();
    await this.#db.transaction().execute(async (trx) => {
      await this.#consents.record(classes, scope, note, account.accountId, new Date(), trx);
      await traced?.(trx, account.organizationId);
    });
    const hiddenIn = await this.#hideWhere(asked, account.accountId);
    return { classes: await this.all(account), hiddenIn };
  }

  /** Hides what these classes no longer agree to, in everything published that shows a lesson of theirs. */
  async #hideWhere(
    classGroupIds: readonly string[],
    accountId: string,
  ): Promise<RecordedConsent['hiddenIn']> {
    const rows = await resourceRows(this.#db)
      .where('resource.state', '=', 'published')
      .where('resource.programme', 'is not', null)
      .where(
        sql<boolean>`exists (select 1 from jsonb_array_elements(resource.programme -> 'clips') clip
          join lesson l on l.id = clip ->> 'lessonId'
          left join lesson_remote r on r.lesson_id = l.id
          where l.master_class_group_id in (${sql.join(classGroupIds)})
            or r.class_group_id in (${sql.join(classGroupIds)}))`,
      )
      .execute();
    const hidden: RecordedConsent['hiddenIn'] = [];
    for (const row of rows.map(toResource))
      if (await this.#hideIn(row, accountId)) hidden.push({ resourceId: row.resourceId, title: row.title });
    return hidden;
  }

  async #hideIn(first: ResourceRow, accountId: string): Promise<boolean> {
    let row: ResourceRow | null = first;
    for (let left = TRIES; row?.programme && row.state === 'published'; left -= 1) {
      const { programme, resourceId, version, reach }: ResourceRow & { programme: Programme | null } = row;
      const missing = await this.#consents.missingFor(row, reach);
      const more = missing
        .map(({ trackId }) => trackId)
        .filter((id) => !programme!.hiddenTrackIds.includes(id));
      if (more.length === 0) return false;
      const { consent_hidden } = await this.#db
        .selectFrom('resource')
        .select('consent_hidden')
        .where('id', '=', resourceId)
        .executeTakeFirstOrThrow();
      const change = {
        programme: JSON.stringify({ ...programme, hiddenTrackIds: [...programme!.hiddenTrackIds, ...more] }),
        consent_hidden: JSON.stringify([...consent_hidden, ...more]),
      };
      try {
        await this.#resources.change(resourceId, version, change, {
          byAccountId: accountId,
          what: 'consent',
        });
        return true;
      } catch (error) {
        if (AppError.from(error).code !== 'OVERTAKEN' || left <= 1) throw error;
        row = await this.#resources.find(resourceId);
      }
    }
    return false;
  }
}

function mustAdminister({ role }: Account): void {
  if (role !== 'administrator') throw new AppError('FORBIDDEN', `${role} keeps no consents`);
}
