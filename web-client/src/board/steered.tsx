import { deferred } from '../ui/deferred.tsx';

/** A village's screen does not carry what only the teacher's side does with the board. */
const parts = () => import('./steering-parts.ts');

export const PageDesk = deferred(
  async () => (await parts()).PageDesk,
  () => null,
);
export const WritersButton = deferred(
  async () => (await parts()).WritersButton,
  () => null,
);

/** For the teacher's page: a board that is put up has its pages at its side at once. */
export const preloadSteering = (): Promise<unknown> =>
  Promise.all([PageDesk.preload(), WritersButton.preload()]).catch(() => {});
