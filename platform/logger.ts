import { type Logger, pino } from 'pino';

export type { Logger };

/** One JSON line a record on standard output; people's reading format is the supervisor's business. */
export function createLogger(name: string, level: string): Logger {
  return pino({ name, level, base: { name, pid: process.pid }, timestamp: pino.stdTimeFunctions.isoTime });
}
