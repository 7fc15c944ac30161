import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fromKysely, PgBoss } from 'pg-boss';
import type { BlobPlace } from '#platform/blob-store/open-blob-store.ts';
import type { Logger } from '#platform/logger.ts';
import { AppError, type ErrorCode } from '#protocol/errors.ts';
import { isOver, type JobKind } from '#protocol/export.ts';
import type { Db, QueuePlace } from '../database/database.ts';
import { Courtesy } from './courtesy.ts';
import { JobProcess, ProcessDiedError } from './job-process.ts';
import { JobRepository, type JobRow, type NewJob, type Trx } from './job-repository.ts';

const QUEUE = 'work';
/** A process that dies in the middle does not tell: its run is given to another after this long without a sign. */
const HEARTBEAT_SECONDS = 20;
const LONGEST_SECONDS = 12 * 3600;
/** The queue is looked into this often; what this process itself asks for begins at once. */
const POLL_SECONDS = 10;
/** How often a run is looked after: progress kept, cancelled runs ended, courtesy to live lessons. */
const LOOK_MS = 1_000;
const LOWEST = 19;
/** A job that takes its process down this often is given up. */
const MOST_ATTEMPTS = 5;

/** What signaling adds to a kind of job; its heavy part is named in `worker-main.ts`. */
export interface JobKindParts {
  /** All that the heavy part has to know, as JSON. @throws AppError when there is nothing to do any more. */
  prepare(job: JobRow): Promise<unknown>;
}

export interface JobsOptions {
  db: Db;
  queue: QueuePlace;
  /** `work` below it holds what is being made. */
  dataDir: string;
  blobs: BlobPlace;
  /** Null where there is none: jobs fail with NO_FFMPEG. */
  ffmpeg: string | null;
  kinds: Record<JobKind, JobKindParts>;
  /** Whether a lesson is live on this platform. */
  live(): Promise<boolean>;
  logger: Logger;
  courtesy?: Pick<Courtesy, 'look'>;
  lookMs?: number;
  /** How often the queue looks for jobs of others, and for runs whose process died without a word. */
  pollSeconds?: number;
  /** The processor's claim of the heavy part; 19, the lowest, unless a test would wait for it. */
  nice?: number;
}

interface Run {
  queueId: string;
  process: JobProcess;
  cancelled: boolean;
}

/**
 * Long work, one at a time: rows (`JobRepository`) for people, pg-boss for the queue in the same database, a process
 * of its own for the heavy part. A job outlives this process: killed in the middle, it runs again from its start.
 */
export class Jobs {
  readonly repository: JobRepository;
  readonly #options: JobsOptions;
  readonly #boss: PgBoss;
  readonly #courtesy: Pick<Courtesy, 'look'>;
  #worker = '';
  #run: Run | null = null;
  #closing = false;

  static async create(options: JobsOptions): Promise<Jobs> {
    const jobs = new Jobs(options);
    await jobs.#start();
    return jobs;
  }

  private constructor(options: JobsOptions) {
    this.#options = options;
    this.repository = new JobRepository(options.db);
    this.#courtesy = options.courtesy ?? new Courtesy(options.live);
    this.#boss = new PgBoss({
      ...options.queue,
      application_name: 'three-classrooms-jobs',
      schedule: false,
      superviseIntervalSeconds: options.pollSeconds ?? POLL_SECONDS,
      monitorVacuum: false,
      reindex: false,
    });
    this.#boss.on('error', (error) => options.logger.warn({ err: error }, 'the queue of jobs'));
  }

  /** The process that does the heavy part now. */
  get workerPid(): number | undefined {
    return this.#run?.process.pid;
  }

  /**
   * The job for this request: a new one, the one that is queued, running or done, or the one that failed or was
   * cancelled, begun again.
   */
  async request(job: NewJob): Promise<JobRow> {
    const queueId = randomUUID();
    const made = await this.#options.db.transaction().execute(async (trx) => {
      const id = await this.repository.insert(trx, job, queueId);
      if (id) await this.#send(trx, id, queueId);
      return id !== null;
    });
    if (made) this.#wake();
    const found = await this.repository.ofKey(job.kind, job.key);
    if (!found) throw new AppError('NOT_FOUND', 'the job was removed meanwhile');
    return found.state === 'failed' || found.state === 'cancelled' ? await this.retry(found.jobId) : found;
  }

  /** Begins a job again that failed or was cancelled; another one is left as it is. */
  async retry(jobId: string): Promise<JobRow> {
    return await this.#again(jobId, ['failed', 'cancelled'], true);
  }

  /** For a job that is done but whose result is gone. */
  async redo(jobId: string): Promise<JobRow> {
    return await this.#again(jobId, ['done'], true);
  }

  /** Ends a job that is not over; its process and what it has made so far go with it. */
  async cancel(jobId: string): Promise<JobRow> {
    const job = await this.#mustFind(jobId);
    await this.repository.cancel(jobId);
    if (this.#run?.queueId === job.queueId) this.#stop(this.#run);
    return await this.#mustFind(jobId);
  }

  /** Leaves what runs to the next process. */
  async close(): Promise<void> {
    this.#closing = true;
    if (this.#run) this.#stop(this.#run);
    await this.#boss.stop({ graceful: true, timeout: 3_000 });
  }

  async #start(): Promise<void> {
    await this.#boss.start();
    await this.#boss.createQueue(QUEUE, {
      heartbeatSeconds: HEARTBEAT_SECONDS,
      expireInSeconds: LONGEST_SECONDS,
      // Attempts are counted in the row, where an orderly stop is none.
      retryLimit: 1_000,
    });
    await this.#clearFolders();
    // PGlite belongs to this process alone: whoever ran these is dead. On a server the heartbeat tells.
    if (this.#options.queue.backend === 'pglite') {
      for (const { jobId } of await this.repository.inStates(['queued', 'running']))
        await this.#again(jobId, ['queued', 'running'], false);
    }
    this.#worker = await this.#boss.work(
      QUEUE,
      { batchSize: 1, pollingIntervalSeconds: this.#options.pollSeconds ?? POLL_SECONDS },
      async ([queued]) => this.#perform(queued!.id, (queued!.data as { jobId: string }).jobId),
    );
  }

  async #again(jobId: string, from: JobRow['state'][], afresh: boolean): Promise<JobRow> {
    const queueId = randomUUID();
    await this.#options.db.transaction().execute(async (trx) => {
      if (await this.repository.requeue(trx, jobId, from, queueId, afresh))
        await this.#send(trx, jobId, queueId);
    });
    this.#wake();
    return await this.#mustFind(jobId);
  }

  async #send(trx: Trx, jobId: string, queueId: string): Promise<void> {
    await this.#boss.send(QUEUE, { jobId }, { id: queueId, db: fromKysely(trx) });
  }

  #wake(): void {
    if (!this.#worker) return;
    const notify = () => !this.#closing && this.#boss.notifyWorker(this.#worker);
    notify();
    // PGlite's clock counts milliseconds, and the queue leaves a job alone within the one in which it was made.
    setTimeout(notify, 50).unref();
  }

  /** One run. Whatever happens to it is written into its row; the queue only hears that it was looked at. */
  async #perform(queueId: string, jobId: string): Promise<void> {
    const job = await this.repository.begin(jobId, queueId);
    if (!job) return;
    const { logger } = this.#options;
    if (job.attempts > MOST_ATTEMPTS) {
      await this.repository.end(queueId, { error: 'JOB_CRASHED' });
      return;
    }
    try {
      const result = await this.#inProcess(job);
      if (result) await this.repository.end(queueId, { result });
    } catch (error) {
      if (this.#closing) return await this.#leave(queueId);
      if (error instanceof ProcessDiedError && job.attempts < MOST_ATTEMPTS) {
        logger.warn({ err: error, jobId, kind: job.kind }, 'the process of a job died; it runs again');
        await this.#again(jobId, ['running'], false);
        return;
      }
      const { code, message } = AppError.from(error);
      logger.warn({ err: error, jobId, kind: job.kind, code }, `a job failed: ${message}`);
      await this.repository.end(queueId, { error: code satisfies ErrorCode });
    }
  }

  /** A run that is ended because this process closes is not over: what is thrown gives it to the next one. */
  async #leave(queueId: string): Promise<never> {
    await this.repository.leave(queueId);
    throw new AppError('NOT_READY', 'this process closes');
  }

  async #inProcess(job: JobRow) {
    const { ffmpeg, blobs, dataDir, kinds, nice = LOWEST } = this.#options;
    if (!ffmpeg) throw new AppError('NO_FFMPEG', 'ffmpeg is not installed here');
    const task = await kinds[job.kind].prepare(job);
    const folder = join(dataDir, 'work', job.jobId);
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    const process = JobProcess.start({ kind: job.kind, task, blobs, folder, ffmpeg, threads: 1, nice });
    const run: Run = { queueId: job.queueId, process, cancelled: false };
    this.#run = run;
    if (this.#closing) this.#stop(run);
    const wait = await this.#courtesy.look();
    if (wait) process.wait(true);
    const looking = new AbortController();
    const looks = this.#lookAfter(run, wait, looking.signal);
    try {
      return await process.done;
    } catch (error) {
      if (run.cancelled && !this.#closing) return null;
      throw error;
    } finally {
      looking.abort();
      await looks;
      this.#run = null;
      await rm(folder, { recursive: true, force: true });
    }
  }

  async #lookAfter(run: Run, standing: boolean, ended: AbortSignal): Promise<void> {
    let waiting = standing;
    while (!ended.aborted) {
      await sleep(this.#options.lookMs ?? LOOK_MS, undefined, { signal: ended }).catch(() => {});
      if (ended.aborted) return;
      try {
        const wait = await this.#courtesy.look();
        if (wait !== waiting) run.process.wait(wait);
        waiting = wait;
        if (!(await this.repository.note(run.queueId, run.process.progress, wait))) this.#stop(run);
      } catch (error) {
        // The database is away for a moment; the work itself does not need it.
        this.#options.logger.warn({ err: error }, 'a job could not be looked after');
      }
    }
  }

  #stop(run: Run): void {
    run.cancelled = true;
    run.process.kill();
  }

  async #mustFind(jobId: string): Promise<JobRow> {
    const job = await this.repository.find(jobId);
    if (!job) throw new AppError('NOT_FOUND', 'no such job');
    return job;
  }

  /** What a process that was killed had made so far. Other processes' runs on the same folder are left alone. */
  async #clearFolders(): Promise<void> {
    const folder = join(this.#options.dataDir, 'work');
    await mkdir(folder, { recursive: true });
    for (const name of await readdir(folder)) {
      const job = await this.repository.find(name);
      if (!job || isOver(job.state) || this.#options.queue.backend === 'pglite')
        await rm(join(folder, name), { recursive: true, force: true });
    }
  }
}
