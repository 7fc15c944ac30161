import { deferred } from '../ui/deferred.tsx';
import { Waiting } from '../ui/Waiting.tsx';

/** The board in a chunk of its own: a lesson's first picture does not wait for ink. */
const idle = globalThis.requestIdleCallback ?? ((work: () => void) => setTimeout(work, 1_000));

export const MainBoard = deferred(
  async () => (await import('./MainBoard.tsx')).MainBoard,
  () => <Waiting />,
);

// While the page waits for its seat: a board that is up already, or is put up later, is then drawn at once.
idle(() => void MainBoard.preload().catch(() => {}));
