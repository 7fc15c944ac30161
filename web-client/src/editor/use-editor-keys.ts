import { useEffect, useRef } from 'react';
import { FRAME_MS } from './preview/Transport.tsx';
import type { Preview } from './preview/use-deck.ts';
import type { Edit } from './state/use-edit.ts';
import { NOTHING, type Tools } from './use-tools.ts';

const SECOND_MS = 1_000;

interface Keys {
  edit: Edit;
  preview: Preview;
  tools: Tools;
  durationMs: number;
  /** Cuts to the n-th picture, from 0, or to the board (-1); null while the cut is not worked at. */
  onCut: ((index: number) => void) | null;
}

/** The desk's keys, wherever the focus is but in a field that uses them itself. */
export function useEditorKeys(keys: Keys): void {
  const newest = useRef(keys);
  newest.current = keys;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const act = actOf(event, newest.current);
      if (!act) return;
      event.preventDefault();
      act();
    };
    // Arrow keys belong to a tab that has the focus; a touch on one must not take them from the playhead.
    const onClick = ({ target, detail }: MouseEvent) => {
      const tab = detail > 0 && (target as Element).closest<HTMLElement>('[role=tab]');
      if (tab) tab.blur();
    };
    addEventListener('keydown', onKey);
    addEventListener('click', onClick);
    return () => {
      removeEventListener('keydown', onKey);
      removeEventListener('click', onClick);
    };
  }, []);
}

function actOf(event: KeyboardEvent, keys: Keys): (() => void) | null {
  const { edit, preview, tools, durationMs, onCut } = keys;
  const target = event.target as HTMLElement;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (event.altKey || target.closest('input:not([type=range], [type=checkbox]), select, textarea, dialog'))
    return null;
  if (event.ctrlKey || event.metaKey) {
    if (key === 'z') return event.shiftKey ? edit.redo : edit.undo;
    return key === 'y' ? edit.redo : null;
  }
  const digit = /^[1-9]$/.test(key) ? Number(key) - 1 : null;
  if (digit !== null) return onCut && (() => onCut(digit));
  if (key.startsWith('Arrow') && target.closest('[role=tab]')) return null;
  const { recordingId } = preview.at;
  switch (key) {
    case ' ':
      // The space bar presses the button that has the focus.
      return target.closest('button, a') ? null : preview.toggle;
    case 'ArrowLeft':
      return () => preview.step(-SECOND_MS);
    case 'ArrowRight':
      return () => preview.step(SECOND_MS);
    case ',':
      return () => preview.step(-FRAME_MS);
    case '.':
      return () => preview.step(FRAME_MS);
    case 'Home':
      return () => preview.go({ recordingId, ms: 0 });
    case 'End':
      return () => preview.go({ recordingId, ms: durationMs });
    case 'i':
      return tools.markIn;
    case 'o':
      return tools.markOut;
    case 's':
      return tools.split;
    case '[':
      return tools.startHere;
    case ']':
      return tools.endHere;
    case 'b':
      return onCut && (() => onCut(-1));
    case 'Delete':
    case 'Backspace':
      return tools.cut;
    case 'Escape':
      return () => tools.select(NOTHING);
    default:
      return null;
  }
}
