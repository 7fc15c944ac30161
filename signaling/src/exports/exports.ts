import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { BlobStore } from '#platform/blob-store/blob-store.ts';
import { contentsOf, readIndex } from '#platform/recording-index.ts';
import type { Account } from '#protocol/domain.ts';
import { AppError } from '#protocol/errors.ts';
import { type Export, ExportRequest } from '#protocol/export.ts';
import type { Id } from '#protocol/ids.ts';
import { Programme, wholeOf } from '#protocol/programme.ts';
import type { Resource } from '#protocol/resource.ts';
import { shotsOf } from '#protocol/shots.ts';
import type { AccountRepository } from '../account/account-repository.ts';
import type { Db } from '../database/database.ts';
import type { JobRow } from '../jobs/job-repository.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { RecordingRepository } from '../room/recording-repository.ts';
import type { TimelineStore } from '../timeline/timeline-store.ts';
import { type ExportTask, type PlannedRecording, planExport } from './plan.ts';

export interface ExportParts {
  db: Db;
  blobs: BlobStore;
  recordings: RecordingRepository;
  timelines: TimelineStore;
  accounts: AccountRepository;
  /** A short-lived address of an export's file. */
  addressOf(blobKey: string): string;
  /** Bytes of the disk that are left to lessons being recorded. */
  keepFreeBytes: number;
}

/** As it is kept in the job's row: the programme as it was when it was asked for. */
const Kept = ExportRequest.extend({
  programme: Programme,
  participantName: z.string().nullable(),
});

/** What is exported: a resource as it is now, or a lesson's whole recording. */
export type ExportOf = { resource: Resource } | { lessonId: Id };

/** MP4s on request. Who may ask is the routes' to know. */
export class Exports {
  readonly #parts: ExportParts;
  #jobs: Jobs | null = null;

  constructor(parts: ExportParts) {
    this.#parts = parts;
  }

  /** The queue, which in its turn asks {@link prepare}. */
  serve(jobs: Jobs): void {
    this.#jobs = jobs;
  }

  /** Asks for one. The same request for the same programme gives the export that there is. */
  async request(of: ExportOf, { what }: ExportRequest, account: Account): Promise<Export> {
    const programme = await this.#programmeOf(of);
    const participantName = what === 'programme' ? null : await this.#nameOf(programme, what.trackId);
    const [resourceId, lessonId, organizationId] =
      'resource' in of
        ? [of.resource.resourceId, of.resource.lessonId, of.resource.organizationId]
        : [null, of.lessonId, (await this.#lesson(of.lessonId)).organization_id];
    const key = createHash('sha256')
      .update(JSON.stringify({ what, programme, resourceId, lessonId }))
      .digest('base64url');
    const requestedBy = account.accountId;
    const request = { what, programme, participantName };
    const job = await this.#queue.request({
      ...{ kind: 'export', key, organizationId, resourceId, lessonId, requestedBy, request },
    });
    return await this.#shown(await this.#withFile(job));
  }

  /** The newest first. */
  async list(of: { resourceId: Id } | { lessonId: Id }): Promise<Export[]> {
    const jobs = await this.#queue.repository.list(of, 'export');
    return await Promise.all(jobs.map((job) => this.#shown(job)));
  }

  async find(exportId: Id): Promise<JobRow> {
    const job = await this.#queue.repository.find(exportId);
    if (job?.kind !== 'export') throw new AppError('NOT_FOUND', 'no such export');
    return job;
  }

  async cancel(exportId: Id): Promise<Export> {
    return await this.#shown(await this.#queue.cancel(exportId));
  }

  async retry(exportId: Id): Promise<Export> {
    return await this.#shown(await this.#queue.retry(exportId));
  }

  async show(exportId: Id): Promise<Export> {
    return await this.#shown(await this.find(exportId));
  }

  /** All that the heavy part has to know of a job. */
  async prepare(job: JobRow): Promise<ExportTask> {
    const { what, programme } = Kept.parse(job.request);
    const recordings = new Map<string, PlannedRecording>();
    for (const { recordingId, lessonId } of programme.clips) {
      if (recordings.has(recordingId)) continue;
      const index = await this.#parts.blobs.get(`recordings/${recordingId}/index.ndjson`);
      const shots =
        programme.shots ?? shotsOf(await this.#parts.timelines.read(lessonId), lessonId, recordingId);
      recordings.set(recordingId, { contents: contentsOf(readIndex(index).records), shots });
    }
    const { keepFreeBytes } = this.#parts;
    return {
      ...planExport(what, programme, recordings),
      blobKey: `exports/${job.jobId}/${job.queueId}.mp4`,
      keepFreeBytes,
    };
  }

  get #queue(): Jobs {
    if (!this.#jobs) throw new AppError('NOT_READY', 'the queue is not there yet');
    return this.#jobs;
  }

  /** The resource's or lesson's title, and whose feed it is. */
  async #fileName({ resourceId, lessonId }: JobRow, participantName: string | null): Promise<string> {
    const resource = resourceId
      ? await this.#parts.db
          .selectFrom('resource')
          .select('title')
          .where('id', '=', resourceId)
          .executeTakeFirst()
      : undefined;
    const { title } = resource ?? (await this.#lesson(lessonId!));
    return `${[title, participantName].filter(Boolean).join(' ')}.mp4`.replaceAll(
      /[\\/:*?"<>|\p{Cc}]/gu,
      '_',
    );
  }

  async #lesson(lessonId: Id): Promise<{ title: string; organization_id: string }> {
    return await this.#parts.db
      .selectFrom('lesson')
      .select(['title', 'organization_id'])
      .where('id', '=', lessonId)
      .executeTakeFirstOrThrow();
  }

  async #programmeOf(of: ExportOf): Promise<Programme> {
    if ('resource' in of) {
      if (!of.resource.programme) throw new AppError('EXPORT_EMPTY', 'a file is downloaded, not exported');
      return of.resource.programme;
    }
    const recording = await this.#parts.recordings.ofLesson(of.lessonId);
    if (!recording) throw new AppError('NOT_FOUND', 'this lesson has no recording');
    if (!recording.finalized) throw new AppError('NOT_READY', 'the lesson is still being recorded');
    return wholeOf(recording.recordingId, of.lessonId, recording.durationMs ?? 0);
  }

  /** @throws AppError NOT_FOUND when the programme does not show this track. */
  async #nameOf({ clips, hiddenTrackIds }: Programme, trackId: Id): Promise<string> {
    for (const { recordingId, lessonId } of clips) {
      const tracks = await this.#parts.recordings.tracks(recordingId);
      const track = tracks.find((known) => known.trackId === trackId);
      if (!track || hiddenTrackIds.includes(trackId)) continue;
      for (const { body } of await this.#parts.timelines.read(lessonId)) {
        if (body.type === 'participant.joined' && body.participant.participantId === track.participantId)
          return body.participant.name;
      }
      return '';
    }
    throw new AppError('NOT_FOUND', 'no such track in it');
  }

  /** A result whose file was removed (to make room) is made again. */
  async #withFile(job: JobRow): Promise<JobRow> {
    if (job.state !== 'done' || !job.result) return job;
    const there = await this.#parts.blobs.info(job.result.key).then(
      () => true,
      () => false,
    );
    return there ? job : await this.#queue.redo(job.jobId);
  }

  async #shown(job: JobRow): Promise<Export> {
    const { what, participantName } = Kept.pick({ what: true, participantName: true }).parse(job.request);
    const account = await this.#parts.accounts.find(job.requestedBy);
    return {
      exportId: job.jobId,
      resourceId: job.resourceId,
      lessonId: job.lessonId,
      what,
      participantName,
      state: job.state,
      progress: job.progress,
      waiting: job.waiting,
      error: job.error,
      bytes: job.result?.bytes ?? null,
      download: job.state === 'done' && job.result ? this.#parts.addressOf(job.result.key) : null,
      fileName: await this.#fileName(job, participantName),
      requestedByName: account?.name ?? '',
      createdAt: job.createdAt,
      finishedAt: job.finishedAt,
    };
  }
}
