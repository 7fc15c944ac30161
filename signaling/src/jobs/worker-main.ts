import { spawnSync } from 'node:child_process';
import { setPriority } from 'node:os';
import { openBlobStore } from '#platform/blob-store/open-blob-store.ts';
import { AppError } from '#protocol/errors.ts';
import type { JobKind } from '#protocol/export.ts';
import type { Assignment, FromWorker, Perform, Stoppable, ToWorker } from './work.ts';

/*
 * The process in which one job's heavy part runs: last in the queue for the processor and the disk, so that a live
 * lesson on the same machine does not notice it. It never outlives the process that began it.
 */

const KINDS: Record<JobKind, () => Promise<{ perform: Perform }>> = {
  export: () => import('../exports/perform.ts'),
};

const programs = new Set<Stoppable>();
let waiting = false;

function end(code: number): never {
  // Also those that stand still: nothing but SIGKILL reaches them.
  for (const program of programs) program.kill('SIGKILL');
  process.exit(code);
}

process.on('disconnect', () => end(1));
process.on('SIGTERM', () => end(1));
process.on('message', (message: ToWorker) => {
  if ('begin' in message) void perform(message.begin);
  else stand(message.wait);
});

function stand(wait: boolean): void {
  waiting = wait;
  for (const program of programs) program.kill(wait ? 'SIGSTOP' : 'SIGCONT');
}

async function perform({ kind, task, blobs, nice, ...rest }: Assignment) {
  setPriority(nice);
  // Idle class for the disk, where the system has it (Linux with util-linux).
  spawnSync('ionice', ['-c', '3', '-p', String(process.pid)], { stdio: 'ignore' });
  let told = -1;
  try {
    const { perform } = await KINDS[kind]();
    const result = await perform(task, {
      ...rest,
      blobs: openBlobStore(blobs),
      progress(share) {
        const rounded = Math.min(1, Math.max(0, Math.round(share * 1000) / 1000));
        if (rounded <= told) return;
        told = rounded;
        say({ progress: rounded });
      },
      started(program) {
        programs.add(program);
        if (waiting) program.kill('SIGSTOP');
        return () => void programs.delete(program);
      },
    });
    say({ result }, () => end(0));
  } catch (error) {
    const { code, message } = AppError.from(error);
    const cause = error instanceof AppError ? message : String((error as Error).stack);
    say({ error: code, message: cause }, () => end(0));
  }
}

function say(message: FromWorker, then: () => void = () => {}): void {
  process.send?.(message, undefined, undefined, then);
}
