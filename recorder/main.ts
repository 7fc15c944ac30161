import { runMediaNode } from '#platform/media-node.ts';
import { RecorderNode } from './src/recorder-node.ts';

await runMediaNode('recorder', async (context) => RecorderNode.start(context));
