import { hash, verify } from '@node-rs/argon2';
import { AppError } from '#protocol/errors.ts';

/** Hashes at a time, and how many may wait: each takes its memory and a core for some 30 ms. */
const AT_ONCE = 4;
const MAX_WAITING = 200;

export interface HashCost {
  memoryKib: number;
  passes: number;
}

/**
 * argon2id, one lane. The default cost is OWASP's first choice for it (19 MiB, 2 passes; Password Storage Cheat
 * Sheet). What was hashed at a lower cost is hashed again at the next sign-in.
 */
export class PasswordHash {
  readonly #cost: HashCost;
  #running = 0;
  readonly #waiting: (() => void)[] = [];
  #dummy: Promise<string> | null = null;
  /** How often a password was hashed or compared. */
  count = 0;

  constructor(cost: HashCost) {
    this.#cost = cost;
  }

  async hash(password: string): Promise<string> {
    const { memoryKib: memoryCost, passes: timeCost } = this.#cost;
    return await this.#inTurn(() => hash(password, { memoryCost, timeCost, parallelism: 1 }));
  }

  /** @param stored null where there is none: that takes as long as one that is wrong. */
  async verify(stored: string | null, password: string): Promise<boolean> {
    this.#dummy ??= this.hash('nobody');
    const against = stored ?? (await this.#dummy);
    const same = await this.#inTurn(() => verify(against, password));
    return same && stored !== null;
  }

  /** Whether a stored hash costs less than one that is made now. */
  isCheap(stored: string): boolean {
    const cost = /\$m=(\d+),t=(\d+)/.exec(stored);
    return !cost || Number(cost[1]) < this.#cost.memoryKib || Number(cost[2]) < this.#cost.passes;
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= AT_ONCE) {
      if (this.#waiting.length >= MAX_WAITING)
        throw new AppError('TOO_MANY_REQUESTS', 'too many sign-ins at once', { retryAfterMs: 2_000 });
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    this.#running += 1;
    this.count += 1;
    try {
      return await work();
    } finally {
      this.#running -= 1;
      this.#waiting.shift()?.();
    }
  }
}
