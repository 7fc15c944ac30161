import { useEffect, useRef } from 'react';
import type { BoardPage } from '#protocol/board-page.ts';

interface Keys {
  pages: readonly BoardPage[];
  pageId: string | null;
  /** Null for who may not. */
  onTurn: ((pageId: string) => void) | null;
  onUndo: (() => void) | null;
  onRedo: (() => void) | null;
}

const STEP: Record<string, number> = {
  PageDown: 1,
  ArrowRight: 1,
  ArrowDown: 1,
  PageUp: -1,
  ArrowLeft: -1,
  ArrowUp: -1,
};

/** Pages turn by the keys that presenters' remote controls send; Ctrl+Z and Ctrl+Y undo and redo. */
export function useBoardKeys(keys: Keys): void {
  const now = useRef(keys);
  now.current = keys;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { pages, pageId, onTurn, onUndo, onRedo } = now.current;
      if (event.target instanceof HTMLElement && event.target.closest('input, textarea, select, dialog'))
        return;
      const key = event.key.toLowerCase();
      const control = event.ctrlKey || event.metaKey;
      const step = control ? undefined : STEP[event.key];
      const act =
        control && key === 'z'
          ? event.shiftKey
            ? onRedo
            : onUndo
          : control && key === 'y'
            ? onRedo
            : step && onTurn && turn(pages, pageId, step, onTurn);
      if (!act) return;
      event.preventDefault();
      act();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
}

function turn(
  pages: readonly BoardPage[],
  pageId: string | null,
  step: number,
  onTurn: (pageId: string) => void,
): (() => void) | null {
  const next = pages[pages.findIndex((page) => page.pageId === pageId) + step];
  return next ? () => onTurn(next.pageId) : null;
}
