import { type Kysely, sql } from 'kysely';
import type { Logger } from '#platform/logger.ts';
import type { Account } from '#protocol/domain.ts';
import type { SessionEnd } from '#protocol/session.ts';
import type { Database } from '../database/schema.ts';
import type { EndedSession, Sessions } from './sessions.ts';

const EVERY_MS = 500;

type End = (reason: SessionEnd) => void;
interface Open {
  accountId: string;
  rights: string;
  end: End;
}

/**
 * Ends what stays open beyond one request (sockets, seats, programs that send media) when its session ends: at once
 * for what this process ended, within half a second for what another process or a hand in the database did. Asks
 * only while something is open, in two queries however many there are.
 */
export class SessionWatch {
  readonly #sessions: Sessions;
  readonly #db: Kysely<Database>;
  readonly #logger: Logger;
  readonly #bySession = new Map<string, Set<Open>>();
  readonly #programs = new Set<Open>();
  readonly #timer: NodeJS.Timeout;
  readonly #listener = (ended: EndedSession[]) => this.#ended(ended);
  #asking = false;

  constructor(sessions: Sessions, db: Kysely<Database>, logger: Logger) {
    this.#sessions = sessions;
    this.#db = db;
    this.#logger = logger;
    sessions.on('ended', this.#listener);
    this.#timer = setInterval(() => void this.check(), EVERY_MS);
    this.#timer.unref();
  }

  /** Calls `end` once when the session ends or acts as somebody else. Returns how to stop watching. */
  session(sessionId: string, account: Account, end: End): () => void {
    const open = { accountId: account.accountId, rights: rightsOf(account), end };
    const known = this.#bySession.get(sessionId) ?? new Set();
    this.#bySession.set(sessionId, known.add(open));
    return () => {
      known.delete(open);
      if (known.size === 0 && this.#bySession.get(sessionId) === known) this.#bySession.delete(sessionId);
    };
  }

  /** Calls `end` once when the account is switched off: for programs, which have a key instead of a session. */
  account(accountId: string, end: End): () => void {
    const open = { accountId, rights: '', end };
    this.#programs.add(open);
    return () => void this.#programs.delete(open);
  }

  /** Asks the database; exported for tests, otherwise every half second. */
  async check(): Promise<void> {
    if (this.#asking || (this.#bySession.size === 0 && this.#programs.size === 0)) return;
    this.#asking = true;
    try {
      await this.#checkSessions();
      await this.#checkPrograms();
    } catch (error) {
      // The database is away: nobody is put out for that.
      this.#logger.debug({ err: error }, 'open sessions could not be checked');
    } finally {
      this.#asking = false;
    }
  }

  close(): void {
    clearInterval(this.#timer);
    this.#sessions.off('ended', this.#listener);
  }

  async #checkSessions(): Promise<void> {
    const asked = [...this.#bySession].flatMap(([id, all]) => [...all].map((open) => ({ id, open })));
    const there = await this.#sessions.stillThere([...new Set(asked.map(({ id }) => id))]);
    const over = asked.filter(({ id, open }) => {
      const account = there.get(id)?.account;
      return !account || rightsOf(account) !== open.rights;
    });
    if (over.length === 0) return;
    const active = await this.#active(over.map(({ open }) => open.accountId));
    for (const { id, open } of over)
      this.#end(id, open, there.has(id) ? 'rights' : active.has(open.accountId) ? 'elsewhere' : 'disabled');
  }

  async #checkPrograms(): Promise<void> {
    if (this.#programs.size === 0) return;
    const asked = [...this.#programs];
    const there = await this.#active(asked.map(({ accountId }) => accountId));
    for (const open of asked) if (!there.has(open.accountId)) this.#end(null, open, 'disabled');
  }

  /** Those of the accounts that are not switched off. */
  async #active(accountIds: readonly string[]): Promise<Set<string>> {
    const { rows } = await sql<{ id: string }>`
      select id from account where disabled_at is null and archived_at is null
      and id in (${sql.join(accountIds)})`.execute(this.#db);
    return new Set(rows.map(({ id }) => id));
  }

  #ended(ended: EndedSession[]): void {
    for (const { sessionId, accountId, reason } of ended) {
      for (const open of [...(this.#bySession.get(sessionId) ?? [])]) this.#end(sessionId, open, reason);
      if (reason === 'disabled')
        for (const open of [...this.#programs])
          if (open.accountId === accountId) this.#end(null, open, reason);
    }
  }

  #end(sessionId: string | null, open: Open, reason: SessionEnd): void {
    const known = sessionId === null ? this.#programs : this.#bySession.get(sessionId);
    if (!known?.delete(open)) return;
    if (sessionId !== null && known.size === 0) this.#bySession.delete(sessionId);
    open.end(reason);
  }
}

const rightsOf = ({ role, organizationId }: Account): string => `${role} ${organizationId}`;
