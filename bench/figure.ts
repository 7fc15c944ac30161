/** What a figure's measurement gives. Times in ms, CPU in ms a second, unless the figure's unit says otherwise. */
export interface Measured {
  value: number;
  /** The same thing done by the plainest means there is, in the same run. */
  baseline?: number;
  p50?: number;
  p95?: number;
  /** What somebody who doubts the value wants to see. */
  detail?: Record<string, unknown>;
}

/** Tells a waiting person what is going on. */
export type Say = (text: string) => void;
export type Measure = (say: Say) => Promise<Measured>;

export interface Figure {
  name: string;
  unit: string;
  /** Upper bound of what `judged` names. */
  goal: number;
  judged: 'value' | 'ratio';
  /** Conditions beyond the bound. */
  and?: (measured: Measured) => boolean;
  /** After this long the measurement is ended and counts as failed. */
  deadlineMs: number;
  load(): Promise<{ measure: Measure }>;
}

export interface Result {
  name: string;
  unit: string;
  value: number | null;
  baseline: number | null;
  ratio: number | null;
  goal: number;
  judged: Figure['judged'];
  met: boolean;
  [more: string]: unknown;
}

const round = (value: number) => Number(value.toPrecision(4));

export function resultOf(figure: Figure, measured: Measured): Result {
  const { name, unit, goal, judged, and } = figure;
  const { value, baseline, p50, p95, detail } = measured;
  const ratio = !baseline ? null : value / baseline;
  const judgedValue = judged === 'ratio' ? ratio : value;
  return {
    name,
    unit,
    value: round(value),
    baseline: baseline === undefined ? null : round(baseline),
    ratio: ratio === null ? null : round(ratio),
    goal,
    judged,
    met: judgedValue !== null && judgedValue <= goal && (and?.(measured) ?? true),
    ...(p50 !== undefined && { p50: round(p50) }),
    ...(p95 !== undefined && { p95: round(p95) }),
    ...(detail && { detail }),
  };
}

export function failureOf({ name, unit, goal, judged }: Figure, error: string): Result {
  return { name, unit, value: null, baseline: null, ratio: null, goal, judged, met: false, error };
}
