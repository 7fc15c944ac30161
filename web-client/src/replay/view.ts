import type { Layout, Shot } from '#protocol/programme.ts';
import type { ReplayTrack, Span } from '#protocol/rest.ts';

/** The board's pages and ink as one of the pictures. */
export const BOARD = 'board';

/** What the viewer wants to see: the director's cut, or pictures of one's own choice (track ids, {@link BOARD}). */
export type View = 'cut' | readonly string[];

/** More than six pictures are too small to see anything on. */
export const MAX_PICTURES = 6;

/** What is on the screen: the sources in the order of their places. */
export interface Picture {
  readonly layout: Layout;
  readonly sources: readonly string[];
}

/** @param known what there is to show; `leaderId` is shown where a shot has nothing that is there. */
export function pictureOf(
  view: View,
  shot: Pick<Shot, 'layout' | 'board' | 'feedIds'> | null,
  known: { trackIds: readonly string[]; board: boolean; leaderId: string | null },
): Picture {
  const isThere = (source: string) => (source === BOARD ? known.board : known.trackIds.includes(source));
  if (view !== 'cut') {
    const sources = view.filter(isThere).slice(0, MAX_PICTURES);
    const layout = sources.length === 2 ? 'side' : 'grid';
    if (sources.length > 0) return sized({ layout, sources });
  }
  const sources = shot ? [...(shot.board ? [BOARD] : []), ...shot.feedIds].filter(isThere) : [];
  if (sources.length > 0) return sized({ layout: shot?.layout ?? 'single', sources });
  return { layout: 'single', sources: known.leaderId === null ? [] : [known.leaderId] };
}

const sized = ({ layout, sources }: Picture): Picture =>
  sources.length === 1 || layout === 'single'
    ? { layout: 'single', sources: sources.slice(0, 1) }
    : { layout, sources };

/** Shares of the stage's width and height. */
export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const WHOLE: Rect = { x: 0, y: 0, width: 1, height: 1 };
/** The small picture stands beside the large one: over it, it would hide what is written there. */
const SMALL = 0.2;
/** On a phone a 16:9 picture leaves this much of a 4:3 stage. */
const BELOW = 0.25;

/** Where the pictures stand. `narrow`: a phone held upright, whose stage is 4:3. */
export function rectsOf({ layout, sources: { length: count } }: Picture, narrow: boolean): Rect[] {
  switch (layout) {
    case 'single':
      return [WHOLE].slice(0, count);
    case 'pip':
      return narrow ? below(count) : beside(count);
    case 'side':
      return narrow ? table(count, 1) : table(count, count);
    case 'grid':
      return table(count, count > 4 && !narrow ? 3 : 2);
  }
}

function beside(count: number): Rect[] {
  const height = 1 / Math.max(4, count - 1);
  return Array.from({ length: count }, (_, place) =>
    place === 0
      ? { ...WHOLE, width: 1 - SMALL }
      : { x: 1 - SMALL, y: (place - 1) * height, width: SMALL, height },
  );
}

function below(count: number): Rect[] {
  const width = 1 / Math.max(3, count - 1);
  return Array.from({ length: count }, (_, place) =>
    place === 0
      ? { ...WHOLE, height: 1 - BELOW }
      : { x: (place - 1) * width, y: 1 - BELOW, width, height: BELOW },
  );
}

function table(count: number, columns: number): Rect[] {
  const rows = Math.ceil(count / columns);
  return Array.from({ length: count }, (_, place) => ({
    x: (place % columns) / columns,
    y: Math.floor(place / columns) / rows,
    width: 1 / columns,
    height: 1 / rows,
  }));
}

/** A shorter hole is a held picture, which nobody minds. */
const GAP_SHOWN_MS = 2_000;

/**
 * Why there is no picture of a track at a time: a hole in it, or it is before its beginning or after its end (null).
 * Undefined while there is one. While a lesson runs nobody knows yet how far the newest picture reaches.
 */
export function holeAt(
  { spans }: Pick<ReplayTrack, 'spans'>,
  timeMs: number,
  live: boolean,
): Span | null | undefined {
  if (spans.some(({ fromMs, toMs }) => timeMs >= fromMs && timeMs < toMs)) return undefined;
  const before = spans.findLast(({ toMs }) => toMs <= timeMs);
  const after = spans.find(({ fromMs }) => fromMs > timeMs);
  if (!after) return live && before ? undefined : edge(before ? timeMs - before.toMs : GAP_SHOWN_MS);
  if (!before) return edge(after.fromMs);
  return after.fromMs - before.toMs < GAP_SHOWN_MS ? undefined : { fromMs: before.toMs, toMs: after.fromMs };
}

const edge = (missingMs: number): null | undefined => (missingMs < GAP_SHOWN_MS ? undefined : null);

/** The holes within a track, in order. */
export const holesOf = ({ spans }: Pick<ReplayTrack, 'spans'>): Span[] =>
  spans
    .slice(1)
    .map(({ fromMs }, index) => ({ fromMs: spans[index]!.toMs, toMs: fromMs }))
    .filter(({ fromMs, toMs }) => toMs - fromMs >= GAP_SHOWN_MS);
