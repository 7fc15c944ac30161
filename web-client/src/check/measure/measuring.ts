/** All that measures, for a chunk of its own: a room whose last check is fresh measures nothing. */
export { lookAt } from './camera.ts';
export { measureCamera, measureLoop, measureMic } from './devices.ts';
export { measureNetwork } from './network.ts';
