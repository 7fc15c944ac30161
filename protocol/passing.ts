import { z } from 'zod';
import { InkColor } from './board-page.ts';
import { Id } from './ids.ts';
import { MAX_INK } from './ink.ts';

/*
 * What passes on the board and is kept nowhere: a stroke while it is being drawn, the laser pointer. It goes
 * from page to page as it comes; one that gets lost is made good by the next, and a stroke by its event.
 */

/** Tells the strokes of one page apart. */
const ref = z.number().int().min(0).max(65_535);

export const Passing = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('stroke'),
    pageId: Id,
    ref,
    tool: z.enum(['pen', 'highlighter']),
    color: InkColor,
    width: z.number().min(0.5).max(60),
    /** Index in the stroke of the first point in `ink`. */
    from: z.number().int().min(0).max(20_000),
    ink: z.base64().max(MAX_INK),
  }),
  /** The stroke is finished and its event under way, or it was given up. */
  z.object({ kind: z.literal('strokeEnd'), ref, dropped: z.boolean() }),
  z.object({
    kind: z.literal('laser'),
    pageId: Id,
    x: z.number().min(-1).max(2),
    y: z.number().min(-1).max(22),
  }),
  z.object({ kind: z.literal('laserOff') }),
]);
export type Passing = z.infer<typeof Passing>;

export const PassRequest = z.object({ type: z.literal('pass'), body: Passing });
