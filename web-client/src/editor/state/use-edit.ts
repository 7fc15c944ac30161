import { useCallback, useEffect, useReducer, useRef, useState } from 'react';
import type { Account } from '#protocol/domain.ts';
import type { EditDesk } from '#protocol/edit-rest.ts';
import type { Programme } from '#protocol/programme.ts';
import { editorApi, saveLeaving } from '../editor-api.ts';
import { Autosave, type SaveState } from './autosave.ts';
import { begin, redo, step, type Undoable, undo } from './undo.ts';
import { rememberUnsaved, unsavedOf } from './unsaved.ts';

type Act =
  | { type: 'step'; programme: Programme }
  | { type: 'change'; change: (programme: Programme) => Programme }
  | { type: 'undo' }
  | { type: 'redo' };

function reduce(state: Undoable<Programme>, act: Act): Undoable<Programme> {
  switch (act.type) {
    case 'step':
      return step(state, act.programme);
    case 'change':
      return step(state, act.change(state.now));
    case 'undo':
      return undo(state);
    case 'redo':
      return redo(state);
  }
}

/** A programme while it is edited. */
export interface Edit {
  readonly programme: Programme;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly save: SaveState;
  /** This browser had changes that the platform did not: they are here again, one undo away from gone. */
  readonly recovered: boolean;
  apply(change: (programme: Programme) => Programme): void;
  undo(): void;
  redo(): void;
  /** Saves what waits. The version with all of it; null when that failed. */
  flush(): Promise<number | null>;
  /** Of two works: mine above theirs, or theirs with mine one undo away. */
  keepMine(): Promise<void>;
  takeTheirs(): Promise<void>;
  /** Goes back to a version; what is now is one undo away. */
  restore(version: number): Promise<void>;
}

export function useEdit({ resource }: EditDesk, { accountId }: Account): Edit {
  const { resourceId, version, programme: found } = resource;
  const [state, act] = useReducer(reduce, found, begin);
  const [save, setSave] = useState<SaveState>({ kind: 'saved' });
  const [recovered, setRecovered] = useState(false);
  const [autosave] = useState(
    () =>
      new Autosave({
        version,
        programme: found,
        save: (seen, programme) => editorApi.save(resourceId, seen, programme),
        keep: (unsaved) => rememberUnsaved(resourceId, accountId, unsaved),
        onState: setSave,
      }),
  );
  const isOpened = useRef(false);

  useEffect(() => {
    if (isOpened.current) return;
    isOpened.current = true;
    const left = unsavedOf(resourceId, accountId);
    if (!left) return;
    if (JSON.stringify(left.programme) === JSON.stringify(found)) {
      rememberUnsaved(resourceId, accountId, null);
      return;
    }
    if (left.seen !== version) autosave.overtaken(left.programme);
    setRecovered(true);
    act({ type: 'step', programme: left.programme });
  }, [autosave, resourceId, accountId, found, version]);

  useEffect(() => autosave.change(state.now), [autosave, state.now]);

  useEffect(() => {
    const leave = () => {
      const { unsaved, state: saving } = autosave;
      if (unsaved && saving.kind !== 'overtaken' && saving.kind !== 'refused')
        saveLeaving(resourceId, unsaved.seen, unsaved.programme);
    };
    addEventListener('pagehide', leave);
    return () => {
      removeEventListener('pagehide', leave);
      // Within the application one goes on to another page: what waits is saved behind it.
      void autosave.flush().finally(() => autosave.close());
    };
  }, [autosave, resourceId]);

  const flush = useCallback(async () => ((await autosave.flush()) ? autosave.version : null), [autosave]);
  return {
    programme: state.now,
    canUndo: state.past.length > 0,
    canRedo: state.future.length > 0,
    save,
    recovered,
    apply: useCallback((change) => act({ type: 'change', change }), []),
    undo: useCallback(() => act({ type: 'undo' }), []),
    redo: useCallback(() => act({ type: 'redo' }), []),
    flush,
    keepMine: useCallback(async () => {
      const { resource: theirs } = await editorApi.desk(resourceId);
      autosave.putAbove(theirs.version);
    }, [autosave, resourceId]),
    takeTheirs: useCallback(async () => {
      const { resource: theirs } = await editorApi.desk(resourceId);
      autosave.accept(theirs.version, theirs.programme);
      act({ type: 'step', programme: theirs.programme });
    }, [autosave, resourceId]),
    restore: useCallback(
      async (to) => {
        await autosave.flush();
        const restored = await editorApi.restore(resourceId, autosave.version, to);
        autosave.accept(restored.version, restored.programme);
        act({ type: 'step', programme: restored.programme });
      },
      [autosave, resourceId],
    ),
  };
}
