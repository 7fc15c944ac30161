import { z } from 'zod';
import {
  type BoardPage,
  emptyPage,
  ItemId,
  Mark,
  NewPage,
  withCleared,
  withDrawn,
  withErased,
  withRedone,
  withUndone,
} from './board-page.ts';
import { CoursewareDocument, DocumentFailure } from './courseware.ts';
import { Id } from './ids.ts';
import type { Action } from './permission.ts';
import type { TimelineEvent } from './timeline.ts';

/* The board (板书): pages that everybody sees alike, what is drawn on them, and the courseware (课件) under them. */

const position = {
  pageId: Id,
  /** Place in the clip, milliseconds. */ positionMs: z.number().min(0).max(3_600_000),
};
const byParticipantId = Id;

export const BoardEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('board.shown'), shown: z.boolean(), byParticipantId }),
  z.object({ type: z.literal('board.turned'), pageId: Id, byParticipantId }),
  z.object({
    type: z.literal('board.pagesAdded'),
    pages: z.array(NewPage).min(1),
    index: z.number().int().min(0),
  }),
  z.object({ type: z.literal('board.pageMoved'), pageId: Id, index: z.number().int().min(0) }),
  z.object({ type: z.literal('board.pageRemoved'), pageId: Id }),
  z.object({ type: z.literal('board.pageRestored'), pageId: Id }),
  z.object({ type: z.literal('board.drawn'), pageId: Id, participantId: Id, marks: z.array(Mark).min(1) }),
  z.object({ type: z.literal('board.erased'), pageId: Id, participantId: Id, itemIds: z.array(ItemId) }),
  z.object({ type: z.literal('board.cleared'), pageId: Id, participantId: Id }),
  z.object({ type: z.literal('board.undone'), pageId: Id, participantId: Id }),
  z.object({ type: z.literal('board.redone'), pageId: Id, participantId: Id }),
  /** One room's right to draw, beside the switch for all of them. */
  z.object({ type: z.literal('board.allowed'), participantId: Id, allowed: z.boolean(), byParticipantId }),
  z.object({ type: z.literal('document.added'), document: CoursewareDocument }),
  z.object({ type: z.literal('document.ready'), documentId: Id, pages: z.array(NewPage) }),
  z.object({ type: z.literal('document.failed'), documentId: Id, code: DocumentFailure }),
  z.object({ type: z.literal('document.removed'), documentId: Id }),
  z.object({ type: z.literal('clip.played'), ...position }),
  z.object({ type: z.literal('clip.paused'), ...position }),
  z.object({ type: z.literal('clip.sought'), ...position }),
]);
export type BoardEvent = z.infer<typeof BoardEvent>;

/** As many marks fit into one request, for a page that was without a line for a while. */
const MAX_MARKS = 50;
const MAX_ERASED = 2_000;

export const BoardRequest = z.discriminatedUnion('type', [
  z.object({ type: z.literal('board.show'), shown: z.boolean() }),
  z.object({ type: z.literal('board.turn'), pageId: Id }),
  /** A blank page after the one that is shown. */
  z.object({ type: z.literal('board.addPage') }),
  z.object({ type: z.literal('board.movePage'), pageId: Id, index: z.number().int().min(0).max(10_000) }),
  z.object({ type: z.literal('board.removePage'), pageId: Id }),
  z.object({ type: z.literal('board.restorePage'), pageId: Id }),
  z.object({ type: z.literal('board.draw'), pageId: Id, marks: z.array(Mark).min(1).max(MAX_MARKS) }),
  z.object({ type: z.literal('board.erase'), pageId: Id, itemIds: z.array(ItemId).min(1).max(MAX_ERASED) }),
  z.object({ type: z.literal('board.clear'), pageId: Id }),
  /** Both take one's own last act. */
  z.object({ type: z.literal('board.undo'), pageId: Id }),
  z.object({ type: z.literal('board.redo'), pageId: Id }),
  z.object({ type: z.literal('board.allow'), participantId: Id, allowed: z.boolean() }),
  /** Puts the pages of a document (or a photo that a room sent) after the one that is shown. */
  z.object({ type: z.literal('document.place'), documentId: Id }),
  z.object({ type: z.literal('document.remove'), documentId: Id }),
  z.object({ type: z.literal('clip.play'), ...position }),
  z.object({ type: z.literal('clip.pause'), ...position }),
  z.object({ type: z.literal('clip.seek'), ...position }),
]);
export type BoardRequest = z.infer<typeof BoardRequest>;

export const BOARD_NEEDS: Record<BoardRequest['type'], Action> = {
  'board.show': 'board.turn',
  'board.turn': 'board.turn',
  'board.addPage': 'board.turn',
  'board.movePage': 'board.turn',
  'board.removePage': 'board.turn',
  'board.restorePage': 'board.turn',
  'board.draw': 'board.draw',
  'board.erase': 'board.draw',
  'board.clear': 'board.draw',
  'board.undo': 'board.draw',
  'board.redo': 'board.draw',
  'board.allow': 'class.steer',
  'document.place': 'board.turn',
  'document.remove': 'board.turn',
  'clip.play': 'board.turn',
  'clip.pause': 'board.turn',
  'clip.seek': 'board.turn',
};

/** Where a clip stands: at `positionMs` when the server's clock was `at`, and since then on if it plays. */
export interface ClipState {
  readonly playing: boolean;
  readonly positionMs: number;
  readonly at: number;
}

interface RemovedPage {
  readonly page: BoardPage;
  readonly index: number;
}

export interface BoardState {
  /** Whether the board is the large picture in every room. */
  readonly shown: boolean;
  readonly pages: readonly BoardPage[];
  readonly pageId: Id | null;
  /** What can be restored, the last one last. */
  readonly removed: readonly RemovedPage[];
  readonly documents: readonly CoursewareDocument[];
  /** Rooms that may draw, by participant id, while the switch is off for all. */
  readonly mayDraw: readonly Id[];
  readonly clips: ReadonlyMap<Id, ClipState>;
}

export const NO_BOARD: BoardState = {
  shown: false,
  pages: [],
  pageId: null,
  removed: [],
  documents: [],
  mayDraw: [],
  clips: new Map(),
};

const MAX_REMOVED = 10;

export const pageShown = ({ pages, pageId }: BoardState): BoardPage | null =>
  pages.find((page) => page.pageId === pageId) ?? null;

/** What one event makes of the board; events of other topics change nothing here. */
export function applyBoard(board: BoardState, { seq, at, body }: TimelineEvent): BoardState {
  switch (body.type) {
    case 'board.shown':
      return { ...board, shown: body.shown };
    case 'board.turned':
      return { ...board, pageId: body.pageId };
    case 'board.pagesAdded':
      return { ...board, pages: board.pages.toSpliced(body.index, 0, ...body.pages.map(emptyPage)) };
    case 'board.pageMoved':
      return moved(board, body.pageId, body.index);
    case 'board.pageRemoved':
      return removed(board, body.pageId);
    case 'board.pageRestored':
      return restored(board, body.pageId);
    case 'board.drawn':
      return onPage(board, body.pageId, (page) => withDrawn(page, body.participantId, seq, body.marks));
    case 'board.erased':
      return onPage(board, body.pageId, (page) => withErased(page, body.participantId, body.itemIds));
    case 'board.cleared':
      return onPage(board, body.pageId, (page) => withCleared(page, body.participantId));
    case 'board.undone':
      return onPage(board, body.pageId, (page) => withUndone(page, body.participantId));
    case 'board.redone':
      return onPage(board, body.pageId, (page) => withRedone(page, body.participantId));
    case 'board.allowed': {
      const others = board.mayDraw.filter((id) => id !== body.participantId);
      return { ...board, mayDraw: body.allowed ? [...others, body.participantId] : others };
    }
    case 'switches.changed':
      // Off is off for everybody: a room that was let in alone does not stay behind.
      return body.switches.annotation === false ? { ...board, mayDraw: [] } : board;
    case 'document.added':
      return { ...board, documents: [...board.documents, body.document] };
    case 'document.ready':
      return ofDocument(board, body.documentId, { state: 'ready', pages: body.pages });
    case 'document.failed':
      return ofDocument(board, body.documentId, { state: 'failed', failure: body.code });
    case 'document.removed':
      return {
        ...board,
        documents: board.documents.filter(({ documentId }) => documentId !== body.documentId),
      };
    case 'clip.played':
      return withClip(board, body.pageId, { playing: true, positionMs: body.positionMs, at });
    case 'clip.paused':
      return withClip(board, body.pageId, { playing: false, positionMs: body.positionMs, at });
    case 'clip.sought': {
      const playing = board.clips.get(body.pageId)?.playing ?? false;
      return withClip(board, body.pageId, { playing, positionMs: body.positionMs, at });
    }
    case 'lesson.ended':
      return { ...board, clips: new Map() };
    default:
      return board;
  }
}

function onPage(board: BoardState, pageId: Id, change: (page: BoardPage) => BoardPage): BoardState {
  const index = board.pages.findIndex((page) => page.pageId === pageId);
  const page = board.pages[index];
  return page ? { ...board, pages: board.pages.with(index, change(page)) } : board;
}

function moved(board: BoardState, pageId: Id, index: number): BoardState {
  const page = board.pages.find((known) => known.pageId === pageId);
  if (!page) return board;
  return { ...board, pages: board.pages.filter((known) => known !== page).toSpliced(index, 0, page) };
}

/** When the page that is shown goes, its neighbour is shown. */
function removed(board: BoardState, pageId: Id): BoardState {
  const index = board.pages.findIndex((page) => page.pageId === pageId);
  const page = board.pages[index];
  if (!page) return board;
  const pages = board.pages.toSpliced(index, 1);
  return {
    ...board,
    pages,
    removed: [...board.removed, { page, index }].slice(-MAX_REMOVED),
    ...(board.pageId === pageId && { pageId: pages[Math.min(index, pages.length - 1)]?.pageId ?? null }),
  };
}

function restored(board: BoardState, pageId: Id): BoardState {
  const found = board.removed.find(({ page }) => page.pageId === pageId);
  if (!found) return board;
  return {
    ...board,
    pages: board.pages.toSpliced(found.index, 0, found.page),
    removed: board.removed.filter((known) => known !== found),
    pageId,
  };
}

function ofDocument(board: BoardState, documentId: Id, change: Partial<CoursewareDocument>): BoardState {
  const documents = board.documents.map((document) =>
    document.documentId === documentId ? { ...document, ...change } : document,
  );
  return { ...board, documents };
}

function withClip(board: BoardState, pageId: Id, clip: ClipState): BoardState {
  return { ...board, clips: new Map(board.clips).set(pageId, clip) };
}
