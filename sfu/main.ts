import { readFileSync } from 'node:fs';
import { loadConfig } from '#platform/config.ts';
import { createLogger } from '#platform/logger.ts';
import { exitWithParent, tellReady } from '#platform/parent.ts';
import { SfuNode } from './src/sfu-node.ts';

const config = loadConfig();
const logger = createLogger('sfu', config.logLevel);
const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

exitWithParent();
if (!config.nodes.secret) {
  logger.fatal('nodes.secret (TC_NODES_SECRET) is not set: signaling would refuse this node');
  process.exit(1);
}

try {
  const node = await SfuNode.start({ config, version, logger });
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      node.close();
      process.exit(0);
    });
  tellReady();
} catch (error) {
  logger.fatal({ err: error, port: config.sfu.port }, 'sfu cannot start (is its port taken?)');
  process.exit(1);
}
