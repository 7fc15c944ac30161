import { cpus } from 'node:os';

/** Share of the machine's CPU time that nobody used, from its making until `read`. Near 0 the figures are worth little. */
export class IdleWindow {
  readonly #before = totals();

  /** 0 to 1 */
  read(): number {
    const now = totals();
    return (now.idle - this.#before.idle) / (now.all - this.#before.all);
  }
}

function totals(): { idle: number; all: number } {
  let idle = 0;
  let all = 0;
  for (const { times } of cpus()) {
    idle += times.idle;
    all += times.user + times.nice + times.sys + times.irq + times.idle;
  }
  return { idle, all };
}
