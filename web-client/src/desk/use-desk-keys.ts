import { type RefObject, useEffect, useRef } from 'react';

export interface DeskKeys {
  /** The nth picture, from 1. */
  cut(digit: number): void;
  /** `q`, `w` …: what each letter does. */
  letters: Readonly<Record<string, () => void>>;
}

/** The desk by the keyboard, in the window in which it is drawn: that may be a second one. */
export function useDeskKeys(root: RefObject<HTMLElement | null>, keys: DeskKeys): void {
  const now = useRef(keys);
  now.current = keys;
  useEffect(() => {
    const view = root.current?.ownerDocument.defaultView;
    if (!view) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
      if ((event.target as Element).closest('input, textarea, select, dialog')) return;
      if (/^[1-9]$/.test(event.key)) now.current.cut(Number(event.key));
      else now.current.letters[event.key.toLowerCase()]?.();
    };
    view.addEventListener('keydown', onKey);
    return () => view.removeEventListener('keydown', onKey);
  }, [root]);
}
