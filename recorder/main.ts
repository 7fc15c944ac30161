import { readFileSync } from 'node:fs';
import { loadConfig } from '#platform/config.ts';
import { createLogger } from '#platform/logger.ts';
import { exitWithParent, tellReady } from '#platform/parent.ts';
import { RecorderNode } from './src/recorder-node.ts';

const config = loadConfig();
const logger = createLogger('recorder', config.logLevel);
const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

exitWithParent();
if (!config.nodes.secret) {
  logger.fatal('nodes.secret (TC_NODES_SECRET) is not set: signaling would refuse this node');
  process.exit(1);
}

const node = RecorderNode.start({ config, version, logger });
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, async () => {
    await node.close();
    process.exit(0);
  });
tellReady();
