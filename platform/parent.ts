/** How long a service that lost its supervisor may take to end in good order. */
const ORPHAN_DEADLINE_MS = 10_000;

/**
 * Ends this process when the supervisor that started it is gone, however it went (kill -9 included): the
 * channel between them closes, and the service gets the SIGTERM that the supervisor can no longer send.
 * Each service's main calls it once. Started by hand, without a supervisor, it does nothing.
 */
export function exitWithParent(): void {
  // Undefined without a supervisor, false when it is gone already.
  if (process.connected === undefined) return;
  // Nobody reads the output of an orphan: a broken pipe must not end it before it has closed its files.
  process.stdout.on('error', () => {});
  process.stderr.on('error', () => {});
  const end = () => {
    setTimeout(() => process.exit(1), ORPHAN_DEADLINE_MS).unref();
    process.kill(process.pid, 'SIGTERM');
  };
  if (!process.connected) end();
  process.once('disconnect', end);
  process.channel?.unref();
}

/**
 * Tells the supervisor that this service does its work. Signaling names the ports it listens on, because
 * they may have been chosen by the system.
 */
export function tellReady(
  details: { httpPort?: number; httpsPort?: number; firstStart?: string } = {},
): void {
  // With a callback a supervisor that died just now is no uncaught error: exitWithParent ends this process.
  process.send?.({ ready: true, ...details }, undefined, undefined, () => {});
}
