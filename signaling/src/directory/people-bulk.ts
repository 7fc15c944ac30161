import { type SqlBool, sql, type Transaction } from 'kysely';
import type { BulkAct, BulkRefusal, BulkResult, RoleAt } from '#protocol/directory.ts';
import type { Account } from '#protocol/domain.ts';
import type { Id } from '#protocol/ids.ts';
import type { OfficeAction } from '#protocol/office.ts';
import type { Actor } from '../audit/audit.ts';
import type { Database } from '../database/schema.ts';
import type { OfficeParts } from '../office/office-api.ts';
import { objectOf } from './change.ts';
import { applyRoles, mayHoldTogether } from './grants.ts';
import type { People } from './people.ts';
import { inHands } from './person-rights.ts';

type Act = BulkAct['act'];
type Trx = Transaction<Database>;

interface Found {
  id: Id;
  name: string;
  home: Id;
  disabled: boolean;
  archived: boolean;
  roles: RoleAt[];
}

const RIGHT: Record<Act['kind'], OfficeAction> = {
  disable: 'person.access',
  enable: 'person.access',
  archive: 'person.edit',
  restore: 'person.edit',
  giveRole: 'person.grant',
  takeRole: 'person.grant',
  move: 'person.edit',
};

/** One act on many: what may be done is done, and of the rest it is said why not. */
export class PeopleBulk {
  readonly #parts: OfficeParts;
  readonly #people: People;

  constructor(parts: OfficeParts, people: People) {
    this.#parts = parts;
    this.#people = people;
  }

  async act(actor: Actor, account: Account, { accountIds, act }: BulkAct): Promise<BulkResult> {
    const { db, office } = this.#parts;
    const right = RIGHT[act.kind];
    if ('organizationId' in act) await office.mustMay(account, right, act.organizationId);
    if (act.kind === 'move') await office.mustMay(account, 'person.grant', act.organizationId);
    const allowed = await this.#allowed(account, right, act, accountIds);
    const found = await this.#find(accountIds);
    const done: Found[] = [];
    const refused: BulkResult['refused'] = [];
    for (const person of found) {
      const reason = allowed.has(person.id) ? refusalOf(person, act, account) : 'notYours';
      if (reason)
        refused.push({ accountId: person.id, name: reason === 'notYours' ? '' : person.name, reason });
      else done.push(person);
    }
    if (done.length > 0)
      await db.transaction().execute(async (trx) => {
        for (const person of done) await this.#do(trx, actor, act, person);
      });
    const ids = done.map(({ id }) => id);
    if (act.kind === 'disable' || act.kind === 'archive') await this.#people.signOut(ids, 'disabled');
    if (act.kind === 'takeRole' || act.kind === 'move') await this.#people.signOut(ids, 'rights');
    return { done: ids, refused };
  }

  /** A role is given to who is at home here; everything else needs that all of a person lies here. */
  async #allowed(account: Account, right: OfficeAction, act: Act, ids: readonly Id[]): Promise<Set<Id>> {
    const { db, office } = this.#parts;
    if (act.kind !== 'giveRole' && act.kind !== 'takeRole')
      return await inHands(db, office, account, right, ids);
    const rows = await db
      .selectFrom('account as a')
      .select('a.id')
      .where('a.id', 'in', ids)
      .where('a.kind', '=', 'person')
      .where(
        act.kind === 'giveRole'
          ? office.where(account, right, 'a.organization_id')
          : sql<SqlBool>`exists (select 1 from account_role r where r.account_id = a.id and ${office.where(account, right, 'r.organization_id')})`,
      )
      .execute();
    return new Set(rows.map(({ id }) => id));
  }

  async #find(ids: readonly Id[]): Promise<Found[]> {
    const rows = await this.#parts.db
      .selectFrom('account')
      .select(['id', 'name', 'organization_id', 'disabled_at', 'archived_at'])
      .where('id', 'in', ids)
      .where('kind', '=', 'person')
      .execute();
    const roles = await this.#parts.db
      .selectFrom('account_role')
      .select(['account_id', 'role', 'organization_id as organizationId'])
      .where('account_id', 'in', ids)
      .execute();
    const rolesOf = Map.groupBy(roles, ({ account_id }) => account_id);
    const known = new Map(rows.map((row) => [row.id, row]));
    return [...new Set(ids)].flatMap((id) => {
      const row = known.get(id);
      if (!row) return [];
      return {
        ...{ id, name: row.name, home: row.organization_id },
        disabled: row.disabled_at !== null,
        archived: row.archived_at !== null,
        roles: (rolesOf.get(id) ?? []).map(
          ({ role, organizationId }) => ({ role, organizationId }) as RoleAt,
        ),
      };
    });
  }

  async #do(trx: Trx, actor: Actor, act: Act, { id, home, roles }: Found): Promise<void> {
    const { audit } = this.#parts;
    const set = (values: Record<string, unknown>) =>
      trx
        .updateTable('account')
        .set({ ...values, version: sql<number>`version + 1` })
        .where('id', '=', id)
        .execute();
    const note = (change: string, organizationId = home) =>
      audit.within(trx, actor, {
        action: 'person.changed',
        organizationId,
        object: objectOf('account', id),
        detail: { change },
      });
    switch (act.kind) {
      case 'disable':
      case 'enable':
        await set({ disabled_at: act.kind === 'disable' ? new Date() : null });
        await audit.within(trx, actor, {
          action: act.kind === 'disable' ? 'access.disabled' : 'access.enabled',
          organizationId: home,
          object: objectOf('account', id),
        });
        return;
      case 'archive':
      case 'restore':
        await set({ archived_at: act.kind === 'archive' ? new Date() : null });
        await note(act.kind === 'archive' ? 'archived' : 'restored');
        return;
      case 'giveRole':
      case 'takeRole': {
        await set({});
        const one = [{ role: act.role, organizationId: act.organizationId }];
        const change = act.kind === 'giveRole' ? { given: one, taken: [] } : { given: [], taken: one };
        await applyRoles(trx, audit, actor, id, change);
        return;
      }
      case 'move': {
        await set({ organization_id: act.organizationId });
        await trx.deleteFrom('class_group_member').where('account_id', '=', id).execute();
        await note('moved', act.organizationId);
        // What somebody is at the old place, they are at the new one.
        const taken = roles.filter(({ organizationId }) => organizationId === home);
        const given = taken.map(({ role }) => ({ role, organizationId: act.organizationId }));
        await applyRoles(trx, audit, actor, id, { given, taken });
      }
    }
  }
}

function refusalOf(person: Found, act: Act, account: Account): BulkRefusal | null {
  if (person.id === account.accountId) return 'yourself';
  switch (act.kind) {
    case 'disable':
      return person.disabled ? 'already' : null;
    case 'enable':
      return person.disabled ? null : 'already';
    case 'archive':
      return person.archived ? 'already' : null;
    case 'restore':
      return person.archived ? null : 'already';
    case 'giveRole':
      if (holds(person, act)) return 'already';
      return mayHoldTogether([...person.roles, act]) ? null : 'separateRoles';
    case 'takeRole':
      return holds(person, act) ? null : 'already';
    case 'move':
      return person.home === act.organizationId ? 'already' : null;
  }
}

const holds = ({ roles }: Found, { role, organizationId }: RoleAt): boolean =>
  roles.some((one) => one.role === role && one.organizationId === organizationId);
