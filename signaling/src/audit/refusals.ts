import type { Request } from 'express';
import type { Logger } from '#platform/logger.ts';
import { type Audit, actorOf } from './audit.ts';

/** One line for whoever goes on trying the same. */
const ONCE_IN_MS = 60_000;
const MOST_REMEMBERED = 10_000;

/**
 * Writes down who tried to do what their role may do nowhere. No page offers that: somebody made the request by hand.
 * What is not there for them is no line: a page that was left open asks for it, too.
 */
export class Refusals {
  readonly #audit: Audit;
  readonly #logger: Logger;
  readonly #noted = new Map<string, number>();

  constructor(audit: Audit, logger: Logger) {
    this.#audit = audit;
    this.#logger = logger;
  }

  /** The answer does not wait for it. */
  note(request: Request): void {
    const { account } = request.res?.locals ?? {};
    if (!account || request.method === 'GET' || request.method === 'HEAD') return;
    // The route itself: what somebody puts into an address does not belong in the log.
    const path = String(request.route?.path ?? request.path).slice(0, 200);
    if (!this.#isNew(`${account.accountId} ${request.method} ${path}`)) return;
    const event = {
      action: 'access.refused',
      result: 'refused',
      organizationId: account.organizationId,
    } as const;
    const detail = { method: request.method, path };
    this.#audit.write(actorOf(request), { ...event, detail }).catch((error: unknown) => {
      this.#logger.error({ err: error }, 'a refusal was not written down');
    });
  }

  #isNew(key: string): boolean {
    const now = Date.now();
    if (now - (this.#noted.get(key) ?? 0) < ONCE_IN_MS) return false;
    if (this.#noted.size >= MOST_REMEMBERED) this.#noted.clear();
    this.#noted.set(key, now);
    return true;
  }
}
