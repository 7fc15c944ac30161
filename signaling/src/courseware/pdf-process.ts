import { fork } from 'node:child_process';

const MEMORY_MB = 512;

/**
 * What a program says of a PDF, or null when it says nothing in time. It runs in a process of its own, with little
 * memory and without our secrets: a PDF is a stranger's, and what reads it may crash, hang or be taken over.
 */
export async function askProcess(
  program: string,
  args: readonly string[],
  deadlineMs: number,
): Promise<unknown> {
  const child = fork(program, args, {
    execArgv: [`--max-old-space-size=${MEMORY_MB}`],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: { PATH: process.env.PATH, NODE_NO_WARNINGS: '1' },
  });
  const deadline = setTimeout(() => child.kill('SIGKILL'), deadlineMs);
  const said = await new Promise<unknown>((resolve) => {
    child.once('message', resolve);
    child.once('close', () => resolve(null));
    child.once('error', () => resolve(null));
  });
  clearTimeout(deadline);
  child.kill('SIGKILL');
  return said;
}
