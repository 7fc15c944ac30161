import { sql } from 'kysely';
import type { Account } from '#protocol/domain.ts';
import type { ErrorCode } from '#protocol/errors.ts';
import type { CatalogueMany, Intake, IntakeKind, IntakeNotice, IntakeState } from '#protocol/intake.ts';
import type { ResourceFile } from '#protocol/resource.ts';
import type { Db } from '../database/database.ts';
import type { Challenge } from '../database/schema/intake.ts';

export type IntakeFields = Omit<CatalogueMany, 'intakeIds'>;

export interface IntakeRow extends Omit<Intake, 'receivedBytes'> {
  organizationId: string;
  accountId: string;
  sha256: string | null;
  fields: IntakeFields;
  prove: Challenge | null;
  report: unknown;
}

export interface IntakeChange {
  state?: IntakeState;
  kind?: IntakeKind;
  sha256?: string;
  failure?: ErrorCode | null;
  notices?: IntakeNotice[];
  progress?: number;
  fields?: IntakeFields;
  prove?: null;
  report?: unknown;
  resource_id?: string;
}

/** How long a finished one is still listed for its sender. */
const LISTED_MS = 24 * 3_600_000;

/** Files on their way in, as rows. */
export class IntakeRepository {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  async add(
    intakeId: string,
    { accountId, organizationId }: Account,
    made: { name: string; bytes: number; sha256?: string; state: IntakeState; prove?: Challenge },
  ): Promise<void> {
    const { name, bytes, sha256, state, prove } = made;
    const now = new Date();
    await this.#db
      .insertInto('intake')
      .values({
        id: intakeId,
        organization_id: organizationId,
        account_id: accountId,
        name,
        bytes,
        sha256: sha256 ?? null,
        state,
        kind: null,
        failure: null,
        notices: '[]',
        progress: 0,
        fields: '{}',
        prove: prove ? JSON.stringify(prove) : null,
        report: null,
        resource_id: null,
        created_at: now,
        touched_at: now,
      })
      .execute();
  }

  async find(intakeId: string): Promise<IntakeRow | null> {
    const [row] = await this.#rows((query) => query.where('id', '=', intakeId));
    return row ?? null;
  }

  /** What an account has under way, and what became of the rest within a day; newest first. */
  async ofAccount(accountId: string): Promise<IntakeRow[]> {
    return await this.#rows((query) =>
      query
        .where('account_id', '=', accountId)
        .where((or) =>
          or.or([or('state', 'not in', ['ready']), or('touched_at', '>', new Date(Date.now() - LISTED_MS))]),
        )
        .orderBy('created_at', 'desc')
        .limit(200),
    );
  }

  async inStates(states: IntakeState[]): Promise<IntakeRow[]> {
    return await this.#rows((query) => query.where('state', 'in', states).orderBy('created_at'));
  }

  async untouchedSince(at: Date): Promise<IntakeRow[]> {
    return await this.#rows((query) =>
      query.where('touched_at', '<', at).where('state', 'in', ['receiving', 'proving', 'failed']),
    );
  }

  async countUnfinished(accountId: string): Promise<number> {
    const { count } = await this.#db
      .selectFrom('intake')
      .select(({ fn }) => fn.countAll<string>().as('count'))
      .where('account_id', '=', accountId)
      .where('state', 'in', ['receiving', 'proving', 'checking', 'preparing'])
      .executeTakeFirstOrThrow();
    return Number(count);
  }

  /** False when it is not in `from` any more: somebody else was faster, or it is gone. */
  async change(intakeId: string, change: IntakeChange, from?: IntakeState): Promise<boolean> {
    const { notices, fields, report, ...plain } = change;
    let query = this.#db
      .updateTable('intake')
      .set({
        ...plain,
        ...(notices && { notices: JSON.stringify(notices) }),
        ...(fields && { fields: JSON.stringify(fields) }),
        ...(report !== undefined && { report: JSON.stringify(report) }),
        touched_at: new Date(),
      })
      .where('id', '=', intakeId);
    if (from) query = query.where('state', '=', from);
    return (await query.executeTakeFirst()).numUpdatedRows > 0n;
  }

  async remove(intakeId: string): Promise<void> {
    await this.#db.deleteFrom('intake').where('id', '=', intakeId).execute();
  }

  /** A whole content that this organization already keeps: the files of the resource that it was brought in as. */
  async kept(organizationId: string, sha256: string, bytes: number): Promise<ResourceFile[] | null> {
    const found = await this.#db
      .selectFrom('resource_file')
      .innerJoin('resource', 'resource.id', 'resource_file.resource_id')
      .select('resource.id')
      .where('resource.organization_id', '=', organizationId)
      .where('resource_file.role', '=', 'source')
      .where('resource_file.sha256', '=', sha256)
      .where('resource_file.bytes', '=', String(bytes))
      .limit(1)
      .executeTakeFirst();
    if (!found) return null;
    const rows = await this.#db
      .selectFrom('resource_file')
      .selectAll()
      .where('resource_id', '=', found.id)
      .execute();
    return rows.map(({ role, blob_key, sha256: hash, bytes: size, mime }) => ({
      role,
      blobKey: blob_key,
      sha256: hash,
      bytes: Number(size),
      mime,
    }));
  }

  /** Duration and kind of the resource that a blob was made for. */
  async likeness(blobKey: string): Promise<{ kind: IntakeKind; durationMs: number | null } | null> {
    const found = await this.#db
      .selectFrom('resource_file')
      .innerJoin('resource', 'resource.id', 'resource_file.resource_id')
      .select(['resource.kind', 'resource.duration_ms'])
      .where('resource_file.blob_key', '=', blobKey)
      .limit(1)
      .executeTakeFirst();
    return found ? { kind: found.kind as IntakeKind, durationMs: found.duration_ms } : null;
  }

  /** All files of a resource at once, with what is known of it only now. */
  async putFiles(resourceId: string, files: ResourceFile[], durationMs: number | null): Promise<void> {
    await this.#db.transaction().execute(async (trx) => {
      await trx.deleteFrom('resource_file').where('resource_id', '=', resourceId).execute();
      await trx
        .insertInto('resource_file')
        .values(
          files.map(({ role, blobKey, sha256, bytes, mime }) => ({
            resource_id: resourceId,
            role,
            blob_key: blobKey,
            sha256,
            bytes,
            mime,
          })),
        )
        .execute();
      await trx
        .updateTable('resource')
        .set({ duration_ms: durationMs, updated_at: new Date() })
        .where('id', '=', resourceId)
        .execute();
    });
  }

  async removeDraft(resourceId: string): Promise<void> {
    await this.#db.deleteFrom('resource').where('id', '=', resourceId).where('state', '=', 'draft').execute();
  }

  /** Of these folders of content, those that no resource uses. */
  async unused(folders: string[]): Promise<string[]> {
    const free: string[] = [];
    for (const folder of folders) {
      const used = await this.#db
        .selectFrom('resource_file')
        .select('resource_id')
        .where(sql<boolean>`starts_with(blob_key, ${`${folder}/`})`)
        .limit(1)
        .executeTakeFirst();
      if (!used) free.push(folder);
    }
    return free;
  }

  async #rows(
    narrow: (query: ReturnType<typeof this.select>) => ReturnType<typeof this.select>,
  ): Promise<IntakeRow[]> {
    const rows = await narrow(this.select()).execute();
    return rows.map((row) => ({
      intakeId: row.id,
      organizationId: row.organization_id,
      accountId: row.account_id,
      name: row.name,
      bytes: Number(row.bytes),
      sha256: row.sha256,
      state: row.state,
      kind: row.kind,
      failure: row.failure,
      notices: row.notices,
      progress: row.progress,
      fields: row.fields,
      prove: row.prove,
      report: row.report,
      resourceId: row.resource_id,
      described: Object.keys(row.fields).length > 0,
      createdAt: row.created_at.getTime(),
    }));
  }

  private select() {
    return this.#db.selectFrom('intake').selectAll();
  }
}
