import { withoutHidden } from '#protocol/edit-shots.ts';
import type { Id } from '#protocol/ids.ts';
import type { Shot } from '#protocol/programme.ts';
import { BOARD, type Rect, rectsOf } from '../../replay/view.ts';

const WHOLE: Rect = { x: 0, y: 0, width: 1, height: 1 };

/**
 * What is on the air, by its place: picture ids and {@link BOARD}; without what nobody may see. Where nothing is left
 * viewers are shown `instead`, as the player does it.
 */
export function onAir(
  shot: Shot | null,
  hidden: readonly Id[],
  instead: Id | null = null,
): ReadonlyMap<string, Rect> {
  const visible = shot && withoutHidden(shot, hidden);
  if (!visible) return new Map(instead ? [[instead, WHOLE]] : []);
  const sources = [...(visible.board ? [BOARD] : []), ...visible.feedIds];
  const places = rectsOf({ layout: visible.layout, sources }, false);
  return new Map(sources.flatMap((source, index) => (places[index] ? [[source, places[index]]] : [])));
}
