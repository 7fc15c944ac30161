import { useState } from 'react';
import { cutOut, endAt, splitAt, startAt } from '#protocol/edit-clips.ts';
import type { Preview } from './preview/use-deck.ts';
import type { Edit } from './state/use-edit.ts';

export interface Selection {
  readonly fromMs: number | null;
  readonly toMs: number | null;
}

export const NOTHING: Selection = { fromMs: null, toMs: null };

/** What is done with the programme at the playhead. */
export interface Tools {
  readonly selection: Selection;
  readonly readOnly: boolean;
  select(selection: Selection): void;
  startHere(): void;
  endHere(): void;
  markIn(): void;
  markOut(): void;
  cut(): void;
  split(): void;
}

export function useTools(edit: Edit, preview: Preview, durationMs: number, readOnly: boolean): Tools {
  const [selection, select] = useState<Selection>(NOTHING);
  const { recordingId, ms } = preview.at;
  // What is made here is under the playhead, not a fraction of a millisecond after it.
  const at = Math.floor(Math.min(ms, durationMs));
  const change = (act: Parameters<Edit['apply']>[0]) => {
    if (!readOnly) edit.apply(act);
  };
  return {
    selection,
    readOnly,
    select,
    startHere: () => change((now) => startAt(now, recordingId, at)),
    endHere: () => change((now) => endAt(now, recordingId, at)),
    // The other end stays where it makes sense.
    markIn: () => select(({ toMs }) => ({ fromMs: at, toMs: toMs !== null && toMs > at ? toMs : null })),
    markOut: () =>
      select(({ fromMs }) => ({ fromMs: fromMs !== null && fromMs < at ? fromMs : null, toMs: at })),
    cut: () => {
      const { fromMs, toMs } = selection;
      if (fromMs === null || toMs === null) return;
      change((now) => cutOut(now, recordingId, fromMs, toMs));
      select(NOTHING);
    },
    split: () => change((now) => splitAt(now, recordingId, at)),
  };
}
