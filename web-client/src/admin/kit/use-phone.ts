import { useSyncExternalStore } from 'react';

const query = () => matchMedia('(max-width: 720px)');

function subscribe(listener: () => void): () => void {
  const list = query();
  list.addEventListener('change', listener);
  return () => list.removeEventListener('change', listener);
}

/** Whether there is no room for a table. */
export const usePhone = (): boolean => useSyncExternalStore(subscribe, () => query().matches);
