import type { Id } from '#protocol/ids.ts';
import { GONE_MS } from '#protocol/room-screen.ts';

/** Which rooms' screens are on: they say so every few seconds, and it is forgotten as fast. */
export class Presences {
  readonly #seen = new Map<Id, number>();

  here(accountId: Id): void {
    this.#seen.set(accountId, Date.now());
  }

  gone(accountId: Id): void {
    this.#seen.delete(accountId);
  }

  isHere(accountId: Id): boolean {
    return Date.now() - (this.#seen.get(accountId) ?? 0) < GONE_MS;
  }
}
