import type { LocalFeed } from '../lesson/session.ts';

/** What stands in the place of one's own picture while there is none. */
export function cameraWord(camera: LocalFeed | undefined) {
  if (!camera) return 'stage.noPicture';
  return camera.state === 'failed' ? 'stage.cameraFailed' : 'stage.cameraStarting';
}
