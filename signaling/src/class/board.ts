import { newId } from '#platform/ids.ts';
import type { BoardRequest, BoardState } from '#protocol/board.ts';
import type { BoardPage, NewPage } from '#protocol/board-page.ts';
import { AppError } from '#protocol/errors.ts';
import type { Id } from '#protocol/ids.ts';
import type { LiveState } from '#protocol/live-state.ts';
import type { EventBody, Participant } from '#protocol/timeline.ts';
import { type Deciders, mustBeOpen, roomOf, steers } from './decider.ts';

const MAX_PAGES = 1_000;
/** More marks than these on one page nobody can read, and no page can draw in time. */
const MAX_ITEMS = 20_000;
/** The shape of a blank page: the room's big screen. */
const BLANK_ASPECT = 16 / 9;

export const blankPage = (): NewPage => ({
  pageId: newId(),
  aspect: BLANK_ASPECT,
  source: { kind: 'blank' },
});

export const boardDeciders: Deciders<BoardRequest> = {
  'board.show'({ board }, { participantId }, { shown }) {
    if (board.shown === shown) return [];
    return [
      // A board that is opened for the first time has a page to write on.
      ...(shown && board.pages.length === 0 ? placed(board, [blankPage()], participantId) : []),
      { type: 'board.shown', shown, byParticipantId: participantId },
    ];
  },

  'board.turn'({ board }, { participantId }, { pageId }) {
    pageOf(board, pageId);
    if (board.pageId === pageId) return [];
    return [...stoppedClip(board), { type: 'board.turned', pageId, byParticipantId: participantId }];
  },

  'board.addPage': ({ board }, { participantId }) => placed(board, [blankPage()], participantId),

  'board.movePage'({ board }, _actor, { pageId, index }) {
    const now = board.pages.indexOf(pageOf(board, pageId));
    const to = Math.min(index, board.pages.length - 1);
    return now === to ? [] : [{ type: 'board.pageMoved', pageId, index: to }];
  },

  'board.removePage'({ board }, _actor, { pageId }) {
    // Of two who remove the same page the second has what they wanted.
    return board.pages.some((page) => page.pageId === pageId) ? [{ type: 'board.pageRemoved', pageId }] : [];
  },

  'board.restorePage'({ board }, _actor, { pageId }) {
    if (!board.removed.some(({ page }) => page.pageId === pageId))
      throw new AppError('NOT_FOUND', 'no such page was removed');
    return [{ type: 'board.pageRestored', pageId }];
  },

  'board.draw'(state, actor, { pageId, marks }) {
    mustMayDraw(state, actor);
    const page = pageOf(state.board, pageId);
    if (page.items.length + marks.length > MAX_ITEMS) throw new AppError('TOO_LARGE', 'the page is full');
    return [{ type: 'board.drawn', pageId, participantId: actor.participantId, marks }];
  },

  'board.erase'(state, actor, { pageId, itemIds }) {
    mustMayDraw(state, actor);
    const page = pageOf(state.board, pageId);
    const asked = new Set(itemIds);
    // A room takes away only what it drew itself.
    const found = page.items.filter(
      ({ id, by }) => asked.has(id) && (steers(actor) || by === actor.participantId),
    );
    if (found.length === 0) return [];
    const { participantId } = actor;
    return [{ type: 'board.erased', pageId, participantId, itemIds: found.map(({ id }) => id) }];
  },

  'board.clear'(state, actor, { pageId }) {
    mustMayDraw(state, actor);
    if (!steers(actor)) throw new AppError('SWITCHED_OFF', "only the teacher's side clears a page");
    if (pageOf(state.board, pageId).items.length === 0) return [];
    return [{ type: 'board.cleared', pageId, participantId: actor.participantId }];
  },

  'board.undo'(state, actor, { pageId }) {
    mustMayDraw(state, actor);
    const { participantId } = actor;
    const { done } = pageOf(state.board, pageId);
    return done.some(({ by }) => by === participantId)
      ? [{ type: 'board.undone', pageId, participantId }]
      : [];
  },

  'board.redo'(state, actor, { pageId }) {
    mustMayDraw(state, actor);
    const { participantId } = actor;
    const { undone } = pageOf(state.board, pageId);
    return undone.some(({ by }) => by === participantId)
      ? [{ type: 'board.redone', pageId, participantId }]
      : [];
  },

  'board.allow'({ board, participants }, actor, { participantId, allowed }) {
    if (participants.get(participantId)?.role !== 'remote')
      throw new AppError('NOT_FOUND', 'no such room in this lesson');
    if (board.mayDraw.includes(participantId) === allowed) return [];
    return [{ type: 'board.allowed', participantId, allowed, byParticipantId: actor.participantId }];
  },

  'document.place'({ board }, { participantId }, { documentId }) {
    const document = board.documents.find((known) => known.documentId === documentId);
    if (!document) throw new AppError('NOT_FOUND', 'no such document');
    if (document.state !== 'ready') throw new AppError('NOT_READY', 'the document has no pages yet');
    return shownNow(
      board,
      participantId,
      placed(
        board,
        document.pages.map((page) => ({ ...page, pageId: newId() })),
        participantId,
      ),
    );
  },

  'document.remove'({ board }, _actor, { documentId }) {
    return board.documents.some((known) => known.documentId === documentId)
      ? [{ type: 'document.removed', documentId }]
      : [];
  },

  'clip.play': ({ board }, _actor, { pageId, positionMs }) => {
    mustBeClip(board, pageId);
    return board.clips.get(pageId)?.playing ? [] : [{ type: 'clip.played', pageId, positionMs }];
  },

  'clip.pause': ({ board }, _actor, { pageId, positionMs }) => {
    mustBeClip(board, pageId);
    return board.clips.get(pageId)?.playing ? [{ type: 'clip.paused', pageId, positionMs }] : [];
  },

  'clip.seek': ({ board }, _actor, { pageId, positionMs }) => {
    mustBeClip(board, pageId);
    return [{ type: 'clip.sought', pageId, positionMs }];
  },
};

/** Whether somebody may draw now: the teacher's side always, a room by the switch for all or its own right. */
export function mustMayDraw(state: LiveState, actor: Participant): void {
  mustBeOpen(state, actor, state.board.mayDraw.includes(roomOf(actor)) ? null : 'annotation');
}

/** New pages after the one that is shown, of which the first is shown then. @throws TOO_LARGE */
export function placed(board: BoardState, pages: readonly NewPage[], byParticipantId: Id): EventBody[] {
  const [first] = pages;
  if (!first) return [];
  if (board.pages.length + pages.length > MAX_PAGES) throw new AppError('TOO_LARGE', 'the board is full');
  const index = board.pages.findIndex(({ pageId }) => pageId === board.pageId) + 1;
  return [
    { type: 'board.pagesAdded', pages: [...pages], index },
    { type: 'board.turned', pageId: first.pageId, byParticipantId },
  ];
}

/** Whoever puts something on the board wants it seen. */
function shownNow(board: BoardState, byParticipantId: Id, events: EventBody[]): EventBody[] {
  return board.shown ? events : [...events, { type: 'board.shown', shown: true, byParticipantId }];
}

/** A clip that nobody sees any more stands still until its page is shown again. */
function stoppedClip({ pageId, clips }: BoardState): EventBody[] {
  const clip = pageId === null ? undefined : clips.get(pageId);
  if (pageId === null || !clip?.playing) return [];
  return [{ type: 'clip.paused', pageId, positionMs: clip.positionMs + Math.max(0, Date.now() - clip.at) }];
}

function pageOf({ pages }: BoardState, pageId: Id): BoardPage {
  const page = pages.find((known) => known.pageId === pageId);
  if (!page) throw new AppError('NOT_FOUND', 'no such page');
  return page;
}

function mustBeClip(board: BoardState, pageId: Id): void {
  if (pageOf(board, pageId).source.kind !== 'clip') throw new AppError('NOT_FOUND', 'no clip on this page');
}
