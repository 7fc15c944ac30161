import { useEffect, useState } from 'react';
import { PLACES } from '#protocol/directing.ts';
import { setShot } from '#protocol/edit-shots.ts';
import type { Layout, Shot } from '#protocol/programme.ts';
import { shotAt } from '#protocol/shots.ts';
import { BOARD } from '../replay/view.ts';
import type { Edit } from './state/use-edit.ts';
import type { Source } from './state/use-sources.ts';

/** Cutting at the playhead, as in class: a layout, and pictures in the order of their places. */
export interface Cutting {
  readonly layout: Layout;
  /** The pictures chosen so far; the cut is made as soon as the layout has enough of them. */
  readonly chosen: readonly string[];
  /** The shot at the playhead. */
  readonly shot: Shot | null;
  setLayout(layout: Layout): void;
  choose(picture: string): void;
}

const picturesOf = ({ board, feedIds }: Shot): string[] => [...(board ? [BOARD] : []), ...feedIds];

export function useCutting(edit: Edit, source: Source, shots: readonly Shot[], timeMs: number): Cutting {
  const { recordingId } = source;
  const shot = shotAt(shots, recordingId, timeMs);
  const [draft, setDraft] = useState<{ layout: Layout; chosen: readonly string[] } | null>(null);
  // Elsewhere in the film the shot that is there is shown again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the change of the shot that ends a draft.
  useEffect(() => setDraft(null), [shot]);
  const layout = draft?.layout ?? shot?.layout ?? 'single';
  const chosen = draft?.chosen ?? (shot ? picturesOf(shot) : []);

  const cut = (to: Layout, pictures: readonly string[]) => {
    const [least, most] = PLACES[to];
    // The board has the first place; a single picture replaces the one before it.
    const inPlaces = pictures.toSorted((a, b) => Number(b === BOARD) - Number(a === BOARD)).slice(0, most);
    setDraft({ layout: to, chosen: inPlaces });
    if (inPlaces.length < least) return;
    const made: Shot = {
      recordingId,
      atMs: Math.floor(timeMs),
      layout: to,
      board: inPlaces.includes(BOARD),
      feedIds: inPlaces.filter((picture) => picture !== BOARD),
    };
    edit.apply((now) => setShot(now, shots, made));
  };

  return {
    layout,
    chosen,
    shot,
    // With too few pictures for it the layout begins empty: the first touch is the large one.
    setLayout: (to) => cut(to, chosen.length < PLACES[to][0] ? [] : chosen),
    choose: (picture) => {
      if (layout === 'single') return cut('single', [picture]);
      const without = chosen.filter((one) => one !== picture);
      // A touch on the large picture of two begins anew with it.
      if (chosen.length >= PLACES[layout][1]) return cut(layout, [picture]);
      return cut(layout, without.length < chosen.length ? without : [...chosen, picture]);
    },
  };
}
