import { type Selectable, sql, type Transaction, type Updateable } from 'kysely';
import { newId } from '#platform/ids.ts';
import { AppError } from '#protocol/errors.ts';
import { durationOf, Programme, wholeOf } from '#protocol/programme.ts';
import type { Catalogue, ResourceFile, ResourceKind, ResourceState } from '#protocol/resource.ts';
import type { Db } from '../database/database.ts';
import type { Database } from '../database/schema.ts';
import { type ResourceRow, resourceRows, toResource } from './resource-rows.ts';

export interface NewResource {
  organizationId: string;
  kind: ResourceKind;
  lessonId: string | null;
  authorId: string;
  title: string;
  description: string;
  programme: Programme | null;
  durationMs: number | null;
  catalogue: Partial<Catalogue>;
}

/** What a change may set: columns of the table; `programme` and `knowledge_points` as JSON text. */
export type ResourceChange = Omit<Updateable<Database['resource']>, 'id' | 'version' | 'updated_at'>;

export interface Changing {
  byAccountId: string | null;
  /** The history's word for it. */
  what: string;
  /** More rows of the same act: all of it is done or nothing. `version` is the new one. */
  also?: (trx: Transaction<Database>, version: number) => Promise<void>;
  /** It lies in the bin, where nothing else changes it. */
  fromBin?: boolean;
}

/** Resources as rows. Who may see or change one is asked elsewhere (`access.ts`). */
export class ResourceRepository {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  async create(made: NewResource, at = new Date()): Promise<string> {
    const [id] = await this.createAll([made], at);
    return id!;
  }

  /** All of them or none. Returns their ids in the same order. */
  async createAll(made: readonly NewResource[], at = new Date()): Promise<string[]> {
    const ids = made.map(() => newId());
    await this.#db.transaction().execute(async (trx) => {
      for (const [index, one] of made.entries()) await insertResource(trx, ids[index]!, one, at);
    });
    return ids;
  }

  async find(resourceId: string): Promise<ResourceRow | null> {
    const row = await resourceRows(this.#db).where('resource.id', '=', resourceId).executeTakeFirst();
    return row ? toResource(row) : null;
  }

  /** The newest first. */
  async ofAuthor(accountId: string): Promise<ResourceRow[]> {
    const rows = await resourceRows(this.#db)
      .where('resource.author_id', '=', accountId)
      .orderBy('resource.updated_at', 'desc')
      .limit(500)
      .execute();
    return rows.map(toResource);
  }

  async ofLesson(lessonId: string): Promise<ResourceRow | null> {
    const row = await resourceRows(this.#db)
      .where('resource.lesson_id', '=', lessonId)
      .where('resource.kind', '=', 'replay')
      .executeTakeFirst();
    return row ? toResource(row) : null;
  }

  /**
   * Changes a resource that is still at version `seen`, and keeps how it is now in its history. A change of what a
   * viewer sees, that does not itself move it, makes it a draft that is to be reviewed again.
   * @throws AppError OVERTAKEN when somebody was faster, NOT_FOUND when it is gone.
   */
  async change(
    resourceId: string,
    seen: number,
    change: ResourceChange,
    { byAccountId, what, also, fromBin = false }: Changing,
  ): Promise<number> {
    return await this.#db.transaction().execute(async (trx) => {
      const before = await trx
        .selectFrom('resource')
        .select(['state', 'title', 'description', 'programme'])
        .where('id', '=', resourceId)
        .where('version', '=', seen)
        .where('binned_at', fromBin ? 'is not' : 'is', null)
        .forUpdate()
        .executeTakeFirst();
      const again =
        before && change.state === undefined && isSeenAnew(before, change)
          ? ({ state: 'draft', passed: 'none' } as const)
          : {};
      const changed =
        before &&
        (await trx
          .updateTable('resource')
          .set({ ...change, ...again, version: seen + 1, updated_at: new Date() })
          .where('id', '=', resourceId)
          .where('version', '=', seen)
          .returning(['version', 'state', 'title', 'programme'])
          .executeTakeFirst());
      if (!changed) {
        const there = await trx
          .selectFrom('resource')
          .select('id')
          .where('id', '=', resourceId)
          .where('binned_at', 'is', null)
          .executeTakeFirst();
        throw new AppError(there ? 'OVERTAKEN' : 'NOT_FOUND', 'the resource was changed meanwhile');
      }
      await keepVersion(trx, resourceId, { ...changed, by: byAccountId, what, at: new Date() });
      await also?.(trx, changed.version);
      return changed.version;
    });
  }

  async versions(resourceId: string): Promise<
    {
      version: number;
      state: ResourceState;
      title: string;
      programme: Programme | null;
      what: string;
      byAccountId: string | null;
      at: number;
    }[]
  > {
    const rows = await this.#db
      .selectFrom('resource_version')
      .selectAll()
      .where('resource_id', '=', resourceId)
      .orderBy('version')
      .execute();
    return rows.map(({ version, state, title, programme, what, by_account_id, at }) => ({
      version,
      state,
      title,
      programme,
      what,
      byAccountId: by_account_id,
      at: at.getTime(),
    }));
  }

  async files(resourceId: string): Promise<ResourceFile[]> {
    const rows = await this.#db
      .selectFrom('resource_file')
      .selectAll()
      .where('resource_id', '=', resourceId)
      .execute();
    return rows.map(({ role, blob_key, sha256, bytes, mime }) => ({
      role,
      blobKey: blob_key,
      sha256,
      bytes: Number(bytes),
      mime,
    }));
  }

  /**
   * Makes the draft of every finished recording that has none yet: after each bell, and at every start for the
   * bells that a crash swallowed. Returns the new resources' ids.
   */
  async draftReplays(): Promise<string[]> {
    const found = await this.#db
      .selectFrom('recording')
      .innerJoin('lesson', 'lesson.id', 'recording.lesson_id')
      .innerJoin('course', 'course.id', 'lesson.course_id')
      .leftJoin('resource', (join) =>
        join.onRef('resource.lesson_id', '=', 'lesson.id').on('resource.kind', '=', 'replay'),
      )
      .select(['recording.id as recordingId', 'lesson.id as lessonId', 'recording.duration_ms'])
      .select([
        'lesson.organization_id',
        'lesson.teacher_id',
        'lesson.title',
        'course.subject',
        'course.grade',
      ])
      .where('recording.finalized_at', 'is not', null)
      .where('recording.duration_ms', '>=', 500)
      .where('resource.id', 'is', null)
      // What was deleted does not come back because another resource still shows its recording.
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('resource_tombstone')
              .select('resource_id')
              .whereRef('resource_tombstone.lesson_id', '=', 'lesson.id')
              .where('resource_tombstone.kind', '=', 'replay'),
          ),
        ),
      )
      .execute();
    const made: string[] = [];
    for (const row of found) {
      const { recordingId, lessonId, organization_id, teacher_id, title, subject, grade } = row;
      const programme = wholeOf(recordingId, lessonId, row.duration_ms!);
      const id = newId();
      const draft: NewResource = {
        organizationId: organization_id,
        kind: 'replay',
        lessonId,
        authorId: teacher_id,
        title,
        description: '',
        programme,
        durationMs: durationOf(programme),
        catalogue: { subject, grade },
      };
      const isNew = await this.#db
        .transaction()
        .execute(async (trx) => await insertResource(trx, id, draft, new Date()));
      if (isNew) made.push(id);
    }
    return made;
  }

  /** Counts a play, once for a viewer and a day. Returns whether it counted. */
  async countPlay(resourceId: string, viewer: string): Promise<boolean> {
    const { rows } = await sql<{ plays: number }>`
      with first as (
        insert into play_day (resource_id, viewer, day) values (${resourceId}, ${viewer}, current_date)
        on conflict do nothing returning resource_id)
      update resource set plays = plays + 1 from first where resource.id = first.resource_id
      returning plays`.execute(this.#db);
    return rows.length > 0;
  }
}

export async function insertResource(
  trx: Transaction<Database>,
  id: string,
  made: NewResource,
  at: Date,
): Promise<boolean> {
  const { catalogue: c, programme } = made;
  const row = await trx
    .insertInto('resource')
    .values({
      id,
      organization_id: made.organizationId,
      kind: made.kind,
      lesson_id: made.lessonId,
      author_id: made.authorId,
      title: made.title,
      description: made.description,
      state: 'draft',
      stage: c.stage ?? null,
      grade: c.grade ?? null,
      subject: c.subject ?? null,
      edition: c.edition ?? null,
      volume: c.volume ?? null,
      chapter: c.chapter ?? null,
      section: c.section ?? null,
      knowledge_points: JSON.stringify(c.knowledgePoints ?? []),
      licence: 'reserved',
      reach: 'classes',
      password_hash: null,
      starts_at: null,
      ends_at: null,
      programme: programme && JSON.stringify(programme),
      duration_ms: made.durationMs,
      created_at: at,
      updated_at: at,
      published_at: null,
    })
    // Two bells of one lesson (a crash in between) make one draft.
    .onConflict((conflict) => conflict.doNothing())
    .returning(['version', 'state', 'title', 'programme'])
    .executeTakeFirst();
  if (row) await keepVersion(trx, id, { ...row, by: made.authorId, what: 'made', at });
  return row !== undefined;
}

interface Kept {
  version: number;
  state: ResourceState;
  title: string;
  programme: Programme | null;
  by: string | null;
  what: string;
  at: Date;
}

async function keepVersion(trx: Transaction<Database>, resourceId: string, kept: Kept): Promise<void> {
  const { version, state, title, programme, by, what, at } = kept;
  await trx
    .insertInto('resource_version')
    .values({
      resource_id: resourceId,
      version,
      state,
      title,
      programme: programme && JSON.stringify(programme),
      by_account_id: by,
      what,
      at,
    })
    .execute();
}

/** Whether a viewer would see something else after this change than before. Hiding one more feed is not that. */
function isSeenAnew(
  before: Pick<Selectable<Database['resource']>, 'title' | 'description' | 'programme'>,
  { title, description, programme }: ResourceChange,
): boolean {
  if (title !== undefined && title !== before.title) return true;
  if (description !== undefined && description !== before.description) return true;
  if (programme === undefined) return false;
  if (programme === null || before.programme === null) return programme !== before.programme;
  const now = Programme.parse(JSON.parse(String(programme)));
  const was = Programme.parse(before.programme);
  const stays = was.hiddenTrackIds.every((id) => now.hiddenTrackIds.includes(id));
  return (
    !stays ||
    JSON.stringify({ ...now, hiddenTrackIds: [] }) !== JSON.stringify({ ...was, hiddenTrackIds: [] })
  );
}
