import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

/** A set-up step failed in a way that its message fully explains: shown without a stack. */
export class SetupError extends Error {}

/** Last `count` lines of a text file, '' when it cannot be read. */
export function tail(file, count = 20) {
  try {
    return fs.readFileSync(file, 'utf8').trimEnd().split('\n').slice(-count).join('\n');
  } catch {
    return '';
  }
}

/** What is left running when this process ends goes with it. */
const running = new Set();
process.once('exit', () => {
  for (const child of running) child.kill('SIGTERM');
});

/**
 * Runs a program to its end with its output appended to a log file.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{log: string, cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs?: number}} options
 * @returns {Promise<void>}
 * @throws {SetupError} that names the log file and shows its tail
 */
export function run(command, args, { log, cwd, env, timeoutMs }) {
  fs.mkdirSync(path.dirname(log), { recursive: true });
  const fd = fs.openSync(log, 'a');
  fs.writeSync(fd, `\n$ ${[command, ...args].join(' ')}\n`);
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...(env ?? process.env), NO_COLOR: '1' },
      stdio: ['ignore', fd, fd],
      timeout: timeoutMs,
    });
    running.add(child);
    let finished = false;
    const finish = (problem) => {
      if (finished) return; // a program that is not found brings "error" and "close"
      finished = true;
      running.delete(child);
      fs.closeSync(fd);
      if (!problem) return resolve();
      reject(new SetupError(`${command} ${problem}. Log: ${log}\n${tail(log)}`));
    };
    child.once('error', (error) => finish(`did not start (${error.message})`));
    child.once('close', (code, signal) => finish(code === 0 ? '' : `ended with ${signal ?? code}`));
  });
}

/** Absolute path of a program on PATH, or undefined. */
export function which(name, searchPath = process.env.PATH ?? '') {
  for (const dir of searchPath.split(path.delimiter)) {
    const file = path.join(dir, process.platform === 'win32' ? `${name}.exe` : name);
    try {
      fs.accessSync(file, fs.constants.X_OK);
      if (dir && fs.statSync(file).isFile()) return path.resolve(file);
    } catch {
      // not in this folder
    }
  }
  return undefined;
}
