import { ConfigError, loadConfig } from '#platform/config.ts';
import { FolderLockedError } from '#platform/database/folder-lock.ts';
import { DatabaseAwayError } from '#platform/database/postgres.ts';
import { createLogger } from '#platform/logger.ts';
import { exitWithParent, tellReady } from '#platform/parent.ts';
import { startSignaling } from './src/signaling.ts';

exitWithParent();
try {
  const config = loadConfig();
  const logger = createLogger('signaling', config.logLevel);
  const playDemo = process.send ? (lessonId: string) => void process.send?.({ demo: { lessonId } }) : null;
  const signaling = await startSignaling({ config, logger, playDemo });
  let closing = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (closing) return;
      closing = true;
      void signaling.close().then(() => process.exit(0));
    });
  }
  const { httpPort, httpsPort, firstStart } = signaling;
  tellReady({
    httpPort,
    ...(httpsPort !== null && { httpsPort }),
    ...(firstStart !== null && { firstStart }),
  });
} catch (error) {
  const known =
    error instanceof ConfigError || error instanceof FolderLockedError || error instanceof DatabaseAwayError;
  process.stderr.write(known ? `${error.message}\n` : `${(error as Error).stack}\n`);
  process.exit(1);
}
