import type { ChildProcess } from 'node:child_process';

/** Option `detached` for spawn: a process group of the child's own, where the system has such a thing. */
export const ownGroup = process.platform !== 'win32';

/** Kills what is left of a child spawned with `detached: ownGroup`, with all that it has started itself. */
export function killGroup(child: ChildProcess): void {
  try {
    if (ownGroup) process.kill(-child.pid!, 'SIGKILL');
    else child.kill('SIGKILL');
  } catch {
    // Nothing of it is left.
  }
}
