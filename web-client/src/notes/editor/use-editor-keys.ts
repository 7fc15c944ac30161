import { useEffect, useRef } from 'react';

interface Actions {
  onPlay: () => void;
  onPlayCue: () => void;
  onMove: (step: 1 | -1) => void;
  onUndo: () => void;
  onRedo: () => void;
  onSave: () => void;
  onAdd: () => void;
}

/** The editor's keys. Those with Ctrl or Alt work while one writes; the space bar plays where nothing else wants it. */
export function useEditorKeys(actions: Actions): void {
  const newest = useRef(actions);
  newest.current = actions;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.isComposing) return;
      const act = actionOf(event, newest.current);
      if (!act) return;
      event.preventDefault();
      act();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
}

function actionOf(event: KeyboardEvent, actions: Actions): (() => void) | null {
  const { ctrlKey, metaKey, altKey, shiftKey } = event;
  const key = event.key.toLowerCase();
  if (altKey && key === 'arrowdown') return () => actions.onMove(1);
  if (altKey && key === 'arrowup') return () => actions.onMove(-1);
  if (ctrlKey || metaKey) {
    if (key === 's') return actions.onSave;
    if (key === 'enter') return actions.onPlayCue;
    if (key === 'y' || (key === 'z' && shiftKey)) return actions.onRedo;
    if (key === 'z') return actions.onUndo;
    return null;
  }
  const target = event.target as HTMLElement;
  if (target.closest('input:not([type=range]), textarea, select, button, a')) return null;
  if (key === ' ') return actions.onPlay;
  return key === 'insert' || key === 'n' ? actions.onAdd : null;
}
