const LEVELS: Record<number, string> = {
  10: 'trace',
  20: 'debug',
  30: 'info',
  40: 'WARN',
  50: 'ERROR',
  60: 'FATAL',
};
const HIDDEN = new Set(['level', 'time', 'name', 'pid', 'msg', 'err']);

/**
 * A service's log record (one JSON object a line, pino's keys) as a line for people: time, service, level,
 * message, other fields. A line that is no record gets the service's name in front.
 */
export function readableLine(service: string, line: string): string {
  const record = parseRecord(line);
  if (!record) return `${service}: ${line}`;
  const time = String(record.time ?? '').slice(11, 19);
  const level = LEVELS[Number(record.level)] ?? 'info';
  const rest = Object.entries(record)
    .filter(([key]) => !HIDDEN.has(key))
    .map(([key, value]) => ` ${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  const stack = (record.err as { stack?: string } | undefined)?.stack;
  return `${time} ${service} ${level} ${record.msg ?? ''}${rest.join('')}${stack ? `\n${stack}` : ''}`;
}

function parseRecord(line: string): Record<string, unknown> | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
