import { type RefObject, useSyncExternalStore } from 'react';

function subscribe(listener: () => void): () => void {
  document.addEventListener('fullscreenchange', listener);
  return () => document.removeEventListener('fullscreenchange', listener);
}

/** The page, or one part of it, on the whole screen; a phone's browser may not offer it. */
export function useFullscreen(part?: RefObject<HTMLElement | null>): {
  available: boolean;
  full: boolean;
  toggle: () => void;
} {
  const full = useSyncExternalStore(subscribe, () => document.fullscreenElement !== null);
  const toggle = () => {
    const done = full
      ? document.exitFullscreen()
      : (part?.current ?? document.documentElement).requestFullscreen();
    // Refused where a frame or a policy forbids it: the page simply stays as it is.
    done.catch(() => {});
  };
  return { available: document.fullscreenEnabled, full, toggle };
}
