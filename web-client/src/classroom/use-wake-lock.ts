import { useEffect } from 'react';

/** Keeps the screen of a classroom from falling asleep while the component is there, where the browser can. */
export function useWakeLock(): void {
  useEffect(() => {
    let lock: WakeLockSentinel | undefined;
    let left = false;
    const take = async () => {
      if (document.hidden) return;
      // Refused on an empty battery: the screen then follows the machine's own rule.
      lock = await navigator.wakeLock?.request('screen').catch(() => undefined);
      if (left) void lock?.release();
    };
    void take();
    // The browser takes the lock away whenever the page is hidden.
    document.addEventListener('visibilitychange', take);
    return () => {
      left = true;
      document.removeEventListener('visibilitychange', take);
      void lock?.release();
    };
  }, []);
}
