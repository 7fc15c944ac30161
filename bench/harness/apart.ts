import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Figure, failureOf, type Result } from '../figure.ts';

const ONE = fileURLToPath(new URL('../one.ts', import.meta.url));
const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Measures in a process of its own, so that a crash, a hang or a left-over thread of one figure does not
 * touch the next. Whatever goes wrong is in the result's `error`.
 */
export async function measureApart(figure: Figure): Promise<Result> {
  // A figure that is killed cannot clear away its files: its temporary folder goes with it.
  const folder = mkdtempSync(join(tmpdir(), 'three-classrooms-bench-'));
  // A PostgreSQL that is measured runs as somebody else and has its folder below.
  chmodSync(folder, 0o711);
  return await new Promise<Result>((resolve) => {
    const child = spawn(process.execPath, [ONE, figure.name], {
      cwd: ROOT,
      env: { ...process.env, TMPDIR: folder },
      // Standard output is for the one JSON object.
      stdio: ['ignore', 2, 2, 'ipc'],
    });
    let result: Result | undefined;
    let late = false;
    child.on('message', (message: { result?: Result; error?: string }) => {
      result = message.result ?? failureOf(figure, message.error ?? 'no result');
    });
    const deadline = setTimeout(() => {
      late = true;
      // Its children hang on its channels and pipes, and end with it.
      child.kill('SIGKILL');
    }, figure.deadlineMs);
    child.once('close', (code, signal) => {
      clearTimeout(deadline);
      const why = late ? `not done within ${figure.deadlineMs} ms` : `ended with ${signal ?? code}`;
      resolve(result ?? failureOf(figure, why));
    });
  }).finally(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }));
}
