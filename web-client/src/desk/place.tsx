import { deferred } from '../ui/deferred.tsx';
import { Waiting } from '../ui/Waiting.tsx';

/** The board's ink in a chunk of its own: the pictures do not wait for it. */
export const BoardPicture = deferred(
  async () => (await import('./BoardPicture.tsx')).BoardPicture,
  () => <Waiting />,
);
