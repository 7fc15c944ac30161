import { sql } from 'kysely';
import type { Reach, ResourceKind } from '#protocol/resource.ts';
import type { Db } from '../database/database.ts';
import { type ResourceRow, resourceRows, toResource } from '../resource/resource-rows.ts';

/** What leaves the platform: reviewed by the bureau, and open to the county or to everybody. */
export const HARVESTED_REACH: readonly Reach[] = ['public', 'county'];

/** One item as harvesters see it; a deleted one has no metadata any more. */
export interface HarvestItem {
  resourceId: string;
  /** Of its newest change, whole seconds. */
  stamp: Date;
  deleted: boolean;
  kind: ResourceKind;
  organizationId: string;
  subject: string | null;
}

export interface HarvestQuery {
  /** Both ends included. */
  from: Date | null;
  until: Date | null;
  set: HarvestSet | null;
}
export type HarvestSet = { kind: string } | { organizationId: string } | { subject: string };
/** Where the last page ended. */
export interface HarvestPlace {
  stamp: Date;
  resourceId: string;
}

export class HarvestRepository {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  /** Oldest change first, so that what changes meanwhile comes once more at the end. */
  async list(query: HarvestQuery, after: HarvestPlace | null, limit: number): Promise<HarvestItem[]> {
    const rows = await this.#items(query)
      .$if(after !== null, (narrowed) =>
        narrowed.where((or) =>
          or.or([
            or('stamp', '>', after!.stamp),
            or.and([or('stamp', '=', after!.stamp), or('id', '>', after!.resourceId)]),
          ]),
        ),
      )
      .selectAll()
      .orderBy('stamp')
      .orderBy('id')
      .limit(limit)
      .execute();
    return rows.map(toItem);
  }

  async count(query: HarvestQuery): Promise<number> {
    const { count } = await this.#items(query)
      .select(({ fn }) => fn.countAll<string>().as('count'))
      .executeTakeFirstOrThrow();
    return Number(count);
  }

  async find(resourceId: string): Promise<HarvestItem | null> {
    const row = await this.#items({ from: null, until: null, set: null })
      .selectAll()
      .where('id', '=', resourceId)
      .executeTakeFirst();
    return row ? toItem(row) : null;
  }

  async earliest(): Promise<Date | null> {
    const [first] = await this.list({ from: null, until: null, set: null }, null, 1);
    return first?.stamp ?? null;
  }

  /** The resources of items that are not deleted, by id. */
  async resources(ids: string[]): Promise<Map<string, ResourceRow>> {
    if (ids.length === 0) return new Map();
    const rows = await resourceRows(this.#db).where('resource.id', 'in', ids).execute();
    return new Map(rows.map((row) => [row.id, toResource(row)]));
  }

  async sources(ids: string[]): Promise<Map<string, { mime: string; bytes: number }>> {
    if (ids.length === 0) return new Map();
    const rows = await this.#db
      .selectFrom('resource_file')
      .select(['resource_id', 'mime', 'bytes'])
      .where('role', '=', 'source')
      .where('resource_id', 'in', ids)
      .execute();
    return new Map(rows.map(({ resource_id, mime, bytes }) => [resource_id, { mime, bytes: Number(bytes) }]));
  }

  /** The schools and subjects that have anything to harvest. */
  async sets(): Promise<{ schools: { id: string; name: string }[]; subjects: string[] }> {
    const schools = await this.#db
      .selectFrom('organization')
      .select(['id', 'name'])
      .where('id', 'in', this.#items(ALL).select('organization_id'))
      .orderBy('id')
      .execute();
    const subjects = await this.#items(ALL)
      .select('subject')
      .distinct()
      .where('subject', 'is not', null)
      .orderBy('subject')
      .execute();
    return { schools, subjects: subjects.map(({ subject }) => subject!) };
  }

  #items({ from, until, set }: HarvestQuery) {
    const now = new Date();
    const living = this.#db
      .selectFrom('resource')
      .select(['id', 'organization_id', 'kind', 'subject'])
      .select([
        // Open from then on, or not any more since then: a change that no row tells of.
        sql<Date>`date_trunc('second', case when ends_at <= ${now} then ends_at
          else greatest(updated_at, coalesce(starts_at, updated_at)) end)`.as('stamp'),
        sql<boolean>`coalesce(ends_at <= ${now}, false)`.as('deleted'),
      ])
      .where('state', '=', 'published')
      .where('reach', 'in', HARVESTED_REACH)
      .where((or) => or.or([or('starts_at', 'is', null), or('starts_at', '<=', now)]));
    const gone = this.#db
      .selectFrom('harvest_tombstone')
      .select(['resource_id as id', 'organization_id', 'kind', 'subject'])
      .select([sql<Date>`date_trunc('second', at)`.as('stamp'), sql<boolean>`true`.as('deleted')]);
    let items = this.#db.selectFrom(living.unionAll(gone).as('item'));
    if (from) items = items.where('stamp', '>=', from);
    if (until) items = items.where('stamp', '<=', until);
    if (set && 'kind' in set) items = items.where('kind', '=', set.kind as ResourceKind);
    if (set && 'organizationId' in set) items = items.where('organization_id', '=', set.organizationId);
    if (set && 'subject' in set) items = items.where('subject', '=', set.subject);
    return items;
  }
}

const ALL: HarvestQuery = { from: null, until: null, set: null };

function toItem(row: {
  id: string;
  stamp: Date;
  deleted: boolean;
  kind: ResourceKind;
  organization_id: string;
  subject: string | null;
}): HarvestItem {
  const { id, stamp, deleted, kind, organization_id, subject } = row;
  return { resourceId: id, stamp, deleted, kind, organizationId: organization_id, subject };
}
