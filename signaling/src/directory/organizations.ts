import { sql, type Transaction } from 'kysely';
import type { z } from 'zod';
import { newId } from '#platform/ids.ts';
import type { NewOrganization, OrganizationChange, OrganizationMove } from '#protocol/directory.ts';
import type { Account, OrganizationKind } from '#protocol/domain.ts';
import { AppError, type FieldError } from '#protocol/errors.ts';
import type { Id } from '#protocol/ids.ts';
import type { Actor } from '../audit/audit.ts';
import type { Database } from '../database/schema.ts';
import { organizationsBelow } from '../office/office-access.ts';
import type { OfficeParts } from '../office/office-api.ts';
import { beside, LOCK_DIRECTORY, objectOf, refuse, step } from './change.ts';

type Trx = Transaction<Database>;

const CODE = { organization_by_code: 'code' };
/** What may lie right below what. */
export const BELOW: Record<OrganizationKind, readonly OrganizationKind[]> = {
  bureau: ['bureau', 'school', 'teachingPoint'],
  school: ['school', 'teachingPoint'],
  teachingPoint: [],
};

/** Changes of the tree. Where an organization stands is its parent's matter: who moves or closes it may act there. */
export class Organizations {
  readonly #parts: OfficeParts;

  constructor(parts: OfficeParts) {
    this.#parts = parts;
  }

  async create(actor: Actor, account: Account, body: z.output<typeof NewOrganization>): Promise<Id> {
    await this.#parts.office.mustMay(account, 'directory.edit', body.parentId);
    return await this.#changing((trx) => this.make(trx, actor, body));
  }

  /** Within a transaction that has the directory's lock, by somebody of whom it is known that they may. */
  async make(trx: Trx, actor: Actor, body: z.output<typeof NewOrganization>): Promise<Id> {
    const { parentId, name, kind, code, phone } = body;
    const id = newId();
    await mustStand(trx, parentId);
    await mustLieBelow(trx, kind, parentId);
    await mustBeUnique(trx, name, parentId, null);
    const siblings = await siblingsOf(trx, parentId);
    const ordinal = (siblings.at(-1)?.ordinal ?? -1) + 1;
    await trx
      .insertInto('organization')
      .values({ id, parent_id: parentId, kind, name, code, ordinal, ...(phone !== undefined && { phone }) })
      .execute();
    await this.#parts.audit.within(trx, actor, {
      action: 'directory.changed',
      organizationId: id,
      object: objectOf('organization', id),
      detail: { change: 'created', name, kind, code, parentId },
    });
    return id;
  }

  async change(
    actor: Actor,
    account: Account,
    id: Id,
    body: z.output<typeof OrganizationChange>,
  ): Promise<void> {
    const { office, audit } = this.#parts;
    await office.mustMay(account, 'directory.edit', id);
    const { name, kind, code, phone, version } = body;
    await this.#changing(async (trx) => {
      await step(trx, 'organization', id, version);
      const before = await rowOf(trx, id);
      if (before.kind !== kind) {
        if (before.parent_id !== null) await mustLieBelow(trx, kind, before.parent_id);
        for (const child of await siblingsOf(trx, id))
          if (!BELOW[kind].includes(child.kind)) throw refuse('kind', 'place');
      }
      await mustBeUnique(trx, name, before.parent_id, id);
      await trx
        .updateTable('organization')
        .set({ name, kind, code, ...(phone !== undefined && { phone }) })
        .where('id', '=', id)
        .execute();
      await audit.within(trx, actor, {
        action: 'directory.changed',
        organizationId: id,
        object: objectOf('organization', id),
        detail: {
          change: 'changed',
          from: { name: before.name, kind: before.kind, code: before.code },
          to: { name, kind, code, ...(phone !== undefined && { phone }) },
        },
      });
    });
  }

  async move(actor: Actor, account: Account, id: Id, body: z.output<typeof OrganizationMove>): Promise<void> {
    const { office, audit } = this.#parts;
    const { parentId, beforeId, version } = body;
    await office.mustMay(account, 'directory.edit', await this.#parentOf(id));
    await office.mustMay(account, 'directory.edit', parentId);
    await this.#changing(async (trx) => {
      await step(trx, 'organization', id, version);
      const before = await rowOf(trx, id);
      await mustStand(trx, parentId);
      if (await liesBelow(trx, parentId, id)) throw refuse('parentId', 'loop');
      await mustLieBelow(trx, before.kind, parentId);
      await mustBeUnique(trx, before.name, parentId, id);
      const siblings = (await siblingsOf(trx, parentId)).filter((sibling) => sibling.id !== id);
      const at = siblings.findIndex((sibling) => sibling.id === beforeId);
      const order = siblings.map((sibling) => sibling.id);
      order.splice(at < 0 ? order.length : at, 0, id);
      await trx.updateTable('organization').set({ parent_id: parentId }).where('id', '=', id).execute();
      const known = new Map(siblings.map((sibling) => [sibling.id, sibling.ordinal]));
      for (const [ordinal, sibling] of order.entries())
        if (known.get(sibling) !== ordinal)
          await trx.updateTable('organization').set({ ordinal }).where('id', '=', sibling).execute();
      await audit.within(trx, actor, {
        action: 'directory.changed',
        organizationId: id,
        object: objectOf('organization', id),
        detail: { change: 'moved', from: before.parent_id, to: parentId },
      });
    });
  }

  /** With all that lies below it, and its rooms, classes and courses. People and lessons to come have to be gone. */
  async archive(actor: Actor, account: Account, id: Id, version: number): Promise<void> {
    const { office, audit } = this.#parts;
    await office.mustMay(account, 'directory.edit', await this.#parentOf(id));
    await this.#changing(async (trx) => {
      await step(trx, 'organization', id, version);
      await mustBeEmpty(trx, id);
      const at = new Date();
      for (const table of ['classroom', 'class_group', 'course'] as const)
        await trx
          .updateTable(table)
          .set({ archived_at: at })
          .where(sql<boolean>`organization_id in ${organizationsBelow(id)}`)
          .where('archived_at', 'is', null)
          .execute();
      await trx
        .updateTable('organization')
        .set({ archived_at: at })
        .where(sql<boolean>`id in ${organizationsBelow(id)}`)
        .where('archived_at', 'is', null)
        .execute();
      await audit.within(trx, actor, {
        action: 'directory.changed',
        organizationId: id,
        object: objectOf('organization', id),
        detail: { change: 'archived' },
      });
    });
  }

  /** With all that was archived together with it. */
  async restore(actor: Actor, account: Account, id: Id, version: number): Promise<void> {
    const { office, audit } = this.#parts;
    const parentId = await this.#parentOf(id);
    await office.mustMay(account, 'directory.edit', parentId);
    await this.#changing(async (trx) => {
      await step(trx, 'organization', id, version);
      const { archived_at, name } = await rowOf(trx, id);
      if (archived_at === null) return;
      await mustStand(trx, parentId!);
      await mustBeUnique(trx, name, parentId, id);
      for (const table of ['classroom', 'class_group', 'course'] as const)
        await trx
          .updateTable(table)
          .set({ archived_at: null })
          .where(sql<boolean>`organization_id in ${organizationsBelow(id)}`)
          .where('archived_at', '=', archived_at)
          .execute();
      await trx
        .updateTable('organization')
        .set({ archived_at: null })
        .where(sql<boolean>`id in ${organizationsBelow(id)}`)
        .where('archived_at', '=', archived_at)
        .execute();
      await audit.within(trx, actor, {
        action: 'directory.changed',
        organizationId: id,
        object: objectOf('organization', id),
        detail: { change: 'restored' },
      });
    });
  }

  async #parentOf(id: Id): Promise<Id | null> {
    const row = await this.#parts.db
      .selectFrom('organization')
      .select('parent_id')
      .where('id', '=', id)
      .executeTakeFirst();
    return row?.parent_id ?? null;
  }

  async #changing<T>(work: (trx: Trx) => Promise<T>): Promise<T> {
    return await beside(CODE, () =>
      this.#parts.db.transaction().execute(async (trx) => {
        await sql.raw(LOCK_DIRECTORY).execute(trx);
        return await work(trx);
      }),
    );
  }
}

const rowOf = (trx: Trx, id: Id) =>
  trx.selectFrom('organization').selectAll().where('id', '=', id).executeTakeFirstOrThrow();

const siblingsOf = (trx: Trx, parentId: Id) =>
  trx
    .selectFrom('organization')
    .select(['id', 'ordinal', 'kind'])
    .where('parent_id', '=', parentId)
    .where('archived_at', 'is', null)
    .orderBy('ordinal')
    .orderBy('name')
    .orderBy('id')
    .execute();

async function liesBelow(trx: Trx, id: Id, top: Id): Promise<boolean> {
  const { rows } = await sql<{
    is: boolean;
  }>`select ${id}::text in ${organizationsBelow(top)} as "is"`.execute(trx);
  return rows[0]!.is;
}

/** Nothing is put below what is archived. */
async function mustStand(trx: Trx, parentId: Id): Promise<void> {
  if ((await rowOf(trx, parentId)).archived_at !== null) throw refuse('parentId', 'unknown');
}

async function mustLieBelow(trx: Trx, kind: OrganizationKind, parentId: Id): Promise<void> {
  const parent = await rowOf(trx, parentId);
  if (!BELOW[parent.kind].includes(kind)) throw refuse('kind', 'place');
}

async function mustBeUnique(trx: Trx, name: string, parentId: Id | null, except: Id | null): Promise<void> {
  const twin = await trx
    .selectFrom('organization')
    .select('id')
    .where('parent_id', parentId === null ? 'is' : '=', parentId)
    .where('name', '=', name)
    .where('archived_at', 'is', null)
    .$if(except !== null, (query) => query.where('id', '<>', except!))
    .executeTakeFirst();
  if (twin) throw refuse('name', 'taken', { by: name });
}

/** @throws AppError IN_USE */
async function mustBeEmpty(trx: Trx, id: Id): Promise<void> {
  const { rows } = await sql<{ people: number; lessons: number }>`
    with recursive below as (
      select id from organization where id = ${id} union select o.id from organization o join below b on o.parent_id = b.id)
    select
      (select count(*)::int from account a where a.kind = 'person' and a.archived_at is null
        and a.organization_id in (select id from below)) as people,
      (select count(*)::int from lesson l where l.state = 'scheduled' and l.cancelled_at is null and l.planned_end > now()
        and (l.organization_id in (select id from below)
          or l.master_classroom_id in (select c.id from classroom c where c.organization_id in (select id from below))
          or exists (select 1 from lesson_remote r join classroom c on c.id = r.classroom_id
            where r.lesson_id = l.id and c.organization_id in (select id from below)))) as lessons`.execute(
    trx,
  );
  const fields: FieldError[] = Object.entries(rows[0]!)
    .filter(([, count]) => count > 0)
    .map(([path, count]) => ({ path, issue: 'conflict', values: { count } }));
  if (fields.length > 0) throw new AppError('IN_USE', 'people or lessons hang on it', { fields });
}
