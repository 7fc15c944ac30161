import { runMediaNode } from '#platform/media-node.ts';
import { SfuNode } from './src/sfu-node.ts';

await runMediaNode('sfu', (context) => SfuNode.start(context));
