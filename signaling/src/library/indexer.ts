import { sql, type Transaction } from 'kysely';
import type { Logger } from '#platform/logger.ts';
import type { HitMoment } from '#protocol/search.ts';
import type { Db } from '../database/database.ts';
import type { Database } from '../database/schema.ts';
import { resourceRows, toResource } from '../resource/resource-rows.ts';
import { audienceOf, countiesOf } from './audience.ts';
import { entryOf } from './entry.ts';
import { Moments } from './moments.ts';
import { fold } from './text-terms.ts';

const BATCH = 50;
const POLL_MS = 1_000;

/** Brings the text of documents' pages into the database before their resources are indexed. */
export type ReadPages = (resourceIds: readonly string[]) => Promise<void>;

interface Waiting {
  id: string;
  at: string;
}

export interface IndexerOptions {
  readPages?: ReadPages;
  /** How many are indexed in one transaction, during which an embedded database serves nobody else. */
  batch?: number;
  logger?: Logger;
}

/**
 * Keeps the search index in step with the resources. What is to be indexed stands in `search_dirty`, where triggers
 * put it; several processes may work at it at once.
 */
export class Indexer {
  readonly #db: Db;
  readonly #options: IndexerOptions;
  #timer: NodeJS.Timeout | null = null;
  #running: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(db: Db, options: IndexerOptions = {}) {
    this.#db = db;
    this.#options = options;
  }

  /** Begins to follow what changes; until {@link close}. */
  start(): void {
    const again = () => {
      this.#running = this.drain()
        .then(() => {})
        .catch((error: unknown) => {
          this.#options.logger?.error({ err: error }, 'the search index could not be brought up to date');
        })
        .finally(() => {
          if (!this.#closed) this.#timer = setTimeout(again, POLL_MS).unref();
        });
    };
    again();
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#timer) clearTimeout(this.#timer);
    await this.#running;
  }

  /** Indexes all that waits. @returns how many resources that were */
  async drain(): Promise<number> {
    let done = 0;
    for (;;) {
      const waiting = await this.#waiting();
      const step = await this.#index(waiting);
      done += step;
      if (step === 0 || this.#closed) return done;
    }
  }

  /** Lets all published resources be indexed anew, and takes out what is none; who searches meanwhile finds the old. */
  async rebuild(): Promise<void> {
    await sql`delete from search_entry e where not exists (
      select 1 from resource r where r.id = e.resource_id and r.state = 'published' and r.binned_at is null)`.execute(
      this.#db,
    );
    await sql`insert into search_dirty (resource_id, at)
      select id, clock_timestamp() from resource where state = 'published'
      on conflict (resource_id) do update set at = excluded.at`.execute(this.#db);
  }

  async #waiting(): Promise<Waiting[]> {
    // As text: a Date has no microseconds, and an entry that changed meanwhile must stay in the queue.
    const { rows } = await sql<Waiting>`
      select resource_id as id, at::text as at from search_dirty
      where at <= clock_timestamp() order by at limit ${this.#options.batch ?? BATCH}`.execute(this.#db);
    return rows;
  }

  /** One resource that cannot be indexed must not keep out all that come after it. */
  async #index(waiting: readonly Waiting[]): Promise<number> {
    if (waiting.length === 0) return 0;
    try {
      return await this.#write(waiting);
    } catch (error) {
      const [only, ...more] = waiting;
      if (more.length > 0) {
        let done = 0;
        for (const one of waiting) done += await this.#index([one]);
        return done;
      }
      this.#options.logger?.error({ err: error, resourceId: only!.id }, 'a resource could not be indexed');
      await sql`update search_dirty set at = clock_timestamp() + interval '10 minutes'
        where resource_id = ${only!.id} and at = ${only!.at}::timestamptz`.execute(this.#db);
      return 1;
    }
  }

  async #write(waiting: readonly Waiting[]): Promise<number> {
    await this.#options.readPages?.(waiting.map(({ id }) => id));
    return await this.#db.transaction().execute(async (trx) => {
      const ids = waiting.map(({ id }) => id);
      // Held until the end, so that nobody withdraws one of them in between. What somebody changes at this moment
      // waits for the next round: waiting for it here could be waiting for each other.
      const held = await resourceRows(trx)
        .leftJoin('lesson', 'lesson.id', 'resource.lesson_id')
        .select('lesson.course_id')
        .where('resource.id', 'in', ids)
        .forShare('resource')
        .skipLocked()
        .execute();
      const there = await trx.selectFrom('resource').select('id').where('id', 'in', ids).execute();
      const counties = await countiesOf(trx);
      const entries = [];
      const moments: (HitMoment & { resourceId: string })[] = [];
      const gone: string[] = [];
      const read = await Moments.read(trx, held.map(toResource));
      for (const found of held) {
        const row = toResource(found);
        const place = { ...row, countyId: counties.get(row.organizationId)! };
        const audience = row.state === 'published' && !found.binned_at ? audienceOf(row.reach, place) : null;
        gone.push(row.resourceId);
        if (audience === null) continue;
        const own = read.of(row);
        entries.push(entryOf({ row, ...place, courseId: found.course_id, audience, moments: own }));
        for (const moment of own) moments.push({ ...moment, resourceId: row.resourceId });
      }
      if (gone.length > 0) {
        const kept = new Set(entries.map(({ resource_id }) => resource_id));
        const out = gone.filter((id) => !kept.has(id));
        if (out.length > 0) await trx.deleteFrom('search_entry').where('resource_id', 'in', out).execute();
        await trx.deleteFrom('search_moment').where('resource_id', 'in', gone).execute();
      }
      await writeEntries(trx, entries);
      await writeMoments(trx, moments);
      const known = new Set(there.map(({ id }) => id));
      const done = new Set([...gone, ...ids.filter((id) => !known.has(id))]);
      const finished = JSON.stringify(waiting.filter(({ id }) => done.has(id)));
      await sql`delete from search_dirty d using jsonb_to_recordset(${finished}::text::jsonb) as x(id text, at text)
        where d.resource_id = x.id and d.at = x.at::timestamptz`.execute(trx);
      return done.size;
    });
  }
}

async function writeEntries(trx: Transaction<Database>, entries: readonly ReturnType<typeof entryOf>[]) {
  if (entries.length === 0) return;
  await sql`
    insert into search_entry (resource_id, organization_id, author_id, course_id, audience, starts_at, ends_at,
      published_at, plays, kind, stage, grade, subject, edition, volume, chapter, section, knowledge_points,
      title, points, places, initials, pinyin, terms)
    select resource_id, organization_id, author_id, course_id, audience, starts_at, ends_at,
      published_at, plays, kind, stage, grade, subject, edition, volume, chapter, section, knowledge_points,
      title, points, places, initials, pinyin, array_to_tsvector(array(select jsonb_array_elements_text(terms)))
    from jsonb_to_recordset(${JSON.stringify(entries)}::text::jsonb) as x(
      resource_id text, organization_id text, author_id text, course_id text, audience text,
      starts_at timestamptz, ends_at timestamptz, published_at timestamptz, plays int, kind text, stage text,
      grade text, subject text, edition text, volume text, chapter text, section text, knowledge_points jsonb,
      title text, points text, places text, initials text, pinyin text, terms jsonb)
    on conflict (resource_id) do update set organization_id = excluded.organization_id,
      author_id = excluded.author_id, course_id = excluded.course_id, audience = excluded.audience,
      starts_at = excluded.starts_at, ends_at = excluded.ends_at, published_at = excluded.published_at,
      plays = excluded.plays, kind = excluded.kind, stage = excluded.stage, grade = excluded.grade,
      subject = excluded.subject, edition = excluded.edition, volume = excluded.volume,
      chapter = excluded.chapter, section = excluded.section, knowledge_points = excluded.knowledge_points,
      title = excluded.title, points = excluded.points, places = excluded.places, initials = excluded.initials,
      pinyin = excluded.pinyin, terms = excluded.terms`.execute(trx);
}

async function writeMoments(
  trx: Transaction<Database>,
  moments: readonly (HitMoment & { resourceId: string })[],
) {
  if (moments.length === 0) return;
  const rows = moments.map(({ resourceId, source, atMs, page, text }) => ({
    resource_id: resourceId,
    source,
    at_ms: atMs,
    page,
    text,
    folded: fold(text),
  }));
  await sql`insert into search_moment (resource_id, source, at_ms, page, text, folded)
    select resource_id, source, at_ms, page, text, folded
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as x(
      resource_id text, source text, at_ms double precision, page int, text text, folded text)`.execute(trx);
}
