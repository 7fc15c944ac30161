import { setFlagsFromString } from 'node:v8';
import { runMediaNode } from '#platform/media-node.ts';
import { RecorderNode } from './src/recorder-node.ts';

// Hundreds of packets a second die young: let the young generation grow in one step, so that it is swept
// seldom. (Its first size can only be set on the command line.)
setFlagsFromString('--semi-space-growth-factor=16');

await runMediaNode('recorder', async (context) => RecorderNode.start(context));
