import { parseArgs } from 'node:util';
import type { TeachOptions } from './teach.ts';

export type TeachArguments = Omit<TeachOptions, 'stop' | 'abort' | 'onLesson' | 'onProgress'>;

/** Reads the command line. Null for `--help` and for what cannot be understood: both get the usage. */
export function readArguments(args: string[], defaultServer: string): TeachArguments | null {
  try {
    const { values, positionals } = parseArgs({
      args: joined(args),
      allowPositionals: true,
      allowNegative: true,
      options: {
        lesson: { type: 'string' },
        server: { type: 'string', default: defaultServer },
        account: { type: 'string' },
        duration: { type: 'string' },
        start: { type: 'boolean', default: true },
        end: { type: 'boolean', default: true },
        insecure: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    const seconds = values.duration === undefined ? null : Number(values.duration);
    const isDuration = seconds === null || (Number.isFinite(seconds) && seconds > 0);
    const isServer = /^https?:$/.test(URL.parse(values.server)?.protocol ?? '');
    if (values.help || positionals.length > 1 || !isDuration || !isServer) return null;
    return {
      server: new URL(values.server).origin,
      file: positionals[0] ?? null,
      lessonId: values.lesson ?? null,
      account: values.account ?? null,
      start: values.start,
      end: values.end,
      durationMs: seconds === null ? null : seconds * 1_000,
      insecure: values.insecure,
    };
  } catch {
    return null;
  }
}

/**
 * `--lesson ID` as `--lesson=ID`: one lesson id in 64 begins with a dash, which parseArgs would take for another
 * option.
 */
function joined(args: readonly string[]): string[] {
  const at = args.findIndex((arg) => arg === '--lesson' || arg === '--account');
  if (at < 0 || at + 1 >= args.length) return [...args];
  return [...args.slice(0, at), `${args[at]}=${args[at + 1]}`, ...joined(args.slice(at + 2))];
}
