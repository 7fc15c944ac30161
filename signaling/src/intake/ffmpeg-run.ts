import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** What is kept of ffmpeg's complaints, in characters. */
const COMPLAINT = 2_000;

/**
 * One run of ffmpeg for which nobody waits: with the lowest claim on the processor and one thread, so that a
 * running lesson never notices. Its exit code tells little; what it made has to be looked at.
 * `onProgress` is told how much of the film is done, in ms.
 */
export async function runQuietly(
  bin: string,
  args: string[],
  { signal, onProgress }: { signal?: AbortSignal; onProgress?(ms: number): void } = {},
): Promise<string> {
  const all = ['-hide_banner', '-nostdin', '-loglevel', 'error', '-progress', 'pipe:1', ...args];
  // `nice` before it starts: threads take the claim over from whoever starts them.
  const [program, ...rest] = process.platform === 'win32' ? [bin, ...all] : ['nice', '-n', '19', bin, ...all];
  const child = spawn(program!, rest, { stdio: ['ignore', 'pipe', 'pipe'] });
  const end = () => child.kill('SIGKILL');
  signal?.addEventListener('abort', end, { once: true });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(-COMPLAINT);
  });
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const at = [...text.matchAll(/out_time_us=(\d+)/g)].at(-1);
    if (at) onProgress?.(Number(at[1]) / 1000);
  });
  try {
    if (signal?.aborted) end();
    await once(child, 'close');
  } finally {
    signal?.removeEventListener('abort', end);
  }
  signal?.throwIfAborted();
  return complaint.trim();
}
