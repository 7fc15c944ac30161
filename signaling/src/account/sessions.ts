import { EventEmitter } from 'node:events';
import { type RawBuilder, sql } from 'kysely';
import { newId } from '#platform/ids.ts';
import type { Account, Role } from '#protocol/domain.ts';
import { AppError } from '#protocol/errors.ts';
import { SEPARATE_ROLES } from '#protocol/office.ts';
import type { SessionEnd, SignInNeed, SignInWay } from '#protocol/session.ts';
import type { Db } from '../database/database.ts';
import { roleOrder } from './first-role.ts';
import { hashOf, newToken } from './token.ts';

/** What a session is now, read anew at each request: nothing about rights is kept anywhere else. */
export interface SessionState {
  sessionId: string;
  accountId: string;
  name: string;
  /** As whom it acts; null while it needs something. */
  account: Account | null;
  needs: SignInNeed | null;
  way: SignInWay;
  deviceId: string | null;
  openedAt: Date;
  expiresAt: Date;
  /** When a second factor was shown in it. */
  strongAt: Date | null;
}

export interface NewSession {
  way: SignInWay;
  /** Network address and browser, for the list of one's own sessions. */
  address?: string;
  agent?: string;
  deviceId?: string;
  /** Whether whoever opened it has shown more than a password: a passkey, a provider that says so, a device. */
  strong?: boolean;
  /** Other than `session.ttlHours`. */
  ttlMs?: number;
}

export type SessionChoice =
  | { accountId: string; except?: string }
  | { sessionId: string }
  | { deviceId: string };

export interface EndedSession {
  sessionId: string;
  accountId: string;
  reason: SessionEnd;
}

/** How long an ended session's row is kept after its time: lessons that are still held go on. */
const KEPT_MS = 24 * 3_600_000;
const SEEN_EVERY_MS = 60_000;

/**
 * Every session of the platform. A token is known to its browser alone; the table keeps its hash. Emits `ended` in
 * this process; another process finds the rows gone (`SessionWatch`).
 */
export class Sessions extends EventEmitter<{ ended: [EndedSession[]] }> {
  readonly #db: Db;
  readonly #ttlMs: number;

  constructor(db: Db, ttlHours: number) {
    super();
    this.#db = db;
    this.#ttlMs = ttlHours * 3_600_000;
  }

  /** Opens one as the account's first role. @throws AppError FORBIDDEN when it may not sign in. */
  async open(
    accountId: string,
    { way, address = '', agent = '', deviceId, strong = false, ttlMs = this.#ttlMs }: NewSession,
  ): Promise<{ token: string; expiresAt: Date; sessionId: string }> {
    const token = newToken();
    const now = new Date();
    const expiresAt = new Date(now.getTime() + ttlMs);
    const { rows } = await sql<{ role: Role; organization_id: string }>`
      select ar.role, ar.organization_id from account_role ar join account a on a.id = ar.account_id
      where a.id = ${accountId} and a.disabled_at is null and a.archived_at is null
      order by ${roleOrder('ar', 'a')} limit 1`.execute(this.#db);
    const [first] = rows;
    if (!first) throw new AppError('FORBIDDEN', 'this account cannot sign in');
    await this.#db
      .deleteFrom('session')
      .where('expires_at', '<', new Date(now.getTime() - KEPT_MS))
      .execute();
    const sessionId = newId();
    await this.#db
      .insertInto('session')
      .values({
        ...{ token_hash: hashOf(token), id: sessionId, account_id: accountId, expires_at: expiresAt },
        ...{ role: first.role, organization_id: first.organization_id, created_at: now, seen_at: now },
        ...{ address, agent: agent.slice(0, 300), way, device_id: deviceId ?? null },
        strong_at: strong ? now : null,
      })
      .execute();
    return { token, expiresAt, sessionId };
  }

  /** The session of a token; null when it has ended. */
  async read(token: string): Promise<SessionState | null> {
    const now = new Date();
    const [row] = await this.#rows(sql`s.token_hash = ${hashOf(token)} and s.expires_at > ${now}`);
    if (!row) return null;
    if (now.getTime() - row.seenAt.getTime() > SEEN_EVERY_MS)
      await this.#db.updateTable('session').set({ seen_at: now }).where('id', '=', row.sessionId).execute();
    return row;
  }

  /** Those of `ids` that are still there. Also past their time: nobody is taken out of a lesson by the clock. */
  async stillThere(ids: readonly string[]): Promise<Map<string, SessionState>> {
    if (ids.length === 0) return new Map();
    const rows = await this.#rows(sql`s.id in (${sql.join(ids)})`);
    return new Map(rows.map((row) => [row.sessionId, row]));
  }

  /** Notes that a second factor was shown. */
  async strengthen(sessionId: string): Promise<void> {
    await this.#db
      .updateTable('session')
      .set({ strong_at: new Date() })
      .where('id', '=', sessionId)
      .execute();
  }

  /**
   * Acts as another role of the same account; what its open sockets did as the old one ends.
   * @throws AppError NOT_FOUND when the account is not that.
   */
  async act(session: SessionState, role: Role, organizationId: string): Promise<void> {
    const { numUpdatedRows } = await this.#db
      .updateTable('session')
      .set({ role, organization_id: organizationId })
      .where('id', '=', session.sessionId)
      .where(({ exists, selectFrom }) =>
        exists(
          selectFrom('account_role')
            .select('role')
            .where('account_id', '=', session.accountId)
            .where('role', '=', role)
            .where('organization_id', '=', organizationId),
        ),
      )
      .executeTakeFirst();
    if (numUpdatedRows === 0n) throw new AppError('NOT_FOUND', 'the account has no such role');
    const { sessionId, accountId } = session;
    this.emit('ended', [{ sessionId, accountId, reason: 'role' }]);
  }

  /** Ends them on the server: at REST at once, on open sockets within a second, in every process. */
  async end(choice: SessionChoice, reason: SessionEnd): Promise<void> {
    let ending = this.#db.deleteFrom('session');
    if ('sessionId' in choice) ending = ending.where('id', '=', choice.sessionId);
    else if ('deviceId' in choice) ending = ending.where('device_id', '=', choice.deviceId);
    else {
      ending = ending.where('account_id', '=', choice.accountId);
      if (choice.except !== undefined) ending = ending.where('id', '<>', choice.except);
    }
    const rows = await ending.returning(['id', 'account_id']).execute();
    if (rows.length > 0)
      this.emit(
        'ended',
        rows.map(({ id, account_id }) => ({ sessionId: id, accountId: account_id, reason })),
      );
  }

  async #rows(condition: RawBuilder<unknown>): Promise<(SessionState & { seenAt: Date })[]> {
    const { rows } = await sql<Row>`
      select s.id, s.account_id, s.way, s.device_id, s.created_at, s.seen_at, s.expires_at, s.strong_at,
        a.kind, a.name, r.role, r.organization_id, o.name as organization_name,
        coalesce(p.must_change, false) as must_change,
        exists (select 1 from totp t where t.account_id = a.id and t.confirmed_at is not null)
          or exists (select 1 from passkey k where k.account_id = a.id) as has_factor
      from session s
      join account a on a.id = s.account_id and a.disabled_at is null and a.archived_at is null
      join lateral (select ar.role, ar.organization_id from account_role ar where ar.account_id = a.id
        and (s.role is null or (ar.role = s.role and ar.organization_id = s.organization_id))
        order by ${roleOrder('ar', 'a')} limit 1) r on true
      join organization o on o.id = r.organization_id
      left join password p on p.account_id = a.id
      left join device d on d.id = s.device_id
      where ${condition} and d.revoked_at is null`.execute(this.#db);
    return rows.map(stateOf);
  }
}

interface Row {
  id: string;
  account_id: string;
  way: SignInWay;
  device_id: string | null;
  created_at: Date;
  seen_at: Date;
  expires_at: Date;
  strong_at: Date | null;
  kind: Account['kind'];
  name: string;
  role: Role;
  organization_id: string;
  organization_name: string;
  must_change: boolean;
  has_factor: boolean;
}

function stateOf(row: Row): SessionState & { seenAt: Date } {
  const needs = needOf(row);
  const account: Account = {
    ...{ accountId: row.account_id, kind: row.kind, name: row.name, role: row.role },
    ...{ organizationId: row.organization_id, organizationName: row.organization_name },
  };
  return {
    ...{ sessionId: row.id, accountId: row.account_id, name: row.name },
    account: needs ? null : account,
    needs,
    ...{ way: row.way, deviceId: row.device_id, openedAt: row.created_at, seenAt: row.seen_at },
    ...{ expiresAt: row.expires_at, strongAt: row.strong_at },
  };
}

/** A factor that somebody has is asked for in every role; who administers must have one. */
function needOf({ way, must_change, has_factor, strong_at, role }: Row): SignInNeed | null {
  if (strong_at === null) {
    if (has_factor) return 'secondFactor';
    if (SEPARATE_ROLES.includes(role)) return 'enrolSecondFactor';
  }
  return must_change && way === 'password' ? 'newPassword' : null;
}
