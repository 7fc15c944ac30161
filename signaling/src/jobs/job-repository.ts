import { sql, type Transaction } from 'kysely';
import { newId } from '#platform/ids.ts';
import type { ErrorCode } from '#protocol/errors.ts';
import type { JobKind, JobState } from '#protocol/export.ts';
import type { Db } from '../database/database.ts';
import type { Database } from '../database/schema.ts';

export interface NewJob {
  kind: JobKind;
  /** Equal for requests that come to the same: of those at once, or while the result stands, one is made. */
  key: string;
  organizationId: string;
  resourceId: string | null;
  lessonId: string | null;
  requestedBy: string;
  request: object;
}

export interface JobRow extends NewJob {
  jobId: string;
  state: JobState;
  progress: number;
  waiting: boolean;
  error: ErrorCode | null;
  queueId: string;
  attempts: number;
  result: JobResult | null;
  createdAt: number;
  finishedAt: number | null;
}

/** The blob that a job made. */
export interface JobResult {
  key: string;
  bytes: number;
  sha256: string;
}

export type Trx = Transaction<Database>;

/** Jobs as rows: what people see of them. Who runs them is `jobs.ts`. */
export class JobRepository {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  async find(jobId: string): Promise<JobRow | null> {
    const row = await this.#db.selectFrom('job').selectAll().where('id', '=', jobId).executeTakeFirst();
    return row ? toJob(row) : null;
  }

  /** Of one resource or of one lesson, the newest first. */
  async list(of: { resourceId: string } | { lessonId: string }, kind: JobKind): Promise<JobRow[]> {
    const rows = await this.#db
      .selectFrom('job')
      .selectAll()
      .where('kind', '=', kind)
      .where((eb) =>
        'resourceId' in of
          ? eb('resource_id', '=', of.resourceId)
          : eb.and([eb('lesson_id', '=', of.lessonId), eb('resource_id', 'is', null)]),
      )
      .orderBy('created_at', 'desc')
      .orderBy('id')
      .limit(50)
      .execute();
    return rows.map(toJob);
  }

  async inStates(states: JobState[]): Promise<JobRow[]> {
    const rows = await this.#db.selectFrom('job').selectAll().where('state', 'in', states).execute();
    return rows.map(toJob);
  }

  /** The new row; null when there is one with this key. */
  async insert(trx: Trx, job: NewJob, queueId: string): Promise<string | null> {
    const id = newId();
    const row = await trx
      .insertInto('job')
      .values({
        id,
        kind: job.kind,
        key: job.key,
        organization_id: job.organizationId,
        resource_id: job.resourceId,
        lesson_id: job.lessonId,
        requested_by: job.requestedBy,
        request: JSON.stringify(job.request),
        state: 'queued',
        queue_id: queueId,
        error: null,
        result_key: null,
        result_bytes: null,
        result_sha256: null,
        created_at: new Date(),
        started_at: null,
        finished_at: null,
      })
      .onConflict((conflict) => conflict.columns(['kind', 'key']).doNothing())
      .returning('id')
      .executeTakeFirst();
    return row ? id : null;
  }

  async ofKey(kind: JobKind, key: string): Promise<JobRow | null> {
    const row = await this.#db
      .selectFrom('job')
      .selectAll()
      .where('kind', '=', kind)
      .where('key', '=', key)
      .executeTakeFirst();
    return row ? toJob(row) : null;
  }

  /** Back to the queue's end, when it is in one of these states. @returns whether it was */
  async requeue(
    trx: Trx,
    jobId: string,
    from: JobState[],
    queueId: string,
    afresh: boolean,
  ): Promise<boolean> {
    const row = await trx
      .updateTable('job')
      .set({
        state: 'queued',
        queue_id: queueId,
        progress: 0,
        waiting: false,
        error: null,
        result_key: null,
        started_at: null,
        finished_at: null,
        ...(afresh && { attempts: 0 }),
      })
      .where('id', '=', jobId)
      .where('state', 'in', from)
      .returning('id')
      .executeTakeFirst();
    return row !== undefined;
  }

  /** Takes a run up; null when it is over or another run counts by now. */
  async begin(jobId: string, queueId: string): Promise<JobRow | null> {
    const row = await this.#db
      .updateTable('job')
      .set({ state: 'running', progress: 0, started_at: new Date(), attempts: sql`attempts + 1` })
      .where('id', '=', jobId)
      .where('queue_id', '=', queueId)
      .where('state', 'in', ['queued', 'running'])
      .returningAll()
      .executeTakeFirst();
    return row ? toJob(row) : null;
  }

  /** @returns whether this run still counts; one that does not must stop. */
  async note(queueId: string, progress: number, waiting: boolean): Promise<boolean> {
    const row = await this.#db
      .updateTable('job')
      .set({ progress, waiting })
      .where('queue_id', '=', queueId)
      .where('state', '=', 'running')
      .returning('id')
      .executeTakeFirst();
    return row !== undefined;
  }

  /** The end of a run. @returns whether it counted */
  async end(queueId: string, end: { result: JobResult } | { error: ErrorCode }): Promise<boolean> {
    const row = await this.#db
      .updateTable('job')
      .set({
        waiting: false,
        finished_at: new Date(),
        ...('result' in end
          ? {
              state: 'done',
              progress: 1,
              error: null,
              result_key: end.result.key,
              result_bytes: end.result.bytes,
              result_sha256: end.result.sha256,
            }
          : { state: 'failed', error: end.error }),
      })
      .where('queue_id', '=', queueId)
      .where('state', '=', 'running')
      .returning('id')
      .executeTakeFirst();
    return row !== undefined;
  }

  /** Back to `queued` from an orderly stop, which does not count as an attempt. */
  async leave(queueId: string): Promise<void> {
    await this.#db
      .updateTable('job')
      .set({ state: 'queued', waiting: false, progress: 0, attempts: sql`attempts - 1` })
      .where('queue_id', '=', queueId)
      .where('state', '=', 'running')
      .execute();
  }

  async remove(jobId: string): Promise<void> {
    await this.#db.deleteFrom('job').where('id', '=', jobId).execute();
  }

  async cancel(jobId: string): Promise<boolean> {
    const row = await this.#db
      .updateTable('job')
      .set({ state: 'cancelled', waiting: false, finished_at: new Date() })
      .where('id', '=', jobId)
      .where('state', 'in', ['queued', 'running'])
      .returning('id')
      .executeTakeFirst();
    return row !== undefined;
  }
}

function toJob(row: {
  id: string;
  kind: JobKind;
  key: string;
  organization_id: string;
  resource_id: string | null;
  lesson_id: string | null;
  requested_by: string;
  request: object;
  state: JobState;
  progress: number;
  waiting: boolean;
  error: ErrorCode | null;
  queue_id: string;
  attempts: number;
  result_key: string | null;
  result_bytes: number | null;
  result_sha256: string | null;
  created_at: Date;
  finished_at: Date | null;
}): JobRow {
  const { result_key: key, result_bytes: bytes, result_sha256: sha256 } = row;
  return {
    jobId: row.id,
    kind: row.kind,
    key: row.key,
    organizationId: row.organization_id,
    resourceId: row.resource_id,
    lessonId: row.lesson_id,
    requestedBy: row.requested_by,
    request: row.request,
    state: row.state,
    progress: row.progress,
    waiting: row.waiting,
    error: row.error,
    queueId: row.queue_id,
    attempts: row.attempts,
    result: key !== null && bytes !== null && sha256 !== null ? { key, bytes, sha256 } : null,
    createdAt: row.created_at.getTime(),
    finishedAt: row.finished_at?.getTime() ?? null,
  };
}
