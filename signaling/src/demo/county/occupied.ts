import type { Period } from './calendar.ts';

/** Who and what is busy when, in a week: nobody and no room is ever in two lessons at once. */
export class Occupied {
  readonly #busy = new Map<string, Pick<Period, 'startsMinute' | 'endsMinute'>[]>();

  isFree(who: string, weekday: number, { startsMinute, endsMinute }: Period): boolean {
    return !this.#busy
      .get(`${weekday} ${who}`)
      ?.some((other) => other.startsMinute < endsMinute && startsMinute < other.endsMinute);
  }

  take(all: readonly string[], weekday: number, period: Period): void {
    for (const who of all) {
      const key = `${weekday} ${who}`;
      this.#busy.set(key, [...(this.#busy.get(key) ?? []), period]);
    }
  }
}
