import { type Kysely, sql } from 'kysely';
import type { Logger } from '#platform/logger.ts';
import type { Id } from '#protocol/ids.ts';
import type { Database } from '../database/schema.ts';

const EVERY_MS = 500;
/** A transaction writes its notices before they can be seen: as long as one takes at most, they are looked for again. */
const OVERLAP_SECONDS = 20;

export interface NoticeCount {
  unread: number;
  /** When something last changed, in wall ms; null: nothing ever. */
  newest: number | null;
}

type Hear = (count: NoticeCount) => void;

/**
 * Tells open pages of each change of their account's notices within half a second, whichever process made it. Asks the
 * database only while a page is open, and counts only for accounts that something has happened to.
 */
export class NoticeWatch {
  readonly #db: Kysely<Database>;
  readonly #logger: Logger;
  readonly #pages = new Map<Id, Set<Hear>>();
  /** What was told last, by account. */
  readonly #told = new Map<Id, NoticeCount>();
  readonly #timer: NodeJS.Timeout;
  #asking: Promise<void> | null = null;

  constructor(db: Kysely<Database>, logger: Logger) {
    this.#db = db;
    this.#logger = logger;
    this.#timer = setInterval(() => void this.check(), EVERY_MS);
    this.#timer.unref();
  }

  /** Calls `hear` at once and at each change. Returns how to stop. */
  async page(accountId: Id, hear: Hear): Promise<() => void> {
    const pages = this.#pages.get(accountId) ?? new Set();
    this.#pages.set(accountId, pages.add(hear));
    const stop = () => {
      pages.delete(hear);
      if (pages.size > 0 || this.#pages.get(accountId) !== pages) return;
      this.#pages.delete(accountId);
      this.#told.delete(accountId);
    };
    try {
      const count = (await this.#count([accountId])).get(accountId) ?? { unread: 0, newest: null };
      this.#told.set(accountId, count);
      hear(count);
    } catch (error) {
      this.#logger.debug({ err: error }, 'notices could not be counted');
    }
    return stop;
  }

  /** Asks the database; exported for tests, otherwise every half second. */
  check(): Promise<void> {
    this.#asking ??= this.#check().finally(() => {
      this.#asking = null;
    });
    return this.#asking;
  }

  async #check(): Promise<void> {
    if (this.#pages.size === 0) return;
    try {
      const stirred = await this.#db
        .selectFrom('notice')
        .select('account_id')
        .distinct()
        .where('stirred_at', '>', sql<Date>`clock_timestamp() - make_interval(secs => ${OVERLAP_SECONDS})`)
        .execute();
      const open = stirred.map(({ account_id }) => account_id).filter((id) => this.#pages.has(id));
      for (const [accountId, count] of await this.#count(open)) {
        const told = this.#told.get(accountId);
        if (told && told.unread === count.unread && told.newest === count.newest) continue;
        this.#told.set(accountId, count);
        for (const hear of this.#pages.get(accountId) ?? []) hear(count);
      }
    } catch (error) {
      // The database is away: the next round tells.
      this.#logger.debug({ err: error }, 'notices could not be looked for');
    }
  }

  async #count(accountIds: readonly Id[]): Promise<Map<Id, NoticeCount>> {
    if (accountIds.length === 0) return new Map();
    const rows = await this.#db
      .selectFrom('notice')
      .select(({ fn }) => [
        'account_id',
        fn.max('stirred_at').as('newest'),
        sql<string>`count(*) filter (where read_at is null and withdrawn_at is null)`.as('unread'),
      ])
      .where('account_id', 'in', [...accountIds])
      .groupBy('account_id')
      .execute();
    return new Map(
      rows.map(({ account_id, newest, unread }) => [
        account_id,
        { unread: Number(unread), newest: new Date(newest).getTime() },
      ]),
    );
  }

  close(): void {
    clearInterval(this.#timer);
  }
}
