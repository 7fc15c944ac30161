import { setTimeout as sleep } from 'node:timers/promises';

/** Generous on purpose: tests wait for facts, and a busy machine is no fault of the platform's. */
export const DEADLINE_MS = 75_000;

interface UntilOptions {
  deadlineMs?: number;
  everyMs?: number;
  /** More to say in the message when it was in vain. */
  tell?(): Promise<string> | string;
}

/**
 * Asks until the answer is neither null, undefined nor false, and returns it. A question that throws is
 * asked again; at the deadline the last answer or error is in the message.
 */
export async function until<T>(
  what: string,
  ask: () => Promise<T> | T,
  { deadlineMs = DEADLINE_MS, everyMs = 100, tell }: UntilOptions = {},
): Promise<Exclude<T, null | undefined | false>> {
  const end = Date.now() + deadlineMs;
  let last: unknown;
  do {
    try {
      const answer = await ask();
      if (answer !== null && answer !== undefined && answer !== false)
        return answer as Exclude<T, null | undefined | false>;
      last = answer;
    } catch (error) {
      last = error;
    }
    await sleep(everyMs);
  } while (Date.now() < end);
  const seen = last instanceof Error ? last.stack : String(last);
  throw new Error(`waited ${deadlineMs} ms in vain until ${what}; last: ${seen}\n${(await tell?.()) ?? ''}`);
}
