import { useEffect, useRef } from 'react';
import type { LiveState } from '#protocol/live-state.ts';
import type { Act } from './use-act.ts';

/** Steers the class by the keyboard: L listen, D discuss, P pause and go on, E the answer is done. */
export function useSteeringKeys(live: LiveState, act: Act): void {
  const now = useRef({ live, act });
  now.current = { live, act };
  useEffect(() => {
    const keys: Record<string, () => void> = {
      l: () => set('listen'),
      d: () => set('discuss'),
      p: () => void now.current.act('class.pause', { paused: !now.current.live.steering.paused }),
      e: () => void now.current.act('call.end', {}),
    };
    const set = (kind: 'listen' | 'discuss') => {
      const { live, act } = now.current;
      void act('stage.set', { stage: { kind }, seen: live.steering.stageSeq });
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
      if ((event.target as HTMLElement).closest('input, textarea, select, dialog')) return;
      keys[event.key.toLowerCase()]?.();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
}
