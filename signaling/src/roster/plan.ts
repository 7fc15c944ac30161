import { createHash } from 'node:crypto';
import { setImmediate as breathe } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Account } from '#protocol/domain.ts';
import { type RosterCounts, RosterKind, type RosterMissing } from '#protocol/roster.ts';
import type { Db } from '../database/database.ts';
import { Entry } from './entry.ts';
import { type Existing, readExisting } from './existing.ts';
import { missingRows } from './missing.ts';
import { planClass, planCourse, planTerm } from './plan-courses.ts';
import { EnrollmentPlanner } from './plan-enrollments.ts';
import { planOrgs } from './plan-orgs.ts';
import { planUser } from './plan-users.ts';
import { Planning } from './planning.ts';
import type { RawRow } from './roster-file.ts';

export interface SourceFile {
  name: string;
  kind: RosterKind;
  rows: readonly RawRow[];
  /** It tells what changed, and nothing by what it leaves out. */
  delta: boolean;
}

export interface Plan {
  entries: Entry[];
  existing: Existing;
  counts: RosterCounts;
  /** The same for the same fates. */
  digest: string;
}

/** Rows between two breaths: lessons go on meanwhile. */
const AT_ONCE = 1_000;

/** Works out what would become of every row. Nothing is written. */
export async function planRoster(
  db: Db,
  {
    rootId,
    account,
    files,
    missing = 'keep',
    onProgress = async () => {},
  }: {
    rootId: string;
    account: Account;
    files: readonly SourceFile[];
    missing?: RosterMissing;
    onProgress?: (done: number) => Promise<void>;
  },
): Promise<Plan> {
  const existing = await readExisting(db, rootId);
  const planning = new Planning(existing, account, await readTaken(db, files));
  const enrollments = new EnrollmentPlanner(planning);
  const entries: Entry[] = [];
  for (const kind of RosterKind.options) {
    const rows: Entry[] = [];
    for (const { name, rows: raws } of files.filter((file) => file.kind === kind))
      for (const raw of raws) {
        const entry = new Entry(name, kind, raw);
        entry.checkForm();
        if (kind !== 'enrollments') planning.register(entry);
        if (rows.push(entry) % AT_ONCE === 0) await breathe();
      }
    if (kind === 'orgs')
      planOrgs(
        planning,
        rows.filter(({ refused }) => !refused),
      );
    else
      for (const [at, entry] of rows.entries()) {
        if (at % AT_ONCE === 0) {
          await breathe();
          await onProgress(entries.length + at);
        }
        if (entry.refused) continue;
        if (kind === 'academicSessions') planTerm(planning, entry);
        else if (kind === 'courses') planCourse(planning, entry);
        else if (kind === 'users') planUser(planning, entry);
        else if (kind === 'classes') planClass(planning, entry);
        else enrollments.plan(entry);
      }
    for (const entry of rows) entries.push(entry);
  }
  const whole = new Set(files.filter(({ delta }) => !delta).map(({ kind }) => kind));
  for (const entry of missingRows(planning, entries, { whole, missing })) entries.push(entry);
  return { entries, existing, counts: countsOf(entries), digest: await digestOf(entries) };
}

function countsOf(entries: readonly Entry[]): RosterCounts {
  const counts = Object.fromEntries(RosterKind.options.map((kind) => [kind, {}])) as RosterCounts;
  for (const { kind, fate } of entries) counts[kind][fate] = (counts[kind][fate] ?? 0) + 1;
  return counts;
}

async function digestOf(entries: readonly Entry[]): Promise<string> {
  const hash = createHash('sha256');
  for (const [at, { kind, sourcedId, fate, changes }] of entries.entries()) {
    if (at % (AT_ONCE * 5) === 0) await breathe();
    hash.update(JSON.stringify([kind, sourcedId, fate, changes]));
  }
  return hash.digest('base64url');
}

/** Whose the logins and codes are that the files name: they are one of a kind in the whole platform. */
async function readTaken(db: Db, files: readonly SourceFile[]) {
  const cellsOf = (kind: RosterKind, column: string) =>
    JSON.stringify([
      ...new Set(
        files
          .filter((file) => file.kind === kind)
          .flatMap(({ rows }) =>
            rows.map(({ cells }) => (cells[column] ?? '').normalize('NFKC').toLowerCase()),
          )
          .filter(Boolean),
      ),
    ]);
  const logins = await sql<{ key: string; id: string }>`
    select lower(login) as key, id from account
    where lower(login) in (select jsonb_array_elements_text(${cellsOf('users', 'username')}::jsonb))`.execute(
    db,
  );
  const codes = await sql<{ key: string; id: string }>`
    select lower(code) as key, id from organization
    where lower(code) in (select jsonb_array_elements_text(${cellsOf('orgs', 'identifier')}::jsonb))`.execute(
    db,
  );
  const mapOf = (rows: readonly { key: string; id: string }[]) =>
    new Map(rows.map(({ key, id }) => [key, id]));
  return { logins: mapOf(logins.rows), codes: mapOf(codes.rows) };
}
