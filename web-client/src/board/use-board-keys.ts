import { useEffect, useRef } from 'react';
import type { BoardPage } from '#protocol/board-page.ts';
import type { ToolName } from './tool.ts';

interface Keys {
  pages: readonly BoardPage[];
  pageId: string | null;
  /** Null for who may not. */
  onTurn: ((pageId: string) => void) | null;
  onUndo: (() => void) | null;
  onRedo: (() => void) | null;
  onTool: ((name: ToolName) => void) | null;
}

/** By the digits, in the order in which they stand on the page. */
export const TOOL_KEYS: readonly ToolName[] = ['pen', 'highlighter', 'text', 'eraser', 'laser'];

const STEP: Record<string, number> = {
  PageDown: 1,
  ArrowRight: 1,
  ArrowDown: 1,
  PageUp: -1,
  ArrowLeft: -1,
  ArrowUp: -1,
};

/** Pages turn by the keys that presenters' remote controls send; Ctrl+Z and Ctrl+Y undo and redo; digits take a tool. */
export function useBoardKeys(keys: Keys): void {
  const now = useRef(keys);
  now.current = keys;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { pages, pageId, onTurn, onUndo, onRedo, onTool } = now.current;
      if (
        event.target instanceof HTMLElement &&
        event.target.closest('input, textarea, select, dialog, [role=tablist]')
      )
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
            : (step && onTurn && turn(pages, pageId, step, onTurn)) || take(control ? '' : key, onTool);
      if (!act) return;
      event.preventDefault();
      act();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
}

function take(key: string, onTool: ((name: ToolName) => void) | null): (() => void) | null {
  const name = TOOL_KEYS[Number(key || Number.NaN) - 1];
  return name && onTool ? () => onTool(name) : null;
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
