import { sql, type Transaction } from 'kysely';
import { AppError } from '#protocol/errors.ts';
import type { RosterKind } from '#protocol/roster.ts';
import type { Db } from '../database/database.ts';
import type { Database } from '../database/schema.ts';
import type { Entry } from './entry.ts';
import { knownId, markOf } from './existing.ts';
import type { Plan } from './plan.ts';
import type { RoleChanges } from './plan-users.ts';
import { type Columns, ids, insertRows, joinRows, recordset, updateRows } from './rows-in-bulk.ts';

type Trx = Transaction<Database>;

/** Whose rights or place became less: their sessions end. */
export interface Applied {
  archived: string[];
  disabled: string[];
  rolesTaken: string[];
  administrators: { accountId: string; organizationId: string }[];
}

const COLUMNS: Record<keyof typeof TABLES, Columns> = {
  orgs: { parent_id: 'text', kind: 'text', name: 'text', code: 'text' },
  academicSessions: { organization_id: 'text', name: 'text', starts_on: 'text', ends_on: 'text' },
  courses: {
    organization_id: 'text',
    title: 'text',
    subject: 'text',
    grade: 'text',
    stage: 'text',
    textbook: 'text',
  },
  classes: {
    ...{ organization_id: 'text', name: 'text', grade: 'text', stage: 'text', enrolled_year: 'int' },
    classroom_id: 'text',
  },
};
const TABLES = {
  orgs: 'organization',
  academicSessions: 'term',
  courses: 'course',
  classes: 'class_group',
} as const;

/**
 * Does what a plan says, all of it or nothing: one transaction, in which nothing is waited for but the database.
 * @param importId is marked as applied in the same transaction
 * @throws AppError OVERTAKEN when anything the plan rests on was changed after it was made
 */
export async function applyPlan(
  db: Db,
  { plan, rootId, importId, accountId }: { plan: Plan; rootId: string; importId: string; accountId: string },
): Promise<Applied> {
  return await db
    .transaction()
    .execute(async (trx) => {
      // One import after the other.
      await sql`select pg_advisory_xact_lock(7316)`.execute(trx);
      if ((await markOf(trx, rootId)) !== plan.existing.mark)
        throw new AppError('OVERTAKEN', 'the directory was changed after the plan was made');
      const of = (kind: RosterKind) => plan.entries.filter((entry) => entry.kind === kind);
      await writeKind(trx, 'orgs', of('orgs'));
      await archiveOrganizations(trx, of('orgs'));
      await writeKind(trx, 'academicSessions', of('academicSessions'));
      await writeKind(trx, 'courses', of('courses'));
      const applied = await writeUsers(trx, of('users'), accountId);
      await writeKind(trx, 'classes', of('classes'));
      await writeEnrollments(trx, of('enrollments'));
      await writeExternal(trx, plan, rootId);
      await trx
        .updateTable('roster_import')
        .set({ state: 'applied', applied_at: new Date(), busy: null, busy_until: null, failure: null })
        .where('id', '=', importId)
        .execute();
      return applied;
    })
    .catch((error: { code?: string }) => {
      // A login or a code that somebody elsewhere took meanwhile.
      if (error.code === '23505')
        throw new AppError('OVERTAKEN', 'a login or code was taken meanwhile', { cause: error });
      throw error;
    });
}

/** Said by a row, or by what the file has no more. */
const isFate = (entry: Entry, fate: Entry['fate']): boolean =>
  entry.fate === fate || (fate === 'archived' && entry.fate === 'left');

const rowsOf = (entries: readonly Entry[], fate: Entry['fate']) =>
  entries
    .filter((entry) => isFate(entry, fate))
    .map(({ id, values }): Record<string, unknown> => ({ id, ...values }));

async function writeKind(trx: Trx, kind: keyof typeof TABLES, entries: readonly Entry[]): Promise<void> {
  const table = TABLES[kind];
  const columns = COLUMNS[kind];
  // A statement's rows may refer to each other; those of an earlier one not to those of a later.
  const upwards = [...entries].sort((one, other) => one.depth - other.depth);
  await insertRows(trx, table, { id: 'text', ...columns }, rowsOf(upwards, 'new'));
  const changed = rowsOf(entries, 'changed');
  await updateRows(trx, table, columns, changed);
  if (table === 'term') return;
  await setArchived(
    trx,
    table,
    changed.map(({ id }) => id as string),
    false,
  );
  if (kind !== 'orgs') await setArchived(trx, table, idsOf(entries, 'archived'), true);
}

const idsOf = (entries: readonly Entry[], fate: Entry['fate']): string[] =>
  entries.filter((entry) => isFate(entry, fate)).map(({ id }) => id);

async function setArchived(
  trx: Trx,
  table: 'organization' | 'account' | 'class_group' | 'course',
  all: readonly string[],
  archived: boolean,
): Promise<void> {
  if (all.length === 0) return;
  await sql`update ${sql.table(table)} set archived_at = ${archived ? sql`now()` : sql`null`}, version = version + 1
    where id in ${ids(all)} and archived_at is ${archived ? sql`null` : sql`not null`}`.execute(trx);
}

/** With an organization goes all that is below it. */
async function archiveOrganizations(trx: Trx, entries: readonly Entry[]): Promise<void> {
  const gone = idsOf(entries, 'archived');
  if (gone.length === 0) return;
  const below = sql`(with recursive below as (
      select id from organization where id in ${ids(gone)}
      union select o.id from organization o join below b on o.parent_id = b.id
    ) select id from below)`;
  for (const table of ['course', 'class_group', 'classroom', 'account'] as const)
    await sql`update ${sql.table(table)} set archived_at = now(), version = version + 1
      where organization_id in ${below} and archived_at is null`.execute(trx);
  await sql`update organization set archived_at = now(), version = version + 1
    where id in ${below} and archived_at is null`.execute(trx);
}

async function writeUsers(trx: Trx, entries: readonly Entry[], accountId: string): Promise<Applied> {
  const columns = {
    organization_id: 'text',
    name: 'text',
    login: 'text',
    number: 'text',
    is_nickname: 'boolean',
  } as const;
  const made = rowsOf(entries, 'new');
  const changed = rowsOf(entries, 'changed');
  await insertRows(
    trx,
    'account',
    { id: 'text', kind: 'text', ...columns, disabled_at: 'timestamptz' },
    made.map((row) => ({ ...row, kind: 'person', disabled_at: row.disabled ? new Date() : null })),
  );
  await updateRows(trx, 'account', columns, changed);
  await setArchived(
    trx,
    'account',
    changed.map(({ id }) => id as string),
    false,
  );
  const archived = idsOf(entries, 'archived');
  await setArchived(trx, 'account', archived, true);
  const disabled = changed.filter((row) => row.disabled).map(({ id }) => id as string);
  if (disabled.length > 0)
    await sql`update account set disabled_at = now() where id in ${ids(disabled)} and disabled_at is null`.execute(
      trx,
    );
  return { archived, disabled, ...(await writeRoles(trx, [...made, ...changed], accountId)) };
}

async function writeRoles(trx: Trx, people: readonly Record<string, unknown>[], accountId: string) {
  const rolesOf = (which: keyof RoleChanges) =>
    people.flatMap(({ id, roles }) =>
      (roles as RoleChanges)[which].map(({ role, organizationId }) => ({
        ...{ account_id: id as string, organization_id: organizationId, role, granted_by: accountId },
      })),
    );
  const [given, taken] = [rolesOf('given'), rolesOf('taken')];
  await joinRows(
    trx,
    'account_role',
    { account_id: 'text', organization_id: 'text', role: 'text', granted_by: 'text' },
    given,
  );
  if (taken.length > 0)
    await sql`delete from account_role t using ${recordset(taken, {
      ...{ account_id: 'text', organization_id: 'text', role: 'text' },
    })} where t.account_id = r.account_id and t.organization_id = r.organization_id and t.role = r.role`.execute(
      trx,
    );
  return {
    rolesTaken: [...new Set(taken.map(({ account_id }) => account_id))],
    administrators: given
      .filter(({ role }) => role === 'administrator')
      .map(({ account_id, organization_id }) => ({ accountId: account_id, organizationId: organization_id })),
  };
}

async function writeEnrollments(trx: Trx, entries: readonly Entry[]): Promise<void> {
  const columns = { class_group_id: 'text', account_id: 'text' } as const;
  const members = entries.filter(({ values }) => !values.head);
  await joinRows(trx, 'class_group_member', columns, rowsOf(members, 'new'));
  const left = rowsOf(members, 'archived');
  if (left.length > 0)
    await sql`delete from class_group_member t using ${recordset(left, columns)}
      where t.class_group_id = r.class_group_id and t.account_id = r.account_id`.execute(trx);
  const heads = entries.filter(
    ({ values, fate }) => values.head && ['new', 'changed', 'archived'].includes(fate),
  );
  await updateRows(
    trx,
    'class_group',
    { head_teacher_id: 'text' },
    heads.map(({ fate, values }) => ({
      id: values.class_group_id,
      head_teacher_id: fate === 'archived' ? null : values.account_id,
    })),
  );
}

/** What the other system calls its rows, for the next time; a name that meant something that is gone means this now. */
async function writeExternal(trx: Trx, plan: Plan, rootId: string): Promise<void> {
  const rows = plan.entries
    .filter(({ kind, id, fate, sourcedId }) => {
      if (kind === 'enrollments' || !['new', 'changed', 'unchanged'].includes(fate)) return false;
      return knownId(plan.existing, kind, sourcedId) !== id && !(kind === 'courses' && id.length < 22);
    })
    .map(({ kind, sourcedId, id }) => ({ root_id: rootId, kind, external: sourcedId, id }));
  const columns = { root_id: 'text', kind: 'text', external: 'text', id: 'text' } as const;
  await insertRows(
    trx,
    'external_id',
    columns,
    rows,
    sql`on conflict (root_id, kind, external) do update set id = excluded.id`,
  );
}
