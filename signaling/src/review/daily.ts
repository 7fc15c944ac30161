import type { Logger } from '#platform/logger.ts';

const DAY_MS = 24 * 3_600_000;
/** After a start the platform has other things to do. */
const FIRST_MS = 60_000;

/** Runs `round` once a day while the process lives, beginning a minute after it did. */
export function daily(round: () => Promise<unknown>, logger: Logger): { close(): void } {
  const run = () =>
    void round().catch((error: unknown) => logger.error({ err: error }, 'the daily round failed'));
  const first = setTimeout(run, FIRST_MS).unref();
  const timer = setInterval(run, DAY_MS).unref();
  return {
    close() {
      clearTimeout(first);
      clearInterval(timer);
    },
  };
}
