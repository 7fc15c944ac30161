import type { ClipState } from '#protocol/board.ts';

/** Less than this nobody hears or sees. */
const NEAR_MS = 80;
/** From here on it is quicker to jump than to catch up. */
const FAR_MS = 1_000;
/** A tenth faster or slower is not noticed in speech. */
const NUDGE = 0.1;

/** Where a clip should be when the server's clock says `now`, in ms from its beginning. */
export function positionAt({ playing, positionMs, at }: ClipState, now: number): number {
  return Math.max(0, playing ? positionMs + now - at : positionMs);
}

export type Correction =
  | { readonly kind: 'none' }
  | { readonly kind: 'rate'; readonly rate: number }
  | { readonly kind: 'seek'; readonly toMs: number };

/** How a player that is at `isMs` gets to `shouldMs`: unnoticed when it is near, at once when it is far. */
export function correction(isMs: number, shouldMs: number, playing: boolean): Correction {
  const behind = shouldMs - isMs;
  const off = Math.abs(behind);
  if (!playing) return off > NEAR_MS / 2 ? { kind: 'seek', toMs: shouldMs } : { kind: 'none' };
  if (off > FAR_MS) return { kind: 'seek', toMs: shouldMs };
  return off > NEAR_MS ? { kind: 'rate', rate: 1 + Math.sign(behind) * NUDGE } : { kind: 'none' };
}
