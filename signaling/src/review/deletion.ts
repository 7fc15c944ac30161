import { sql, type Transaction } from 'kysely';
import type { BlobStore } from '#platform/blob-store/blob-store.ts';
import type { Logger } from '#platform/logger.ts';
import type { Account } from '#protocol/domain.ts';
import { AppError } from '#protocol/errors.ts';
import { mayResource } from '#protocol/permission.ts';
import { BIN_DAYS, type Binned, type Delete } from '#protocol/retention.ts';
import type { Note } from '../audit/note.ts';
import type { Db } from '../database/database.ts';
import type { Database } from '../database/schema.ts';
import type { MediaServing } from '../media/serving.ts';
import type { ResourceAccess } from '../resource/access.ts';
import type { ResourceRepository } from '../resource/resource-repository.ts';
import { type ResourceRow, toResource } from '../resource/resource-rows.ts';
import { foldersOf, foldersOfRecording, placeOf } from './traces.ts';

const DAY_MS = 86_400_000;

/** Deleting resources: first into the bin, then for good, with a record that it was. */
export class Deletion {
  readonly #db: Db;
  readonly #blobs: BlobStore;
  readonly #resources: ResourceRepository;
  readonly #access: ResourceAccess;
  readonly #serving: Pick<MediaServing, 'forget'>;
  readonly #logger: Logger;

  constructor(
    db: Db,
    parts: {
      blobs: BlobStore;
      resources: ResourceRepository;
      access: ResourceAccess;
      serving: Pick<MediaServing, 'forget'>;
      logger: Logger;
    },
  ) {
    this.#db = db;
    this.#blobs = parts.blobs;
    this.#resources = parts.resources;
    this.#access = parts.access;
    this.#serving = parts.serving;
    this.#logger = parts.logger;
  }

  /** Nobody finds it from now on; for a week it can be had back. */
  async bin(
    resourceId: string,
    account: Account,
    { version, why, now }: Delete,
    note?: Note,
  ): Promise<Binned> {
    const resource = await this.#access.permitted(resourceId, account, 'resource.delete');
    await this.putIntoBin(resource, version, why, account.accountId, new Date(), note);
    if (now) await this.purge(resourceId);
    return {
      resourceId,
      title: resource.title,
      organizationName: resource.organizationName,
      byName: account.name,
      why,
      at: Date.now(),
      purgeAt: Date.now() + (now ? 0 : BIN_DAYS * DAY_MS),
      gone: now,
    };
  }

  async putIntoBin(
    { resourceId, state, organizationId }: ResourceRow,
    version: number,
    why: string,
    accountId: string | null,
    at = new Date(),
    note?: Note,
  ): Promise<void> {
    const change = {
      state: 'withdrawn' as const,
      binned_at: at,
      binned_by: accountId,
      binned_why: why,
      binned_from: state,
      purge_at: new Date(at.getTime() + BIN_DAYS * DAY_MS),
    };
    await this.#resources.change(resourceId, version, change, {
      byAccountId: accountId,
      what: 'binned',
      also: async (trx) => note?.(trx, organizationId),
    });
  }

  /** What lies in the bin and what is gone, as far as `account` could delete it; the newest first. */
  async binOf(account: Account): Promise<Binned[]> {
    const binned: Binned[] = [];
    for (const { row, ...rest } of await this.#binned())
      if (mayResource(await this.#access.roleOf(row, account), 'resource.delete')) binned.push(rest);
    return binned;
  }

  async takeOut(resourceId: string, account: Account, note?: Note): Promise<void> {
    const found = (await this.#binned(resourceId))[0];
    if (!found || !mayResource(await this.#access.roleOf(found.row, account), 'resource.delete'))
      throw new AppError('NOT_FOUND', 'nothing of that in the bin');
    const change = {
      state: found.from,
      binned_at: null,
      binned_by: null,
      binned_why: null,
      binned_from: null,
      purge_at: null,
    };
    await this.#resources.change(resourceId, found.row.version, change, {
      byAccountId: account.accountId,
      what: 'takenOut',
      fromBin: true,
      also: async (trx) => note?.(trx, found.row.organizationId),
    });
  }

  /** Deletes for good whatever is due. Returns how many there were. */
  async purgeDue(now = new Date()): Promise<number> {
    const due = await this.#db.selectFrom('resource').select('id').where('purge_at', '<=', now).execute();
    let gone = 0;
    for (const { id } of due) {
      try {
        await this.purge(id);
        gone += 1;
      } catch (error) {
        // Files that cannot be deleted now are tried again tomorrow; the others do not wait for them.
        this.#logger.error({ err: error, resourceId: id }, 'a resource was not deleted');
      }
    }
    return gone;
  }

  /**
   * Deletes what lies in the bin: files first, so that a crash in between leaves rows by which it is done again.
   * Recordings and files that another resource shows stay until that one goes.
   */
  async purge(resourceId: string): Promise<void> {
    const row = await this.#db
      .selectFrom('resource')
      .selectAll()
      .where('id', '=', resourceId)
      .where('binned_at', 'is not', null)
      .executeTakeFirst();
    if (!row) throw new AppError('NOT_FOUND', 'nothing of that in the bin');
    const recordings = await this.#recordingsOf(row);
    const alone = recordings.filter(({ shared }) => !shared);
    const places = [
      ...foldersOf(resourceId),
      ...(await this.#ownPlaces(resourceId)),
      ...(await this.#exportsOf(
        resourceId,
        alone.map(({ lessonId }) => lessonId),
      )),
      ...alone.flatMap(({ recordingId }) => foldersOfRecording(recordingId)),
    ];
    for (const place of places) await deleteAll(this.#blobs, place);
    for (const { recordingId } of alone) this.#serving.forget(recordingId);
    await this.#db.transaction().execute(async (trx) => {
      await trx
        .insertInto('resource_tombstone')
        .values({
          resource_id: resourceId,
          organization_id: row.organization_id,
          kind: row.kind,
          title: row.title,
          lesson_id: row.lesson_id,
          traces: JSON.stringify({
            recordingIds: recordings.map(({ recordingId }) => recordingId),
            places,
          }),
          by_account_id: row.binned_by,
          why: row.binned_why ?? '',
          deleted_at: new Date(),
        })
        .execute();
      for (const { recordingId, lessonId } of alone) await deleteRecording(trx, recordingId, lessonId);
      await trx.deleteFrom('intake').where('resource_id', '=', resourceId).execute();
      await trx.deleteFrom('resource').where('id', '=', resourceId).execute();
      await forgetRows(trx, resourceId);
    });
    await forgetJobs(this.#db, resourceId);
    this.#logger.info({ resourceId, recordings: alone.length }, 'a resource was deleted');
  }

  /** Whether what was deleted belonged to an organization or one below it. */
  async wasBelow(resourceId: string, organizationId: string): Promise<boolean> {
    const { rows } = await sql`
      with recursive up as (
        select o.id, o.parent_id from organization o
          join resource_tombstone t on t.organization_id = o.id where t.resource_id = ${resourceId}
        union select o.id, o.parent_id from organization o join up on o.id = up.parent_id
      ) select 1 from up where id = ${organizationId}`.execute(this.#db);
    return rows.length > 0;
  }

  /** The recordings that it shows, and whether anything else does. */
  async #recordingsOf(row: { id: string; kind: string; lesson_id: string | null; programme: unknown }) {
    const { rows } = await sql<{ recordingId: string; lessonId: string; shared: boolean }>`
      select r.id as "recordingId", r.lesson_id as "lessonId", exists (
        select 1 from resource other where other.id <> ${row.id} and (
          other.programme @> jsonb_build_object('clips', jsonb_build_array(jsonb_build_object('recordingId', r.id)))
          or (other.kind = 'replay' and other.lesson_id = r.lesson_id))) as shared
      from recording r where r.id in (
        select clip ->> 'recordingId' from resource, jsonb_array_elements(programme -> 'clips') clip
        where resource.id = ${row.id})
      or (${row.kind} = 'replay' and r.lesson_id = ${row.lesson_id})`.execute(this.#db);
    return rows;
  }

  /** Where its files lie, but for what another resource has as well: the same bytes are kept once. */
  async #ownPlaces(resourceId: string): Promise<string[]> {
    const files = await this.#db
      .selectFrom('resource_file')
      .select('blob_key')
      .where('resource_id', '=', resourceId)
      .execute();
    const own: string[] = [];
    for (const place of new Set(files.map(({ blob_key }) => placeOf(blob_key)))) {
      const { rows } = await sql`
        select 1 from resource_file where resource_id <> ${resourceId}
        and (blob_key = ${place} or starts_with(blob_key, ${`${place}/`})) limit 1`.execute(this.#db);
      if (rows.length === 0) own.push(place);
    }
    return own;
  }

  async #exportsOf(resourceId: string, lessonIds: string[]): Promise<string[]> {
    const rows = await this.#db
      .selectFrom('job')
      .select('id')
      .where((eb) =>
        eb.or([
          eb('resource_id', '=', resourceId),
          ...(lessonIds.length > 0 ? [eb('lesson_id', 'in', lessonIds)] : []),
        ]),
      )
      .execute();
    return rows.map(({ id }) => `exports/${id}`);
  }

  async #binned(resourceId?: string) {
    const rows = await this.#db
      .selectFrom('resource')
      .innerJoin('organization', 'organization.id', 'resource.organization_id')
      .innerJoin('account as author', 'author.id', 'resource.author_id')
      .leftJoin('account as binner', 'binner.id', 'resource.binned_by')
      .selectAll('resource')
      .select([
        'organization.name as organization_name',
        'author.name as author_name',
        'binner.name as by_name',
      ])
      .where('resource.binned_at', 'is not', null)
      .$if(resourceId !== undefined, (query) => query.where('resource.id', '=', resourceId!))
      .orderBy('resource.binned_at', 'desc')
      .limit(500)
      .execute();
    return rows.map((row) => ({
      row: toResource(row),
      from: row.binned_from ?? ('draft' as const),
      resourceId: row.id,
      title: row.title,
      organizationName: row.organization_name,
      byName: row.by_name,
      why: row.binned_why ?? '',
      at: row.binned_at!.getTime(),
      purgeAt: row.purge_at!.getTime(),
      gone: false,
    }));
  }
}

/** A single file, or all that lies in a folder. */
async function deleteAll(blobs: BlobStore, place: string): Promise<void> {
  for (const key of await blobs.list(place)) await blobs.delete(key);
  // An empty folder is no file.
  const isFile = await blobs.info(place).then(
    () => true,
    () => false,
  );
  if (isFile) await blobs.delete(place);
}

/** A recording with all that hangs on its time. The lesson's own log stays: who taught whom, and when. */
async function deleteRecording(
  trx: Transaction<Database>,
  recordingId: string,
  lessonId: string,
): Promise<void> {
  for (const table of ['caption', 'study_note', 'timed_comment', 'watch_progress'] as const)
    await trx.deleteFrom(table).where('lesson_id', '=', lessonId).execute();
  await trx.deleteFrom('job').where('lesson_id', '=', lessonId).execute();
  await trx.deleteFrom('recording_track').where('recording_id', '=', recordingId).execute();
  await trx.deleteFrom('recording').where('id', '=', recordingId).execute();
}

/** Tables that name resources without a key to them: whatever there is, so that no part can be forgotten here. */
async function forgetRows(trx: Transaction<Database>, resourceId: string): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.columns
    where table_schema = 'public' and column_name = 'resource_id'
      and table_name not in ('resource_tombstone', 'harvest_tombstone')`.execute(trx);
  for (const { name } of rows)
    await sql`delete from ${sql.table(name)} where resource_id = ${resourceId}`.execute(trx);
}

/** The queue keeps what it has done for a while, with the ids in it. */
async function forgetJobs(db: Db, resourceId: string): Promise<void> {
  const { rows } = await sql<{
    found: boolean;
  }>`select to_regclass('pgboss.job') is not null as found`.execute(db);
  if (rows[0]?.found)
    await sql`delete from pgboss.job where data::text like ${`%${resourceId}%`}`.execute(db);
}
