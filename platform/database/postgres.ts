import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** How long a server that does not answer yet (it starts, or restarts after a crash) is waited for. */
const AWAIT_MS = 60_000;
const RETRY_MS = 500;

/** The server is not there (Node's codes), is starting or going down, or the connection broke (SQLSTATE). */
const AWAY = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOENT', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENOTFOUND', 'EAI_AGAIN'],
  ...['57P01', '57P02', '57P03', '08000', '08001', '08003', '08004', '08006'],
]);

/** What the driver says, without a code, when a connection ends under a query. */
const AWAY_WORDS = /connection (terminated|ended)|not queryable|timeout expired|timeout exceeded/i;

export class DatabaseAwayError extends Error {
  override readonly name = 'DatabaseAwayError';
}

/**
 * Whether an error tells of the way to the database and not of the query. A commit that failed so may have
 * happened all the same.
 */
export function isDatabaseAway(error: unknown): boolean {
  const { code, message, name } = (error ?? {}) as Partial<Record<'code' | 'message' | 'name', unknown>>;
  if (typeof code === 'string') return AWAY.has(code);
  return name === 'DatabaseAwayError' || AWAY_WORDS.test(String(message));
}

/** The same JavaScript values as PGlite gives: a bigint is a number (all of ours are counts of bytes or of rows). */
const TYPES = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    return oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format as 'text');
  },
};

export interface PostgresOptions {
  /** `postgres://user:password@host:port/name`, with `?sslmode=…` as libpq has it. */
  url: string;
  connections: number;
  /** A connection that nobody uses broke; the pool makes a new one by itself. */
  onBroken(error: Error): void;
}

/**
 * A pool of connections to a PostgreSQL server that has answered.
 * @throws DatabaseAwayError when it does not answer within a minute; the driver's error for a wrong address.
 */
export async function openPostgres({ url, connections, onBroken }: PostgresOptions): Promise<pg.Pool> {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    types: TYPES as pg.CustomTypesConfig,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    application_name: 'three-classrooms',
  });
  pool.on('error', onBroken);
  // A connection that breaks while it is in use tells its query, and whoever else listens: nobody would end the process.
  pool.on('connect', (client) => client.on('error', () => {}));
  try {
    await untilItAnswers(pool);
    return pool;
  } catch (error) {
    await pool.end();
    throw error;
  }
}

async function untilItAnswers(pool: pg.Pool): Promise<void> {
  const deadline = Date.now() + AWAIT_MS;
  for (;;) {
    try {
      await pool.query('select 1');
      return;
    } catch (error) {
      if (!isDatabaseAway(error)) throw error;
      if (Date.now() > deadline)
        throw new DatabaseAwayError(`database.url: no answer: ${(error as Error).message}`, { cause: error });
      await sleep(RETRY_MS);
    }
  }
}
