import { deferred } from '../ui/deferred.tsx';
import { Waiting } from '../ui/Waiting.tsx';

/** The recording's player is heavy, and most lessons never need it. */
export const CatchUp = deferred(
  async () => (await import('./CatchUp.tsx')).CatchUp,
  () => <Waiting page="stage" />,
);
