import type { Insertable } from 'kysely';
import { derivedId } from '#platform/ids.ts';
import type { Role } from '#protocol/domain.ts';
import type { Database } from '../../database/schema.ts';

/** The tables a county fills, in the order in which they refer to each other. */
export const TABLES = [
  'organization',
  'account',
  'account_role',
  'classroom',
  'class_group',
  'class_group_member',
  'course',
  'term',
  'term_day',
  'bell_schedule',
  'bell_period',
  'pairing',
  'pairing_course',
  'pairing_remote',
  'pairing_slot',
  'local_lesson',
] as const satisfies (keyof Database)[];
type Table = (typeof TABLES)[number];
type Rows = { [T in Table]: Insertable<Database[T]>[] };

/** What will be written; ids follow from the seed, so that the same seed makes the same rows. */
export class Draft {
  readonly rows = Object.fromEntries(TABLES.map((table) => [table, []])) as unknown as Rows;
  readonly #seed: string;
  readonly #since: Date;
  /** After every code and login: they are unique, also where two counties stand side by side. */
  readonly #suffix: string;
  #count = 0;

  /** @param since when all of it was entered */
  constructor(seed: number, since: Date) {
    this.#seed = `county ${seed}`;
    this.#since = since;
    this.#suffix = seed === 1 ? '' : `-${seed}`;
  }

  id(): string {
    this.#count += 1;
    return derivedId(this.#seed, String(this.#count));
  }

  organization(row: Omit<Rows['organization'][number], 'id'>): string {
    const id = this.id();
    this.rows.organization.push({ ...row, id, code: `${row.code}${this.#suffix}` });
    return id;
  }

  /** Somebody with a role at an organization; a pupil without any signs in nowhere. */
  person(organizationId: string, name: string, role: Role | null, number: string | null = null): string {
    const id = this.id();
    this.rows.account.push({
      ...{ id, organization_id: organizationId, kind: 'person', name, number },
      login: role === null || number === null ? null : `${number}${this.#suffix}`.toLowerCase(),
      created_at: this.#since,
    });
    if (role) this.grant(id, organizationId, role);
    return id;
  }

  classroom(organizationId: string, name: string): string {
    const id = this.id();
    this.rows.account.push({
      ...{ id, organization_id: organizationId, kind: 'classroom', name, login: null, number: null },
      created_at: this.#since,
    });
    this.grant(id, organizationId, 'classroom');
    this.rows.classroom.push({ id, organization_id: organizationId, name });
    return id;
  }

  grant(accountId: string, organizationId: string, role: Role): void {
    this.rows.account_role.push({
      account_id: accountId,
      organization_id: organizationId,
      role,
      granted_at: this.#since,
    });
  }
}
