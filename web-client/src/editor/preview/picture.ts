import { withoutHidden } from '#protocol/edit-shots.ts';
import type { Id } from '#protocol/ids.ts';
import type { Shot } from '#protocol/programme.ts';

/** Stands for the board's pages and ink among the pictures. */
export const BOARD = 'board';

/** A place on the stage, in shares of its width and height. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const WHOLE: Place = { x: 0, y: 0, width: 1, height: 1 };
const SMALL = 0.25;

/**
 * What is on the air, by its place: picture ids and {@link BOARD}; without what nobody may see. Where nothing is left
 * viewers are shown `instead`, as the player does it.
 */
export function onAir(
  shot: Shot | null,
  hidden: readonly Id[],
  instead: Id | null = null,
): ReadonlyMap<string, Place> {
  const visible = shot && withoutHidden(shot, hidden);
  if (!visible) return new Map(instead ? [[instead, WHOLE]] : []);
  const sources = [...(visible.board ? [BOARD] : []), ...visible.feedIds];
  const places = placesOf(visible.layout, sources.length);
  return new Map(sources.flatMap((source, index) => (places[index] ? [[source, places[index]]] : [])));
}

function placesOf(layout: Shot['layout'], count: number): Place[] {
  switch (layout) {
    case 'single':
      return [WHOLE];
    case 'pip':
      return [WHOLE, { x: 1 - SMALL, y: 1 - SMALL, width: SMALL, height: SMALL }];
    case 'side':
      return table(2, 2);
    case 'grid':
      return table(count, count > 4 ? 3 : 2);
  }
}

function table(count: number, columns: number): Place[] {
  const rows = Math.ceil(count / columns);
  return Array.from({ length: count }, (_, index) => ({
    x: (index % columns) / columns,
    y: Math.floor(index / columns) / rows,
    width: 1 / columns,
    height: 1 / rows,
  }));
}
