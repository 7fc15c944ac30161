import type { Request } from 'express';
import type { Transaction } from 'kysely';
import { isDatabaseAway } from '#platform/database/postgres.ts';
import type { Logger } from '#platform/logger.ts';
import { type AuditAction, type AuditAlarm, type AuditResult, goesOnUnaudited } from '#protocol/audit.ts';
import type { Account } from '#protocol/domain.ts';
import { AppError } from '#protocol/errors.ts';
import type { Db } from '../database/database.ts';
import type { Database } from '../database/schema.ts';
import { append, type Draft, draftOf, type Link } from './chain.ts';
import { Waiting } from './waiting.ts';

/** Who acted, and where from. */
export interface Actor {
  account: Account | null;
  /** The network address of the request; empty for the server itself. */
  address: string;
}

export interface AuditEvent {
  action: AuditAction;
  result?: AuditResult;
  /** Whose audit it stands in: the organization of what it was done to. */
  organizationId: string | null;
  object?: { kind: string; id: string };
  /** What else is worth knowing; never a password, a token or a key. */
  detail?: Record<string, unknown>;
}

export interface AuditOptions {
  /** Where lines wait that could not be written; null: in memory. */
  folder?: string | null;
  logger?: Logger | null;
}

/** The platform itself, without anybody's request. */
export const PLATFORM: Actor = { account: null, address: '' };

const BATCH = 200;
const RETRY_MS = 5_000;

interface Writer {
  draft: Draft;
  done(): void;
  failed(error: unknown): void;
}

/** The log of who did what, hash-chained; times are the server's. See ADR 12. */
export class Audit {
  readonly #db: Db;
  readonly #logger: Logger | null;
  readonly #waiting: Waiting;
  readonly #writers: Writer[] = [];
  #pumping: Promise<void> | null = null;
  #failingSince: number | null = null;
  #retry: NodeJS.Timeout | null = null;
  #catchingUp: Promise<void> | null = null;
  #newest: Link | null = null;

  constructor(db: Db, { folder = null, logger = null }: AuditOptions = {}) {
    this.#db = db;
    this.#logger = logger;
    this.#waiting = new Waiting(folder);
    if (this.#waiting.drafts.length > 0) this.#retryLater(0);
  }

  /**
   * Written when this resolves. Of an action that goes on without (`goesOnUnaudited`) the line may wait on the disk
   * instead, with an alarm. Never inside of a transaction: use {@link within} there.
   * @throws AppError AUDIT_FAILED when it could not be written and the act must not be done.
   */
  async write(actor: Actor, event: AuditEvent): Promise<void> {
    const draft = this.#draft(actor, event);
    try {
      await new Promise<void>((done, failed) => {
        this.#writers.push({ draft, done, failed });
        this.#pumping ??= this.#pump();
      });
    } catch (error) {
      const goesOn = goesOnUnaudited(event.action);
      this.#fail(error, goesOn ? draft : { ...draft, detail: { ...draft.detail, answered: 'AUDIT_FAILED' } });
      if (!goesOn) throw refusal(error);
    }
  }

  /**
   * Written with the change itself, in its transaction: both are true after it, or neither. The last thing that the
   * transaction does. @throws AppError AUDIT_FAILED; the transaction is void then.
   */
  async within(trx: Transaction<Database>, actor: Actor, event: AuditEvent): Promise<void> {
    const draft = this.#draft(actor, event);
    try {
      this.#newest = await append(trx, [draft]);
    } catch (error) {
      this.#fail(error, {
        ...draft,
        result: 'failed',
        detail: { ...draft.detail, answered: 'AUDIT_FAILED' },
      });
      throw refusal(error);
    }
  }

  /**
   * Asked before a change that is only written down afterwards.
   * @throws AppError AUDIT_FAILED while lines cannot be written.
   */
  async mustStand(): Promise<void> {
    if (this.#failingSince === null) return;
    await this.#catchUp();
    if (this.#failingSince !== null) throw refusal(null);
  }

  /** Set while lines cannot be written. */
  get alarm(): AuditAlarm['alarm'] {
    const since = this.#failingSince;
    return since === null ? null : { since, waiting: this.#waiting.drafts.length };
  }

  /** The newest row that this process has written; null: none yet. */
  get newest(): Link | null {
    return this.#newest;
  }

  /** What waits stays on the disk for the next process. */
  async close(): Promise<void> {
    if (this.#retry) clearTimeout(this.#retry);
    this.#retry = null;
    await this.#pumping;
    await this.#catchingUp;
  }

  #draft({ account, address }: Actor, event: AuditEvent): Draft {
    const { action, result = 'ok', organizationId, object, detail = {} } = event;
    return draftOf({
      ...{ account_id: account?.accountId ?? null, account_name: account?.name ?? '' },
      ...{ role: account?.role ?? null, organization_id: organizationId, action },
      ...{ object_kind: object?.kind ?? null, object_id: object?.id ?? null, result, address, detail },
    });
  }

  /** Whoever comes while a transaction runs goes into the next one together. */
  async #pump(): Promise<void> {
    while (this.#writers.length > 0) {
      const batch = this.#writers.splice(0, BATCH);
      try {
        await this.#commit(batch.map(({ draft }) => draft));
        for (const { done } of batch) done();
        if (this.#failingSince !== null) this.#retryLater(0);
      } catch (error) {
        for (const { failed } of batch) failed(error);
      }
    }
    this.#pumping = null;
  }

  async #commit(drafts: readonly Draft[]): Promise<void> {
    this.#newest = await this.#db.transaction().execute((trx) => append(trx, drafts));
  }

  #fail(error: unknown, draft: Draft): void {
    this.#logger?.error({ err: error, action: draft.action }, 'the audit cannot be written');
    this.#failingSince ??= Date.now();
    try {
      this.#waiting.keep(draft);
    } catch (full) {
      this.#logger?.error({ err: full, action: draft.action }, 'a line of the audit waits in memory alone');
    }
    this.#retryLater(RETRY_MS);
  }

  #retryLater(ms: number): void {
    if (this.#retry && ms > 0) return;
    if (this.#retry) clearTimeout(this.#retry);
    this.#retry = setTimeout(() => {
      this.#retry = null;
      void this.#catchUp();
    }, ms).unref();
  }

  async #catchUp(): Promise<void> {
    this.#catchingUp ??= this.#writeWaiting().finally(() => {
      this.#catchingUp = null;
    });
    await this.#catchingUp;
  }

  /** Writes what waits; ends the alarm when all of it is written. */
  async #writeWaiting(): Promise<void> {
    try {
      while (this.#waiting.drafts.length > 0) {
        const batch = this.#waiting.drafts.slice(0, BATCH);
        await this.#commit(batch.map((draft) => ({ ...draft, detail: { ...draft.detail, late: true } })));
        this.#waiting.done(batch);
      }
      if (this.#failingSince !== null) this.#logger?.info({}, 'the audit is written again');
      this.#failingSince = null;
    } catch (error) {
      this.#failingSince ??= Date.now();
      this.#logger?.error({ err: error }, 'the audit still cannot be written');
      this.#retryLater(RETRY_MS);
    }
  }
}

function refusal(cause: unknown): AppError {
  if (cause !== null && isDatabaseAway(cause))
    return new AppError('DATABASE_AWAY', 'the database does not answer', { cause });
  return new AppError('AUDIT_FAILED', 'the audit cannot be written', cause === null ? {} : { cause });
}

/** Who makes a request. */
export const actorOf = (request: Request): Actor => ({
  account: request.res?.locals.account ?? null,
  address: request.ip ?? '',
});
