/** One thing that a line of the audit says beside who, what and when. */
export interface DetailLine {
  key: string;
  /** What it was before; only where it is known. */
  before?: unknown;
  value: unknown;
}

type Fields = Record<string, unknown>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isNothing = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

/** Lines for people: of a change only what is other than before, and nothing of what says nothing. */
export function detailLines(detail: Fields): DetailLine[] {
  const { from, to, ...rest } = detail;
  const others = Object.entries(rest).flatMap(([key, value]) => linesOf(key, value));
  // That something was changed stands above the lines already.
  return [...changesOf(from, to), ...others.filter(({ value }) => value !== 'changed')];
}

function changesOf(from: unknown, to: unknown): DetailLine[] {
  if (isFields(from) && isFields(to))
    return (
      [...new Set([...Object.keys(from), ...Object.keys(to)])]
        // What one of them does not say was not noted: it has not become nothing.
        .filter((key) => key in to && JSON.stringify(from[key]) !== JSON.stringify(to[key]))
        .map((key) => ({ key, value: to[key], ...(key in from && { before: from[key] }) }))
    );
  if (!isNothing(from) && !isNothing(to)) return [{ key: 'change', before: from, value: to }];
  return [...linesOf('from', from), ...linesOf('to', to)];
}

/** A group of numbers, such as how many lessons were made and moved, is a line for each that is not nought. */
function linesOf(key: string, value: unknown): DetailLine[] {
  if (isNothing(value)) return [];
  if (!isFields(value)) return [{ key, value }];
  return Object.entries(value).flatMap(([inner, one]) => (one === 0 ? [] : linesOf(inner, one)));
}
