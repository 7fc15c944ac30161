import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export class FolderLockedError extends Error {
  override readonly name = 'FolderLockedError';
  readonly pid: number;
  constructor(folder: string, { pid, since, program }: Pick<Holder, 'pid'> & Partial<Holder>) {
    const what = program ? ` (${program})` : '';
    const began = since ? `, since ${since}` : '';
    const beganZh = since ? `，从 ${since} 开始` : '';
    super(
      `${folder} is in use by process ${pid}${what}${began}. Two programs on one data folder lose rows: ` +
        `stop that one first (Ctrl+C where it was started: whoever started it starts it again when it is killed).\n` +
        `${folder} 正被进程 ${pid}${what} 使用${beganZh}。两个程序同时用一个数据文件夹会丢数据：请先停掉它（在启动它的窗口按 Ctrl+C；只 kill 这个进程，平台会把它再拉起来），再重新启动。`,
    );
    this.pid = pid;
  }
}

interface Holder {
  pid: number;
  /** The kernel's start time of that process, so that a reused pid is not taken for the holder. */
  started: string;
  /** For whoever is refused: since when it has held the folder, on this machine's clock, and what it is. */
  since: string;
  program: string;
}

/**
 * Holds a folder for this process. A holder that died (also by kill -9) is noticed and replaced. The lock
 * file appears by `link`, which the file system does whole or not at all.
 */
export class FolderLock {
  readonly #file: string;
  readonly #mine: string;
  #held = true;

  static acquire(folder: string): FolderLock {
    mkdirSync(folder, { recursive: true });
    const file = join(folder, 'in-use.lock');
    const mine = JSON.stringify({
      pid: process.pid,
      started: startTime(process.pid),
      since: wallTime(new Date()),
      program: process.argv.slice(1, 3).map(named).filter(Boolean).join(' ') || 'node',
      token: randomBytes(8).toString('hex'),
    });
    const draft = join(folder, `.lock-${randomBytes(6).toString('hex')}`);
    writeFileSync(draft, mine);
    try {
      for (let attempt = 0; attempt < 5; attempt += 1) {
        try {
          linkSync(draft, file);
          return new FolderLock(file, mine);
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
        }
        const holder = read(file);
        if (holder && isAlive(holder)) throw new FolderLockedError(folder, holder);
        removeStale(file);
      }
      throw new FolderLockedError(folder, read(file) ?? { pid: 0 });
    } finally {
      unlinkSync(draft);
    }
  }

  private constructor(file: string, mine: string) {
    this.#file = file;
    this.#mine = mine;
  }

  release(): void {
    if (!this.#held) return;
    this.#held = false;
    try {
      if (readFileSync(this.#file, 'utf8') === this.#mine) unlinkSync(this.#file);
    } catch {
      // Already gone: nothing is held.
    }
  }
}

/** Two starters may find the same dead holder: only what was really dead may be thrown away. */
function removeStale(file: string): void {
  const aside = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  const moved = read(aside);
  if (moved && isAlive(moved)) {
    try {
      linkSync(aside, file);
    } catch {
      // A third one holds it now; it will be found on the next attempt.
    }
  }
  unlinkSync(aside);
}

function read(file: string): Holder | null {
  try {
    const value = JSON.parse(readFileSync(file, 'utf8')) as Partial<Holder>;
    return typeof value.pid === 'number' && typeof value.started === 'string' ? (value as Holder) : null;
  } catch {
    return null;
  }
}

function isAlive({ pid, started }: Holder): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  const now = startTime(pid);
  return started === '' || now === '' || started === now;
}

/** `2026-11-22 08:30:05`, as whoever reads the message has it on the wall. */
const wallTime = (at: Date): string =>
  new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 19).replace('T', ' ');

/** The last names of a program's path; options and addresses stay out of a file that others may read. */
const named = (argument: string): string =>
  /^[\w./-]+$/.test(argument) && !argument.startsWith('-') ? argument.split('/').slice(-3).join('/') : '';

/** Field 22 of /proc/PID/stat (proc(5)); empty where there is no /proc. */
function startTime(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}
