import { deferred } from '../ui/deferred.tsx';
import { Waiting } from '../ui/Waiting.tsx';

/** The board in a chunk of its own: a lesson's first picture does not wait for ink. */
export const MainBoard = deferred(
  async () => (await import('./MainBoard.tsx')).MainBoard,
  () => <Waiting />,
);
