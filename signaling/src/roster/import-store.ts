import { setImmediate as breathe } from 'node:timers/promises';
import { type Insertable, sql } from 'kysely';
import { newId } from '#platform/ids.ts';
import { AppError, type ErrorCode } from '#protocol/errors.ts';
import {
  MILD_FILE_ISSUES,
  type RosterCounts,
  type RosterFate,
  type RosterImport,
  type RosterKind,
  type RosterMissing,
  type RosterRow,
  type RosterRowsQuery,
} from '#protocol/roster.ts';
import type { TablePage } from '#protocol/table.ts';
import type { Db } from '../database/database.ts';
import type { Database } from '../database/schema.ts';
import type { Entry } from './entry.ts';
import type { SourceFile } from './plan.ts';
import { packRows, type ReadFile, unpackRows } from './roster-file.ts';

/** Who looks through a plan today confirms it today. */
const KEPT_MS = 24 * 3_600_000;
/** Somebody who works at an import says so again before this is over. */
const BUSY_MS = 60_000;
/** A statement's worth; see `rows-in-bulk.ts`. */
const ROWS_AT_ONCE = 1_000;

type PackedFile = Omit<Insertable<Database['roster_file']>, 'import_id' | 'name'>;

export interface ImportRow {
  id: string;
  organization_id: string;
  created_by: string;
  state: 'receiving' | 'planned' | 'applied';
  missing: RosterMissing;
  digest: string | null;
}

/** Imports on their way: files, plans and what is being done with them. */
export class ImportStore {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  async begin(organizationId: string, accountId: string): Promise<string> {
    const over = await this.#db
      .selectFrom('roster_import')
      .select('id')
      .where('expires_at', '<', new Date())
      .execute();
    await this.#forget(over.map(({ id }) => id));
    const id = newId();
    const now = Date.now();
    await this.#db
      .insertInto('roster_import')
      .values({
        ...{ id, organization_id: organizationId, created_by: accountId, state: 'receiving' },
        ...{ created_at: new Date(now), expires_at: new Date(now + KEPT_MS) },
      })
      .execute();
    return id;
  }

  async find(id: string): Promise<ImportRow | null> {
    const row = await this.#db
      .selectFrom('roster_import')
      .select(['id', 'organization_id', 'created_by', 'state', 'missing', 'digest'])
      .where('id', '=', id)
      .where('expires_at', '>', new Date())
      .executeTakeFirst();
    return row ?? null;
  }

  /** Puts files in; one of the same name replaces the other, and what was planned is planned anew. */
  async putFiles(id: string, files: readonly ReadFile[]): Promise<void> {
    const packed: { name: string; row: PackedFile }[] = [];
    for (const { name, kind, encoding, problems, rows } of files)
      packed.push({
        name: name.slice(0, 200),
        row: {
          ...{ kind, encoding, problems: JSON.stringify(problems), row_count: rows.length, position: 0 },
          rows: await packRows(rows),
        },
      });
    await this.#db.transaction().execute(async (trx) => {
      for (const { name, row } of packed)
        await trx
          .insertInto('roster_file')
          .values({ import_id: id, name, ...row })
          .onConflict((conflict) => conflict.columns(['import_id', 'name']).doUpdateSet(row))
          .execute();
      await trx
        .updateTable('roster_import')
        .set({ state: 'receiving', counts: null, digest: null, failure: null })
        .where('id', '=', id)
        .execute();
    });
    await this.#forgetPlan(id);
  }

  /** A plan's rows are many: a few at a time, so that others are not kept waiting. */
  async #forgetPlan(id: string): Promise<void> {
    for (let left = true; left; ) {
      const { numDeletedRows } = await this.#db
        .deleteFrom('roster_row')
        .where('import_id', '=', id)
        .where('seq', 'in', (of) =>
          of.selectFrom('roster_row').select('seq').where('import_id', '=', id).limit(ROWS_AT_ONCE),
        )
        .executeTakeFirst();
      left = numDeletedRows === BigInt(ROWS_AT_ONCE);
      await breathe();
    }
  }

  async #forget(ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      await this.#forgetPlan(id);
      await this.#db.deleteFrom('roster_import').where('id', '=', id).execute();
    }
  }

  /** The files that are imported, with their rows. */
  async sources(id: string): Promise<SourceFile[]> {
    const rows = await this.#db
      .selectFrom('roster_file')
      .select(['name', 'kind', 'rows'])
      .where('import_id', '=', id)
      .orderBy('name')
      .execute();
    const delta = new Set<string>();
    const files: Omit<SourceFile, 'delta'>[] = [];
    for (const { name, kind, rows: packed } of rows) {
      const read = await unpackRows(packed);
      if (kind) files.push({ name, kind, rows: read });
      else for (const { cells } of read) if (cells.value === 'delta') delta.add(cells.propertyName ?? '');
    }
    return files.map((file) => ({ ...file, delta: delta.has(`file.${file.kind}`) }));
  }

  /** Takes the import for one of its two long works. @throws AppError WRONG_STATE when somebody is at it */
  async take(id: string, busy: 'plan' | 'apply', total: number): Promise<void> {
    const now = new Date();
    const { numUpdatedRows } = await this.#db
      .updateTable('roster_import')
      .set({ busy, busy_until: new Date(now.getTime() + BUSY_MS), done: 0, total, failure: null })
      .where('id', '=', id)
      .where((of) => of.or([of('busy', 'is', null), of('busy_until', '<', now)]))
      .executeTakeFirst();
    if (numUpdatedRows === 0n) throw new AppError('WRONG_STATE', 'it is being worked at');
  }

  async setMissing(id: string, missing: RosterMissing): Promise<void> {
    await this.#db.updateTable('roster_import').set({ missing }).where('id', '=', id).execute();
  }

  async progress(id: string, done: number): Promise<void> {
    await this.#db
      .updateTable('roster_import')
      .set({ done, busy_until: new Date(Date.now() + BUSY_MS) })
      .where('id', '=', id)
      .execute();
  }

  async failed(id: string, failure: ErrorCode): Promise<void> {
    await this.#db
      .updateTable('roster_import')
      .set({ busy: null, busy_until: null, failure })
      .where('id', '=', id)
      .execute();
  }

  /** Keeps a plan for whoever looks through it. */
  async keepPlan(
    id: string,
    { entries, counts, digest }: { entries: readonly Entry[]; counts: RosterCounts; digest: string },
  ): Promise<void> {
    await this.#forgetPlan(id);
    for (let from = 0; from < entries.length; from += ROWS_AT_ONCE) {
      const rows = entries.slice(from, from + ROWS_AT_ONCE).map((entry, at) => rowOf(entry, from + at));
      await sql`insert into roster_row
          (import_id, seq, file, line, kind, sourced_id, label, fate, changes, problems, original)
        select ${id}, seq, file, line, kind, "sourcedId", label, fate, changes, problems, original
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(seq int, file text, line int, kind text,
          "sourcedId" text, label text, fate text, changes jsonb, problems jsonb, original text)`.execute(
        this.#db,
      );
      await this.progress(id, from + rows.length);
      await breathe();
    }
    await this.#db
      .updateTable('roster_import')
      .set({ state: 'planned', counts: JSON.stringify(counts), digest, busy: null, busy_until: null })
      .where('id', '=', id)
      .execute();
  }

  async rows(id: string, query: RosterRowsQuery): Promise<TablePage<RosterRow>> {
    const { fate, kind, search, page, pageSize, format } = query;
    let found = this.#db.selectFrom('roster_row').where('import_id', '=', id);
    if (fate) found = found.where('fate', '=', fate);
    if (kind) found = found.where('kind', '=', kind);
    if (search) {
      const like = `%${search.replace(/[\\%_]/g, '\\$&')}%`;
      found = found.where((of) => of.or([of('label', 'ilike', like), of('sourced_id', 'ilike', like)]));
    }
    const { total } = await found
      .select(({ fn }) => fn.countAll<string>().as('total'))
      .executeTakeFirstOrThrow();
    const asked = found
      .select(['file', 'line', 'kind', 'label', 'fate', 'changes', 'problems', 'original'])
      .select('sourced_id as sourcedId')
      // What has to be mended comes first, what nobody needs to look at last.
      .orderBy(sql`case fate when 'refused' then 0 when 'unchanged' then 2 else 1 end`)
      .orderBy('seq');
    const rows = await (format ? asked : asked.limit(pageSize).offset((page - 1) * pageSize)).execute();
    return { rows, total: Number(total) };
  }

  async tell(id: string): Promise<RosterImport> {
    const row = await this.#db
      .selectFrom('roster_import as i')
      .innerJoin('organization as o', 'o.id', 'i.organization_id')
      .selectAll('i')
      .select('o.name')
      .where('i.id', '=', id)
      .executeTakeFirstOrThrow();
    const files = await this.#db
      .selectFrom('roster_file')
      .select(['name', 'kind', 'row_count as rows', 'encoding', 'problems'])
      .where('import_id', '=', id)
      .orderBy('name')
      .execute();
    const busy = row.busy_until && row.busy_until > new Date() ? row.busy : null;
    return {
      ...{
        importId: id,
        organizationId: row.organization_id,
        organizationName: row.name,
        ...{ state: row.state, missing: row.missing, busy },
      },
      progress: { done: row.done, total: row.total },
      // Its process is gone: what it was at was not done, and can be asked for again.
      failure: row.failure ?? (row.busy && !busy ? 'INTERNAL' : null),
      files,
      counts: row.counts,
      ready: row.state === 'planned' && isReady(row.counts, files),
      expiresAt: row.expires_at.getTime(),
      appliedAt: row.applied_at?.getTime() ?? null,
    };
  }

  async remove(id: string): Promise<void> {
    await this.#forget([id]);
  }
}

function rowOf(entry: Entry, seq: number) {
  const { file, raw, kind, sourcedId, label, fate, changes, problems } = entry;
  const original = fate === 'refused' || fate === 'skipped' ? raw.original : null;
  return { seq, file, line: raw.line, kind, sourcedId, label, fate, changes, problems, original };
}

const WRITING: readonly RosterFate[] = ['new', 'changed', 'archived', 'left'];

/** Nothing is refused, every file was read whole, and there is something to do. */
export function isReady(counts: RosterCounts | null, files: RosterImport['files']): boolean {
  if (!counts) return false;
  const sum = (fate: RosterFate) =>
    Object.values(counts).reduce((total, each: RosterCounts[RosterKind]) => total + (each[fate] ?? 0), 0);
  const whole = files.every(({ problems }) =>
    problems.every(({ issue }) => MILD_FILE_ISSUES.includes(issue)),
  );
  return whole && sum('refused') === 0 && WRITING.some((fate) => sum(fate) > 0);
}
