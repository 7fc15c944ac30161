import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export class FolderLockedError extends Error {
  override readonly name = 'FolderLockedError';
  readonly pid: number;
  constructor(folder: string, pid: number) {
    super(
      `${folder} is in use by process ${pid}: two programs on one data folder lose rows. Stop the other one first.`,
    );
    this.pid = pid;
  }
}

interface Holder {
  pid: number;
  /** The kernel's start time of that process, so that a reused pid is not taken for the holder. */
  started: string;
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
        if (holder && isAlive(holder)) throw new FolderLockedError(folder, holder.pid);
        removeStale(file);
      }
      throw new FolderLockedError(folder, read(file)?.pid ?? 0);
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

/** Field 22 of /proc/PID/stat (proc(5)); empty where there is no /proc. */
function startTime(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}
