import { type Expression, type SqlBool, sql, type Transaction } from 'kysely';
import type { z } from 'zod';
import { newId } from '#platform/ids.ts';
import type { ClassroomChange, ClassroomRow, NewClassroom, RoomQuery } from '#protocol/directory.ts';
import type { Account } from '#protocol/domain.ts';
import type { Id } from '#protocol/ids.ts';
import type { TablePage } from '#protocol/table.ts';
import type { Actor } from '../audit/audit.ts';
import type { Database } from '../database/schema.ts';
import type { OfficeParts } from '../office/office-api.ts';
import { LOCK_DIRECTORY, msOf, objectOf, step } from './change.ts';
import { mustBeFree, placeOf } from './place-of.ts';
import { asked, pageOf, sortOf } from './rows.ts';

const SORTS = { name: ['x.name'], organization: ['o.name', 'x.name'], seen: ['"seenAt"'] };

/** Rooms with a device. Each has an account of its own, with the same id, as which its device signs in. */
export class Classrooms {
  readonly #parts: OfficeParts;

  constructor(parts: OfficeParts) {
    this.#parts = parts;
  }

  async page(account: Account, query: z.output<typeof RoomQuery>): Promise<TablePage<ClassroomRow>> {
    const visible = this.#parts.office.where(account, 'directory.see', 'x.organization_id');
    const condition = sql<SqlBool>`${visible} and ${asked(query, ['x.name', 'o.name'])}`;
    const { rows } = await sql<{ total: number }>`select count(*)::int as total
      from classroom x join organization o on o.id = x.organization_id where ${condition}`.execute(
      this.#parts.db,
    );
    return {
      rows: await this.#read(condition, sql`${sortOf(SORTS, query.sort, 'organization')} ${pageOf(query)}`),
      total: rows[0]!.total,
    };
  }

  /** Whoever asks. */
  async find(id: Id): Promise<ClassroomRow | null> {
    return (await this.#read(sql<SqlBool>`x.id = ${id}`, sql`x.id`))[0] ?? null;
  }

  async create(actor: Actor, account: Account, body: z.output<typeof NewClassroom>): Promise<Id> {
    const { db, office } = this.#parts;
    await office.mustMay(account, 'directory.edit', body.organizationId);
    return await db.transaction().execute(async (trx) => {
      await sql.raw(LOCK_DIRECTORY).execute(trx);
      return await this.make(trx, actor, body);
    });
  }

  /** Within a transaction that has the directory's lock, by somebody of whom it is known that they may. */
  async make(
    trx: Transaction<Database>,
    actor: Actor,
    { name, organizationId }: z.output<typeof NewClassroom>,
  ): Promise<Id> {
    const id = newId();
    await mustBeFree(trx, 'classroom', { name, organizationId, except: null, path: 'name' });
    await trx
      .insertInto('account')
      .values({ id, organization_id: organizationId, kind: 'classroom', name })
      .execute();
    await trx
      .insertInto('account_role')
      .values({
        account_id: id,
        organization_id: organizationId,
        role: 'classroom',
        granted_by: actor.account?.accountId ?? null,
      })
      .execute();
    await trx.insertInto('classroom').values({ id, organization_id: organizationId, name }).execute();
    await this.#parts.audit.within(trx, actor, {
      action: 'directory.changed',
      organizationId,
      object: objectOf('classroom', id),
      detail: { change: 'created', name },
    });
    return id;
  }

  /** A room that moves to another organization takes its account along. */
  async change(
    actor: Actor,
    account: Account,
    id: Id,
    body: z.output<typeof ClassroomChange>,
  ): Promise<void> {
    const { db, office, audit, accounts } = this.#parts;
    const { name, organizationId, version } = body;
    const place = await placeOf(db, 'classroom', id);
    await office.mustMay(account, 'directory.edit', place);
    await office.mustMay(account, 'directory.edit', organizationId);
    await db.transaction().execute(async (trx) => {
      await sql.raw(LOCK_DIRECTORY).execute(trx);
      await step(trx, 'classroom', id, version);
      await mustBeFree(trx, 'classroom', { name, organizationId, except: id, path: 'name' });
      const columns = { name, organization_id: organizationId };
      await trx.updateTable('classroom').set(columns).where('id', '=', id).execute();
      await trx.updateTable('account').set(columns).where('id', '=', id).execute();
      await trx
        .updateTable('account_role')
        .set({ organization_id: organizationId })
        .where('account_id', '=', id)
        .where('role', '=', 'classroom')
        .execute();
      await audit.within(trx, actor, {
        action: 'directory.changed',
        organizationId,
        object: objectOf('classroom', id),
        detail: { change: 'changed', from: { organizationId: place }, to: { name, organizationId } },
      });
    });
    if (place !== organizationId) await accounts.endSessions({ accountId: id }, 'rights');
  }

  async #read(condition: Expression<SqlBool>, tail: Expression<unknown>): Promise<ClassroomRow[]> {
    const { rows } = await sql<
      Omit<ClassroomRow, 'archivedAt' | 'seenAt'> & { archivedAt: Date | null; seenAt: Date | null }
    >`
      select x.id as "classroomId", x.name, x.organization_id as "organizationId", o.name as "organizationName",
        x.archived_at as "archivedAt", x.version,
        coalesce((select json_agg(json_build_object('classGroupId', g.id, 'name', g.name) order by g.name)
          from class_group g where g.classroom_id = x.id and g.archived_at is null), '[]') as "classGroups",
        (select count(*)::int from device d where d.classroom_id = x.id and d.revoked_at is null) as devices,
        (select max(d.seen_at) from device d where d.classroom_id = x.id and d.revoked_at is null) as "seenAt"
      from classroom x join organization o on o.id = x.organization_id
      where ${condition} order by ${tail}`.execute(this.#parts.db);
    return rows.map(({ archivedAt, seenAt, ...row }) => ({
      ...row,
      archivedAt: msOf(archivedAt),
      seenAt: msOf(seenAt),
    }));
  }
}
