import { type Config, loadConfig } from './config.ts';
import { createLogger, type Logger } from './logger.ts';
import { exitWithParent, tellReady } from './parent.ts';
import { VERSION } from './version.ts';

export interface MediaNodeContext {
  config: Config;
  version: string;
  logger: Logger;
}

/** What is the same in the main of every media node: settings, log, credential, readiness, and its end. */
export async function runMediaNode(
  name: 'sfu' | 'recorder',
  start: (context: MediaNodeContext) => Promise<{ close(): void | Promise<void> }>,
): Promise<void> {
  const config = loadConfig();
  const logger = createLogger(name, config.logLevel);
  exitWithParent();
  if (!config.nodes.secret) {
    logger.fatal('nodes.secret (TC_NODES_SECRET) is not set: signaling would refuse this node');
    process.exit(1);
  }
  try {
    const node = await start({ config, version: VERSION, logger });
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, async () => {
        await node.close();
        process.exit(0);
      });
    }
    tellReady();
  } catch (error) {
    logger.fatal({ err: error }, `${name} cannot start (is one of its ports taken?)`);
    process.exit(1);
  }
}
