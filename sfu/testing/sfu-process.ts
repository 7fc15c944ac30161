import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));

/** Starts this service as the supervisor does, on loopback only. Resolves when it says that it is ready. */
export async function startSfu(
  controlUrl: string,
  port: number,
  env: Record<string, string> = {},
): Promise<ChildProcess> {
  const child = fork(MAIN, {
    env: {
      ...process.env,
      TC_NODES_URL: controlUrl,
      TC_NODES_SECRET: 'test',
      TC_SFU_PORT: String(port),
      TC_SFU_LISTEN_IP: '127.0.0.1',
      TC_LOG_LEVEL: 'fatal',
      ...env,
    },
    execArgv: [],
  });
  await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`sfu ended with ${code}`))),
  ]);
  return child;
}

export async function stopSfu(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}
