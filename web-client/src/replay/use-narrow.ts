import { useSyncExternalStore } from 'react';

const query = () => matchMedia('(max-width: 640px) and (orientation: portrait)');

function subscribe(listener: () => void): () => void {
  const list = query();
  list.addEventListener('change', listener);
  return () => list.removeEventListener('change', listener);
}

/** Whether this is a phone held upright. The style sheets have the same condition. */
export const useNarrow = (): boolean => useSyncExternalStore(subscribe, () => query().matches);
