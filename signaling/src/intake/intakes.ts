import { createHash, timingSafeEqual } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { BlobStore } from '#platform/blob-store/blob-store.ts';
import type { Config } from '#platform/config.ts';
import { findFfmpeg } from '#platform/ffmpeg.ts';
import { newId } from '#platform/ids.ts';
import type { Logger } from '#platform/logger.ts';
import { findOffice } from '#platform/office.ts';
import { displayName } from '#protocol/courseware.ts';
import type { Account } from '#protocol/domain.ts';
import { AppError, ERRORS } from '#protocol/errors.ts';
import { type AskKnown, type Intake, type Known, mayBringIn, type Proof } from '#protocol/intake.ts';
import type { PackageReport } from '#protocol/package.ts';
import type { ResourceFile } from '#protocol/resource.ts';
import type { Packages } from '../package/packages.ts';
import type { ResourceRepository } from '../resource/resource-repository.ts';
import { randomChallenge } from './challenge.ts';
import { applyFields, draftOf } from './drafts.ts';
import { type Examined, examine } from './examine.ts';
import type { IntakeFields, IntakeRepository, IntakeRow } from './intake-repository.ts';
import { folderOf, hashOf, prepare } from './prepare.ts';
import { isFull, UploadStore } from './upload-store.ts';
import { WorkQueue } from './work-queue.ts';

export interface IntakeParts {
  config: Config;
  blobs: BlobStore;
  repository: IntakeRepository;
  resources: ResourceRepository;
  logger: Logger;
  packages: Packages;
}

const MAX_UNFINISHED = 200;
const SWEEP_MS = 30 * 60_000;
const PROGRESS_MS = 1_000;

/** Brings files into the library: from the first byte to a draft that has all that pages show of it. */
export class Intakes {
  readonly store: UploadStore;
  readonly maxBytes: number;
  readonly #parts: IntakeParts;
  readonly #ffmpeg = findFfmpeg();
  readonly #office = findOffice();
  readonly #checks: WorkQueue;
  readonly #preparations: WorkQueue;
  readonly #sweeper: NodeJS.Timeout;

  static async create(parts: IntakeParts): Promise<Intakes> {
    const folder = join(parts.config.dataDir, 'intake');
    await mkdir(folder, { recursive: true });
    const intakes = new Intakes(parts, folder);
    await intakes.#takeUp();
    return intakes;
  }

  private constructor(parts: IntakeParts, folder: string) {
    this.#parts = parts;
    this.store = new UploadStore({ directory: folder });
    this.maxBytes = parts.config.library.maxMegabytes * 1_000_000;
    this.#checks = new WorkQueue((id) => this.#check(id));
    this.#preparations = new WorkQueue((id, signal) => this.#prepare(id, signal));
    this.#sweeper = setInterval(() => void this.sweep().catch(() => undefined), SWEEP_MS);
    this.#sweeper.unref();
  }

  /**
   * Whether one more upload of this size may begin, said before its first byte.
   * @throws AppError FORBIDDEN, FILE_EMPTY, LIBRARY_FILE_TOO_LARGE, STORAGE_FULL, TOO_MANY_REQUESTS
   */
  async begin(intakeId: string, account: Account, made: { name: string; bytes: number }): Promise<void> {
    if (!mayBringIn(account)) throw new AppError('FORBIDDEN', `${account.role} brings nothing in`);
    if (!(made.bytes > 0)) throw new AppError('FILE_EMPTY', 'the file is empty');
    if (made.bytes > this.maxBytes)
      throw new AppError('LIBRARY_FILE_TOO_LARGE', `more than ${this.maxBytes} bytes`);
    const keepFree = this.#parts.config.library.keepFreeMegabytes * 1_000_000;
    if ((await this.store.freeBytes()) - made.bytes < keepFree)
      throw new AppError('STORAGE_FULL', 'no space left for this upload');
    await this.#mustHaveRoom(account);
    const name = displayName(made.name);
    await this.#parts.repository.add(intakeId, account, { ...made, name, state: 'receiving' });
  }

  /** All bytes are there. Idempotent. */
  async arrived(intakeId: string): Promise<void> {
    if (await this.#parts.repository.change(intakeId, { state: 'checking' }, 'receiving'))
      this.#checks.add(intakeId);
  }

  async touch(intakeId: string): Promise<void> {
    await this.#parts.repository.change(intakeId, {}, 'receiving');
  }

  /**
   * Whether a content is in the asker's own organization already; what others keep is never told. Who has it shows
   * a piece of it, which only the content itself can answer.
   */
  async known(account: Account, { name, bytes, sha256 }: AskKnown): Promise<Known> {
    if (!mayBringIn(account)) throw new AppError('FORBIDDEN', `${account.role} brings nothing in`);
    const { repository } = this.#parts;
    if (!(await repository.kept(account.organizationId, sha256, bytes))) return { intake: null, prove: null };
    await this.#mustHaveRoom(account);
    const prove = randomChallenge(bytes);
    const intakeId = newId();
    await repository.add(intakeId, account, {
      name: displayName(name),
      bytes,
      sha256,
      state: 'proving',
      prove,
    });
    return { intake: await this.ofRow((await repository.find(intakeId))!), prove };
  }

  /** @throws AppError WRONG_STATE, FILE_CHANGED when the answer is not what the content says. */
  async prove(row: IntakeRow, { sha256 }: Proof): Promise<Intake> {
    const { repository, blobs } = this.#parts;
    const files =
      row.state === 'proving' && row.sha256 && row.prove
        ? await repository.kept(row.organizationId, row.sha256, row.bytes)
        : null;
    const source = files?.find(({ role }) => role === 'source');
    if (!files || !source || !row.prove) throw new AppError('WRONG_STATE', 'nothing to prove');
    const { nonce, fromByte, toByte } = row.prove;
    const piece = await buffer(await blobs.open(source.blobKey, { start: fromByte, end: toByte - 1 }));
    const expected = createHash('sha256').update(nonce).update(piece).digest();
    if (!timingSafeEqual(expected, Buffer.from(sha256, 'hex'))) {
      await repository.remove(row.intakeId);
      throw new AppError('FILE_CHANGED', 'not the content that was asked for');
    }
    await this.#share(row, files);
    return await this.ofRow((await repository.find(row.intakeId))!);
  }

  /** Takes up again what failed for a reason that may have passed. @throws AppError WRONG_STATE */
  async retry(row: IntakeRow): Promise<Intake> {
    const { repository } = this.#parts;
    const mayPass = row.failure !== null && ERRORS[row.failure].retry;
    if (row.state !== 'failed' || !mayPass || (await this.store.received(row.intakeId)) !== row.bytes)
      throw new AppError('WRONG_STATE', 'nothing to try again');
    await repository.change(row.intakeId, { state: 'checking', failure: null, progress: 0 }, 'failed');
    this.#checks.add(row.intakeId);
    return await this.ofRow((await repository.find(row.intakeId))!);
  }

  /** Takes a file back, with its draft and its blobs when nobody else uses them. */
  async withdraw(row: IntakeRow): Promise<void> {
    const { repository, resources } = this.#parts;
    await this.#checks.cancel(row.intakeId);
    await this.#preparations.cancel(row.intakeId);
    const resource = row.resourceId ? await resources.find(row.resourceId) : null;
    if (resource && resource.state !== 'draft')
      throw new AppError('WRONG_STATE', 'it was handed in for review meanwhile');
    if (resource) await this.#removeDraft(resource.resourceId);
    await repository.remove(row.intakeId);
    await this.store.discard(row.intakeId);
  }

  /** What its sender wrote about a file: kept for the draft to come, or put into the one that is there. */
  async describe(row: IntakeRow, fields: IntakeFields): Promise<void> {
    const { repository, resources } = this.#parts;
    const all = { ...row.fields, ...fields };
    await repository.change(row.intakeId, { fields: all });
    const fresh = await repository.find(row.intakeId);
    if (fresh?.resourceId) await applyFields(resources, fresh.resourceId, all, row.accountId);
  }

  async ofRow(row: IntakeRow): Promise<Intake> {
    const {
      intakeId,
      name,
      bytes,
      state,
      kind,
      failure,
      notices,
      progress,
      resourceId,
      described,
      createdAt,
    } = row;
    const receivedBytes = state === 'receiving' ? await this.store.received(intakeId) : bytes;
    const shown = { intakeId, name, bytes, receivedBytes, state, kind, failure };
    return { ...shown, notices, progress, resourceId, described, createdAt };
  }

  /** Removes uploads that nobody went on with, and failures that nobody tried again. */
  async sweep(now = new Date()): Promise<number> {
    const { repository, config } = this.#parts;
    const since = new Date(now.getTime() - config.library.abandonedHours * 3_600_000);
    const abandoned = await repository.untouchedSince(since);
    for (const row of abandoned) await this.withdraw(row);
    return abandoned.length;
  }

  async close(): Promise<void> {
    clearInterval(this.#sweeper);
    await Promise.all([this.#checks.close(), this.#preparations.close()]);
  }

  /** Brings in what a package holds, in the background. @throws AppError WRONG_STATE */
  async importPackage(row: IntakeRow, { skipRefused }: { skipRefused: boolean }): Promise<Intake> {
    const { repository } = this.#parts;
    const report = row.report as PackageReport | null;
    const begins =
      row.kind === 'package' && report?.imported === null && report.rows.some(({ fate }) => fate === 'new');
    const refused = report?.rows.some(({ fate }) => fate === 'refused') && !skipRefused;
    if (!begins || refused) throw new AppError('WRONG_STATE', 'this package cannot be brought in');
    const change = { state: 'preparing', progress: 0, report: { ...report, skipRefused } } as const;
    if (!(await repository.change(row.intakeId, change, 'ready')))
      throw new AppError('OVERTAKEN', 'it is being brought in already');
    this.#preparations.add(row.intakeId);
    return await this.ofRow((await repository.find(row.intakeId))!);
  }

  async #mustHaveRoom({ accountId }: Account): Promise<void> {
    if ((await this.#parts.repository.countUnfinished(accountId)) >= MAX_UNFINISHED)
      throw new AppError('TOO_MANY_REQUESTS', 'too many unfinished uploads');
  }

  /** What the last process was in the middle of; a file that had come whole is looked into again. */
  async #takeUp(): Promise<void> {
    const { repository } = this.#parts;
    // What the last process was making has no row; the files that were sent have one.
    for (const name of await readdir(this.store.directory)) {
      const known = await repository.find(name.replace(/\.json$/, ''));
      if (!known) await rm(join(this.store.directory, name), { recursive: true, force: true });
    }
    for (const row of await repository.inStates(['receiving', 'checking', 'preparing'])) {
      if (row.state === 'preparing') this.#preparations.add(row.intakeId);
      else if (row.state === 'checking') this.#checks.add(row.intakeId);
      else if ((await this.store.received(row.intakeId)) === row.bytes) await this.arrived(row.intakeId);
    }
  }

  async #check(intakeId: string): Promise<void> {
    const { repository, resources, packages } = this.#parts;
    try {
      const row = await repository.find(intakeId);
      if (row?.state !== 'checking') return;
      const path = this.store.pathOf(intakeId);
      const sha256 = await hashOf(path);
      const kept = await repository.kept(row.organizationId, sha256, row.bytes);
      if (kept) {
        await this.#share({ ...row, sha256 }, kept);
        return await this.store.discard(intakeId);
      }
      const { kind, notices } = await this.#examine(path);
      if (kind === 'package') {
        const report = await packages.inspect(row, path, this.#forPackages());
        await repository.change(intakeId, { kind, sha256, report, state: 'ready' }, 'checking');
        return;
      }
      const resourceId = row.resourceId ?? (await draftOf(resources, row, kind));
      await repository.change(intakeId, { kind, sha256, notices, resource_id: resourceId });
      await this.#applyLatest(intakeId);
      await repository.change(intakeId, { state: 'preparing' }, 'checking');
      this.#preparations.add(intakeId);
    } catch (error) {
      await this.#fail(intakeId, error);
    }
  }

  async #prepare(intakeId: string, signal: AbortSignal): Promise<void> {
    const { repository, blobs, config } = this.#parts;
    let written = 0;
    const onProgress = (progress: number) => {
      if (Date.now() - written < PROGRESS_MS) return;
      written = Date.now();
      repository.change(intakeId, { progress }, 'preparing').catch(() => undefined);
    };
    try {
      const row = await repository.find(intakeId);
      if (row?.state !== 'preparing') return;
      const path = this.store.pathOf(intakeId);
      if (row.kind === 'package') return await this.#bringIn(row, path);
      if (!row.resourceId) return;
      const sha256 = row.sha256 ?? (await hashOf(path));
      const { conversionSeconds } = config.courseware;
      const tools = { blobs, ffmpeg: this.#ffmpeg, office: this.#office, conversionSeconds };
      const made = await prepare(tools, await this.#examine(path), { path, sha256, signal, onProgress });
      await repository.putFiles(row.resourceId, made.files, made.durationMs);
      await repository.change(intakeId, { state: 'ready', progress: 1, notices: made.notices }, 'preparing');
      await this.store.discard(intakeId);
    } catch (error) {
      // Taken back, or this process ends: the next one takes it up.
      if (!signal.aborted) await this.#fail(intakeId, error);
    }
  }

  async #bringIn(row: IntakeRow, path: string): Promise<void> {
    const { packages } = this.#parts;
    const made = await packages.bringIn(row, path, this.store.directory, this.#forPackages());
    await this.store.discard(row.intakeId);
    for (const intakeId of made) this.#preparations.add(intakeId);
  }

  #forPackages() {
    return { maxFileBytes: this.maxBytes, examine: (path: string) => this.#examine(path) };
  }

  async #examine(path: string): Promise<Examined> {
    const maxFilmSeconds = this.#parts.config.library.maxFilmMinutes * 60;
    return await examine(path, { ffmpeg: this.#ffmpeg, maxFilmSeconds });
  }

  /** A draft of its own on blobs that are here already. */
  async #share(row: IntakeRow, files: ResourceFile[]): Promise<void> {
    const { repository, resources } = this.#parts;
    const like = await repository.likeness(files[0]!.blobKey);
    const kind = like?.kind === 'document' || like?.kind === 'image' ? like.kind : 'film';
    const resourceId = row.resourceId ?? (await draftOf(resources, row, kind));
    await repository.putFiles(resourceId, files, like?.durationMs ?? null);
    await repository.change(row.intakeId, {
      ...{ state: 'ready', kind, progress: 1, notices: ['shared'], resource_id: resourceId, prove: null },
      ...(row.sha256 && { sha256: row.sha256 }),
    });
    await this.#applyLatest(row.intakeId);
  }

  /** What its sender wrote while the draft was being made. */
  async #applyLatest(intakeId: string): Promise<void> {
    const { repository, resources } = this.#parts;
    const row = await repository.find(intakeId);
    if (row?.resourceId) await applyFields(resources, row.resourceId, row.fields, row.accountId);
  }

  async #removeDraft(resourceId: string): Promise<void> {
    const { repository, resources, blobs } = this.#parts;
    const folders = [...new Set((await resources.files(resourceId)).map(({ blobKey }) => folderOf(blobKey)))];
    await repository.removeDraft(resourceId);
    for (const folder of await repository.unused(folders))
      for (const key of await blobs.list(folder)) await blobs.delete(key);
  }

  async #fail(intakeId: string, error: unknown): Promise<void> {
    const { repository, logger } = this.#parts;
    const { code } = isFull(error) ? new AppError('STORAGE_FULL') : AppError.from(error);
    logger.warn({ err: error, intakeId, code }, 'a file was not taken in');
    // What will never be taken in need not be kept.
    if (!ERRORS[code].retry) await this.store.discard(intakeId);
    await repository.change(intakeId, { state: 'failed', failure: code }).catch((failed: unknown) => {
      logger.error({ err: failed, intakeId }, 'a failed upload could not be marked');
    });
  }
}
