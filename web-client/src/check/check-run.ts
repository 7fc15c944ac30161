import type { CheckItem, CheckResult } from '#protocol/quality.ts';
import { type CheckGroup, type Finding, GROUPS, groupOf } from './findings.ts';

/** How one group is measured. Rejects only when it was told to stop; what goes wrong is a finding. */
export type Measure = (signal: AbortSignal, progress: (share: number) => void) => Promise<readonly Finding[]>;
export type Measures = Readonly<Record<CheckGroup, Measure>>;

export interface CheckSnapshot {
  /** The group that is being measured, how far (0 to 1), and what still follows. */
  readonly running: { readonly group: CheckGroup; readonly progress: number } | null;
  readonly waiting: readonly CheckGroup[];
  readonly findings: ReadonlyMap<CheckItem, Finding>;
}

export interface CheckRunOptions {
  measures: Measures;
  /** What is known from earlier. */
  findings?: readonly Finding[];
  /** Some groups were measured to their end: everything that is known now. */
  finished?(findings: readonly Finding[]): void;
}

/** Measures one group after the other; made for React's `useSyncExternalStore`. */
export class CheckRun {
  readonly #options: CheckRunOptions;
  readonly #listeners = new Set<() => void>();
  #snapshot: CheckSnapshot;
  #stop: AbortController | null = null;

  constructor(options: CheckRunOptions) {
    this.#options = options;
    const findings = new Map((options.findings ?? []).map((it) => [it.result.item, it]));
    this.#snapshot = { running: null, waiting: [], findings };
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  getSnapshot = (): CheckSnapshot => this.#snapshot;

  /**
   * Measures the groups, in order; what one found before stays until it has found something new. One at a time: a
   * second call stops the first.
   */
  async start(groups: readonly CheckGroup[] = GROUPS): Promise<void> {
    this.cancel();
    const stop = new AbortController();
    this.#stop = stop;
    const wanted = GROUPS.filter((group) => groups.includes(group));
    for (const [index, group] of wanted.entries()) {
      this.#set({ running: { group, progress: 0 }, waiting: wanted.slice(index + 1) });
      let found: readonly Finding[];
      try {
        found = await this.#options.measures[group](stop.signal, (progress) => {
          if (this.#stop === stop) this.#set({ running: { group, progress } });
        });
      } catch (error) {
        if (stop.signal.aborted) return;
        this.cancel();
        throw error;
      }
      // A device may have answered although it was told to stop.
      if (stop.signal.aborted) return;
      const findings = without(this.#snapshot.findings, group);
      for (const finding of found) findings.set(finding.result.item, finding);
      this.#set({ findings });
    }
    this.#stop = null;
    this.#set({ running: null, waiting: [] });
    this.#options.finished?.([...this.#snapshot.findings.values()]);
  }

  /** Stops; what was found until now stays. */
  cancel(): void {
    this.#stop?.abort();
    this.#stop = null;
    if (this.#snapshot.running) this.#set({ running: null, waiting: [] });
  }

  #set(change: Partial<CheckSnapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...change };
    for (const listener of this.#listeners) listener();
  }
}

function without(findings: ReadonlyMap<CheckItem, Finding>, group: CheckGroup): Map<CheckItem, Finding> {
  return new Map([...findings].filter(([item]) => groupOf(item) !== group));
}

export const resultsOf = (findings: Iterable<Finding>): CheckResult[] =>
  [...findings].map(({ result }) => result);
