import { PLACES, type TakenShot } from '#protocol/directing.ts';
import type { Id } from '#protocol/ids.ts';
import type { Layout } from '#protocol/programme.ts';

/** What can stand in a place of a shot: a feed, or the board's pages. */
export type Source = Id | typeof BOARD;
export const BOARD = 'board';

/** The board always has the first place (`protocol/directing.ts`). */
export const sourcesOf = ({ board, feedIds }: Pick<TakenShot, 'board' | 'feedIds'>): Source[] =>
  board ? [BOARD, ...feedIds] : [...feedIds];

export function shotOf(layout: Layout, sources: readonly Source[]): TakenShot {
  const feedIds = sources.filter((source) => source !== BOARD);
  return { layout, board: sources.includes(BOARD), feedIds: [...feedIds] };
}

/**
 * The shot after somebody touched a source. Alone it is cut to; of two it becomes the large one, and the one that
 * was large moves aside; in a grid it comes or goes.
 */
export function touched({ layout, ...shot }: TakenShot, source: Source): TakenShot {
  const sources = sourcesOf(shot);
  const [least, most] = PLACES[layout];
  switch (layout) {
    case 'single':
      return shotOf(layout, [source]);
    case 'pip':
    case 'side': {
      const others = sources.filter((known) => known !== source);
      return shotOf(layout, [source, ...others].slice(0, most));
    }
    case 'grid': {
      if (!sources.includes(source)) return shotOf(layout, [...sources, source].slice(-most));
      const left = sources.filter((known) => known !== source);
      return left.length >= least ? shotOf(layout, left) : shotOf(layout, sources);
    }
  }
}

/**
 * The same sources in another layout, filled up from `candidates` (best first); null where there are too few.
 * @param places how many a grid is to show.
 */
export function laidOut(
  layout: Layout,
  current: Pick<TakenShot, 'board' | 'feedIds'>,
  candidates: readonly Source[],
  places: number = PLACES[layout][1],
): TakenShot | null {
  const known = new Set(candidates);
  const sources = new Set([...sourcesOf(current).filter((source) => known.has(source)), ...candidates]);
  const [least] = PLACES[layout];
  if (sources.size < least) return null;
  return shotOf(layout, [...sources].slice(0, places));
}

/** Large and small change places; the board keeps the first one. */
export function swapped({ layout, ...shot }: TakenShot): TakenShot {
  return shotOf(layout, sourcesOf(shot).toReversed());
}
