import type { Transaction } from 'kysely';
import type { z } from 'zod';
import { newId } from '#platform/ids.ts';
import type { NewPerson, PersonChange, RoleAt } from '#protocol/directory.ts';
import type { Account } from '#protocol/domain.ts';
import { AppError } from '#protocol/errors.ts';
import type { Id } from '#protocol/ids.ts';
import type { Actor } from '../audit/audit.ts';
import type { Database } from '../database/schema.ts';
import type { OfficeParts } from '../office/office-api.ts';
import { beside, objectOf, refuse, step } from './change.ts';
import { applyRoles, differenceOf, mustGrant } from './grants.ts';
import { mustHandle } from './person-rights.ts';

type Trx = Transaction<Database>;
type Text = Omit<z.output<typeof NewPerson>, 'roles'>;

const LOGIN = { account_by_login: 'login' };

/** Changes of one person. Whoever loses a role or leaves is signed out everywhere. */
export class People {
  readonly #parts: OfficeParts;

  constructor(parts: OfficeParts) {
    this.#parts = parts;
  }

  async create(actor: Actor, account: Account, { roles, ...text }: z.output<typeof NewPerson>): Promise<Id> {
    const { office, audit } = this.#parts;
    await office.mustMay(account, 'person.edit', text.organizationId);
    const change = differenceOf([], roles);
    await mustGrant(office, account, null, change, roles);
    const id = newId();
    await this.#changing(async (trx) => {
      await mustFit(trx, text, change.given, null);
      await trx
        .insertInto('account')
        .values({ id, kind: 'person', ...columnsOf(text) })
        .execute();
      await setGroups(trx, id, text.classGroupIds);
      await audit.within(trx, actor, {
        action: 'person.changed',
        organizationId: text.organizationId,
        object: objectOf('account', id),
        detail: { change: 'created', name: text.name, login: text.login, number: text.number },
      });
      await applyRoles(trx, audit, actor, id, change);
    });
    return id;
  }

  async change(actor: Actor, account: Account, id: Id, body: z.output<typeof PersonChange>): Promise<void> {
    const { db, office, audit } = this.#parts;
    const { roles, version, ...text } = body;
    await office.mustMay(account, 'person.edit', await this.#homeOf(id));
    await office.mustMay(account, 'person.edit', text.organizationId);
    const change = differenceOf(await this.#rolesOf(id), roles);
    await mustGrant(office, account, id, change, roles);
    const before = await db.selectFrom('account').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
    // The login of somebody with rights elsewhere is a way to those rights.
    if (text.login !== before.login) await mustHandle(db, office, account, 'person.edit', id);
    await this.#changing(async (trx) => {
      await step(trx, 'account', id, version);
      await mustFit(trx, text, change.given, id);
      await trx.updateTable('account').set(columnsOf(text)).where('id', '=', id).execute();
      await setGroups(trx, id, text.classGroupIds);
      await audit.within(trx, actor, {
        action: 'person.changed',
        organizationId: text.organizationId,
        object: objectOf('account', id),
        detail: {
          change: 'changed',
          from: {
            name: before.name,
            login: before.login,
            number: before.number,
            organizationId: before.organization_id,
          },
          to: {
            name: text.name,
            login: text.login,
            number: text.number,
            organizationId: text.organizationId,
          },
        },
      });
      await applyRoles(trx, audit, actor, id, change);
    });
    await this.signOut(change.taken.length > 0 ? [id] : [], 'rights');
  }

  /** For who grants rights but keeps no names. */
  async changeRoles(actor: Actor, account: Account, id: Id, roles: RoleAt[], version: number): Promise<void> {
    const { office, audit } = this.#parts;
    await office.mustMay(account, 'person.grant', await this.#homeOf(id));
    const change = differenceOf(await this.#rolesOf(id), roles);
    await mustGrant(office, account, id, change, roles);
    await this.#changing(async (trx) => {
      await step(trx, 'account', id, version);
      await mustStandAll(trx, change.given);
      await applyRoles(trx, audit, actor, id, change);
    });
    await this.signOut(change.taken.length > 0 ? [id] : [], 'rights');
  }

  /** Has left, or is back again. Old lessons and replays keep the name. */
  async archive(actor: Actor, account: Account, id: Id, version: number, left: boolean): Promise<void> {
    const { db, office, audit } = this.#parts;
    const home = await this.#homeOf(id);
    await office.mustMay(account, 'person.edit', home);
    await mustHandle(db, office, account, 'person.edit', id);
    if (id === account.accountId) throw refuse('accountId', 'own');
    await this.#changing(async (trx) => {
      await step(trx, 'account', id, version);
      await trx
        .updateTable('account')
        .set({ archived_at: left ? new Date() : null })
        .where('id', '=', id)
        .execute();
      await audit.within(trx, actor, {
        action: 'person.changed',
        organizationId: home,
        object: objectOf('account', id),
        detail: { change: left ? 'archived' : 'restored' },
      });
    });
    await this.signOut(left ? [id] : [], 'disabled');
  }

  /** Ends all sessions of these people. */
  async signOut(ids: readonly Id[], reason: 'rights' | 'disabled'): Promise<void> {
    for (const accountId of ids) await this.#parts.accounts.endSessions({ accountId }, reason);
  }

  async #homeOf(id: Id): Promise<Id | null> {
    const row = await this.#parts.db
      .selectFrom('account')
      .select('organization_id')
      .where('id', '=', id)
      .where('kind', '=', 'person')
      .executeTakeFirst();
    return row?.organization_id ?? null;
  }

  async #rolesOf(id: Id): Promise<RoleAt[]> {
    const rows = await this.#parts.db
      .selectFrom('account_role')
      .select(['role', 'organization_id as organizationId'])
      .where('account_id', '=', id)
      .where('role', '<>', 'classroom')
      .execute();
    return rows as RoleAt[];
  }

  async #changing(work: (trx: Trx) => Promise<void>): Promise<void> {
    await beside(LOGIN, () => this.#parts.db.transaction().execute(work));
  }
}

const columnsOf = ({ name, isNickname, login, number, organizationId }: Text) => ({
  name,
  login,
  number,
  is_nickname: isNickname,
  organization_id: organizationId,
});

/** @throws AppError FIELDS where a number is another's or a place is closed. */
async function mustFit(trx: Trx, text: Text, given: readonly RoleAt[], except: Id | null): Promise<void> {
  const { organizationId, number, classGroupIds } = text;
  await mustStandAll(trx, [{ organizationId }], 'organizationId');
  await mustStandAll(trx, given);
  if (number !== null) {
    const twin = await trx
      .selectFrom('account')
      .select('name')
      .where('organization_id', '=', organizationId)
      .where('kind', '=', 'person')
      .where('number', '=', number)
      .where('archived_at', 'is', null)
      .$if(except !== null, (query) => query.where('id', '<>', except!))
      .executeTakeFirst();
    if (twin) throw refuse('number', 'taken', { by: twin.name });
  }
  if (classGroupIds.length > 0) {
    const groups = await trx
      .selectFrom('class_group')
      .select('id')
      .where('id', 'in', classGroupIds)
      .where('organization_id', '=', organizationId)
      .where('archived_at', 'is', null)
      .execute();
    if (groups.length !== new Set(classGroupIds).size) throw refuse('classGroupIds', 'unknown');
  }
}

/** Nobody is given anything at an organization that is closed. */
async function mustStandAll(
  trx: Trx,
  places: readonly { organizationId: Id }[],
  path = 'roles',
): Promise<void> {
  if (places.length === 0) return;
  const ids = [...new Set(places.map(({ organizationId }) => organizationId))];
  const standing = await trx
    .selectFrom('organization')
    .select('id')
    .where('id', 'in', ids)
    .where('archived_at', 'is', null)
    .execute();
  if (standing.length !== ids.length) throw refuse(path, 'unknown');
}

async function setGroups(trx: Trx, accountId: Id, classGroupIds: readonly Id[]): Promise<void> {
  await trx
    .deleteFrom('class_group_member')
    .where('account_id', '=', accountId)
    .where(({ selectFrom, exists }) =>
      exists(
        selectFrom('class_group as g')
          .select('g.id')
          .whereRef('g.id', '=', 'class_group_member.class_group_id')
          .where('g.archived_at', 'is', null),
      ),
    )
    .execute();
  for (const class_group_id of new Set(classGroupIds))
    await trx
      .insertInto('class_group_member')
      .values({ class_group_id, account_id: accountId })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
}

/** @throws AppError NOT_FOUND */
export function mustBeThere<T>(row: T | null): T {
  if (row === null) throw new AppError('NOT_FOUND', 'no such row');
  return row;
}
