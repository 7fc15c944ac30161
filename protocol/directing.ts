import { z } from 'zod';
import { Id } from './ids.ts';
import type { Action } from './permission.ts';
import { RecordingPolicy } from './policy.ts';
import { Layout, MAX_SHOT_FEEDS } from './programme.ts';
import { sharedText } from './text.ts';
import type { TimelineEvent } from './timeline.ts';

/*
 * Directing the recording (导播): which feeds the recording and the broadcast show and how, what in it is worth
 * finding again, and whether it runs. Nothing of this changes what the rooms see: that is `feed.show`.
 */

/**
 * What a director takes. `board`: the first place is the board's pages and ink; the feeds take the other places. The
 * first place is the large one, or the first in reading order.
 */
export const TakenShot = z.object({
  layout: Layout,
  board: z.boolean().default(false),
  feedIds: z.array(Id).max(MAX_SHOT_FEEDS),
});
export type TakenShot = z.infer<typeof TakenShot>;

/** How many places each layout has, `[least, most]`. */
export const PLACES: Record<Layout, readonly [number, number]> = {
  single: [1, 1],
  pip: [2, 2],
  side: [2, 2],
  grid: [2, MAX_SHOT_FEEDS],
};

export const placesOf = ({ board, feedIds }: TakenShot): number => feedIds.length + (board ? 1 : 0);

export function fitsLayout(shot: TakenShot): boolean {
  const [least, most] = PLACES[shot.layout];
  const places = placesOf(shot);
  return places >= least && places <= most && new Set(shot.feedIds).size === shot.feedIds.length;
}

/** How short the disk is: amber below two hours at the present rate, red below half an hour. */
export const SpaceLevel = z.enum(['amber', 'red']);
export type SpaceLevel = z.infer<typeof SpaceLevel>;

const HighlightNote = sharedText({ max: 60 });

export const DirectingEvent = z.discriminatedUnion('type', [
  /** From here on the recording shows this, until the next shot, or `shot.released`. */
  z.object({ type: z.literal('shot.taken'), ...TakenShot.shape, byParticipantId: Id }),
  /** The cut follows the lesson by itself again, as if nobody had cut. */
  z.object({ type: z.literal('shot.released'), byParticipantId: Id }),
  z.object({
    type: z.literal('highlight.marked'),
    highlightId: Id,
    note: HighlightNote.nullable(),
    /** Lesson time, ms. */
    atMs: z.number().nonnegative(),
    byParticipantId: Id,
  }),
  z.object({ type: z.literal('highlight.noted'), highlightId: Id, note: HighlightNote.nullable() }),
  z.object({ type: z.literal('highlight.removed'), highlightId: Id, byParticipantId: Id }),
  /** Somebody wants this lesson recorded although it does not begin by itself; before the bell: from the bell on. */
  z.object({ type: z.literal('recording.asked'), byParticipantId: Id }),
  /** Nothing of the lesson's media is kept from here to `recording.resumed`; it stays one recording. */
  z.object({ type: z.literal('recording.held'), byParticipantId: Id }),
  z.object({ type: z.literal('recording.resumed'), byParticipantId: Id }),
  /** Whether this lesson is recorded was decided for it alone. */
  z.object({ type: z.literal('recording.policySet'), policy: RecordingPolicy, byAccountId: Id }),
  /** The recorder's disk is short: told once at each crossing, long before it is full. */
  z.object({ type: z.literal('recording.spaceLow'), level: SpaceLevel, leftMs: z.number().nonnegative() }),
  z.object({ type: z.literal('recording.spaceEnough') }),
]);
export type DirectingEvent = z.infer<typeof DirectingEvent>;

export const DirectingRequest = z.discriminatedUnion('type', [
  /** `seen`: the `shotSeq` that the page acted on; when somebody else was faster the answer is OVERTAKEN. */
  z.object({ type: z.literal('shot.take'), ...TakenShot.shape, seen: z.number().int().nonnegative() }),
  z.object({ type: z.literal('shot.release') }),
  z.object({ type: z.literal('highlight.mark'), note: HighlightNote.nullable() }),
  z.object({ type: z.literal('highlight.note'), highlightId: Id, note: HighlightNote.nullable() }),
  z.object({ type: z.literal('highlight.remove'), highlightId: Id }),
  /** Starts where it does not begin by itself, goes on after a pause. */
  z.object({ type: z.literal('recording.run') }),
  z.object({ type: z.literal('recording.hold') }),
]);
export type DirectingRequest = z.infer<typeof DirectingRequest>;

export const DIRECTING_NEEDS: Record<DirectingRequest['type'], Action> = {
  'shot.take': 'record.direct',
  'shot.release': 'record.direct',
  'highlight.mark': 'record.highlight',
  'highlight.note': 'record.highlight',
  'highlight.remove': 'record.highlight',
  'recording.run': 'record.control',
  'recording.hold': 'record.control',
};

export interface Highlight {
  readonly highlightId: Id;
  readonly note: string | null;
  /** Lesson time, ms. */
  readonly atMs: number;
  readonly byParticipantId: Id;
}

export interface DirectingState {
  /** What the director chose; null: the cut follows the lesson by itself. */
  readonly shot: TakenShot | null;
  readonly shotSeq: number;
  /** Who took or released the last shot. */
  readonly shotBy: Id | null;
  /** In the order of the lesson. */
  readonly highlights: readonly Highlight[];
  /** Wall ms since when nothing is kept; null while it is. */
  readonly heldAt: number | null;
  /** Finished pauses, wall ms. */
  readonly holds: readonly { readonly from: number; readonly to: number }[];
  /** Whether somebody asked for the recording of a lesson that is not recorded by itself. */
  readonly asked: boolean;
  /** Decided for this lesson alone; null: as its kind of lesson has it. */
  readonly policy: RecordingPolicy | null;
  readonly space: { readonly level: SpaceLevel; readonly leftMs: number } | null;
}

export const NO_DIRECTING: DirectingState = {
  shot: null,
  shotSeq: 0,
  shotBy: null,
  highlights: [],
  heldAt: null,
  holds: [],
  asked: false,
  policy: null,
  space: null,
};

/** What one event makes of the directing; events of other topics change little here. */
export function applyDirecting(state: DirectingState, { seq, at, body }: TimelineEvent): DirectingState {
  switch (body.type) {
    case 'shot.taken':
      return {
        ...state,
        shot: { layout: body.layout, board: body.board, feedIds: body.feedIds },
        shotSeq: seq,
        shotBy: body.byParticipantId,
      };
    case 'shot.released':
      return { ...state, shot: null, shotSeq: seq, shotBy: body.byParticipantId };
    case 'highlight.marked': {
      const { highlightId, note, atMs, byParticipantId } = body;
      const highlights = [...state.highlights, { highlightId, note, atMs, byParticipantId }];
      return { ...state, highlights: highlights.sort((a, b) => a.atMs - b.atMs) };
    }
    case 'highlight.noted': {
      const { highlightId, note } = body;
      const highlights = state.highlights.map((known) =>
        known.highlightId === highlightId ? { ...known, note } : known,
      );
      return { ...state, highlights };
    }
    case 'highlight.removed':
      return {
        ...state,
        highlights: state.highlights.filter(({ highlightId }) => highlightId !== body.highlightId),
      };
    case 'recording.asked':
      return { ...state, asked: true };
    case 'recording.held':
      return { ...state, heldAt: at };
    case 'recording.resumed':
    case 'lesson.ended':
      return state.heldAt === null
        ? state
        : { ...state, heldAt: null, holds: [...state.holds, { from: state.heldAt, to: at }] };
    case 'recording.policySet':
      return { ...state, policy: body.policy };
    case 'recording.spaceLow':
      return { ...state, space: { level: body.level, leftMs: body.leftMs } };
    case 'recording.spaceEnough':
      return { ...state, space: null };
    default:
      return state;
  }
}
