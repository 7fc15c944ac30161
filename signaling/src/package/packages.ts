import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { newId } from '#platform/ids.ts';
import { AppError } from '#protocol/errors.ts';
import type { PackageReport } from '#protocol/package.ts';
import type { Db } from '../database/database.ts';
import type { IntakeRepository, IntakeRow } from '../intake/intake-repository.ts';
import { insertResource } from '../resource/resource-repository.ts';
import { openPackage, type ReadOptions, type ReadRow, readPackage } from './package-reader.ts';

/** Brings packages in: first what each row would become, then all of them at once or none. */
export class Packages {
  readonly #db: Db;
  readonly #repository: IntakeRepository;

  constructor(db: Db, repository: IntakeRepository) {
    this.#db = db;
    this.#repository = repository;
  }

  async inspect(row: IntakeRow, path: string, options: Omit<ReadOptions, 'isKept'>): Promise<PackageReport> {
    const rows = await this.#read(row, path, options);
    return { rows: rows.map(({ report }) => report), imported: null };
  }

  /**
   * Makes drafts of all rows that are new, with their files waiting to be prepared. Rows and the package's own end
   * are one transaction: before it there is nothing, after it there is all.
   * @returns the ids of the intakes that were made
   * @throws AppError WRONG_STATE when a row is refused and none is to be left out
   */
  async bringIn(
    row: IntakeRow,
    path: string,
    folder: string,
    options: Omit<ReadOptions, 'isKept'>,
  ): Promise<string[]> {
    const rows = await this.#read(row, path, options);
    const { skipRefused } = (row.report ?? {}) as { skipRefused?: boolean };
    if (!skipRefused && rows.some(({ report }) => report.fate === 'refused'))
      throw new AppError('WRONG_STATE', 'rows are refused');
    const fresh = rows.filter(({ report }) => report.fate === 'new');
    const made = fresh.map((one) => ({ ...one, intakeId: newId(), resourceId: newId() }));
    const zip = await openPackage(path, row.bytes);
    try {
      for (const { intakeId, entry } of made) {
        // Its name is its id's only when it is whole.
        const draft = `${path}-work-${intakeId}`;
        await zip.extract(entry!, draft, options.maxFileBytes);
        await rename(draft, join(folder, intakeId));
      }
      const report: PackageReport = { rows: rows.map((one) => one.report), imported: made.length };
      await this.#insert(row, made, report);
    } catch (error) {
      for (const { intakeId } of made) await rm(join(folder, intakeId), { force: true });
      throw error;
    } finally {
      zip.close();
    }
    return made.map(({ intakeId }) => intakeId);
  }

  async #read(row: IntakeRow, path: string, options: Omit<ReadOptions, 'isKept'>): Promise<ReadRow[]> {
    return await readPackage(path, row.bytes, {
      ...options,
      isKept: async (sha256, bytes) =>
        (await this.#repository.kept(row.organizationId, sha256, bytes)) !== null,
    });
  }

  async #insert(
    { intakeId: packageId, organizationId, accountId }: IntakeRow,
    made: (ReadRow & { intakeId: string; resourceId: string })[],
    report: PackageReport,
  ): Promise<void> {
    const now = new Date();
    await this.#db.transaction().execute(async (trx) => {
      for (const { intakeId, resourceId, metadata, kind, sha256, report: row } of made) {
        const { title, description, catalogue, licence } = metadata!;
        const draft = { organizationId, kind: kind!, lessonId: null, authorId: accountId, programme: null };
        await insertResource(
          trx,
          resourceId,
          { ...draft, title, description, durationMs: null, catalogue },
          now,
        );
        await trx.updateTable('resource').set({ licence }).where('id', '=', resourceId).execute();
        const { name, bytes } = row;
        await trx
          .insertInto('intake')
          .values({
            ...{ id: intakeId, organization_id: organizationId, account_id: accountId, name, bytes, sha256 },
            ...{ state: 'preparing', kind: kind!, failure: null, notices: '[]', progress: 0 },
            fields: JSON.stringify({ title, description, catalogue, licence }),
            ...{ prove: null, report: null, resource_id: resourceId, created_at: now, touched_at: now },
          })
          .execute();
      }
      await trx
        .updateTable('intake')
        .set({ state: 'ready', progress: 1, report: JSON.stringify(report), touched_at: now })
        .where('id', '=', packageId)
        .execute();
    });
  }
}
