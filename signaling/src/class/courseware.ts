import { pageShown } from '#protocol/board.ts';
import type { NewPage } from '#protocol/board-page.ts';
import type { CoursewareDocument, DocumentFailure } from '#protocol/courseware.ts';
import { AppError } from '#protocol/errors.ts';
import type { LiveState } from '#protocol/live-state.ts';
import type { EventBody, Participant } from '#protocol/timeline.ts';
import { placed } from './board.ts';
import { mustBeOpen, steers } from './decider.ts';

/** More files than these in one lesson nobody finds anything in. */
const MAX_DOCUMENTS = 100;

/** @throws AppError when this lesson takes no file from `actor` now. */
export function mustMayUpload(state: LiveState, actor: Participant): void {
  if (state.state === 'ended' || state.state === 'ready')
    throw new AppError('WRONG_STATE', `the lesson is ${state.state}`);
  if (state.steering.forbidden.has(actor.accountId))
    throw new AppError('REMOVED', 'removed from this lesson');
  mustBeOpen(state, actor, 'file');
  if (state.board.documents.length >= MAX_DOCUMENTS)
    throw new AppError('TOO_MANY_REQUESTS', 'too many files in this lesson');
}

/** What a file that came in becomes: the teacher's goes on the board, a room's waits for the teacher. */
export function documentAdded(
  state: LiveState,
  actor: Participant,
  document: CoursewareDocument,
): readonly EventBody[] {
  mustMayUpload(state, actor);
  return [
    { type: 'document.added', document },
    ...(document.state === 'ready' && document.kind !== 'photo' && steers(actor)
      ? laidDown(state, document.pages, actor)
      : []),
  ];
}

export function documentReady(state: LiveState, documentId: string, pages: NewPage[]): readonly EventBody[] {
  const document = known(state, documentId);
  if (document?.state !== 'processing') return [];
  const actor = { participantId: document.participantId };
  return [{ type: 'document.ready', documentId, pages }, ...laidDown(state, pages, actor)];
}

export function documentFailed(
  state: LiveState,
  documentId: string,
  code: DocumentFailure,
): readonly EventBody[] {
  return known(state, documentId)?.state === 'processing'
    ? [{ type: 'document.failed', documentId, code }]
    : [];
}

/**
 * The pages go on the board, and are turned to only where nobody was writing yet: a class in the middle of a page
 * is not torn away from it by a file that took its time.
 */
function laidDown(
  { board }: LiveState,
  pages: readonly NewPage[],
  { participantId }: Pick<Participant, 'participantId'>,
): EventBody[] {
  const shown = pageShown(board);
  const events = placed(board, pages, participantId);
  const fresh = !shown || (shown.source.kind === 'blank' && shown.items.length === 0);
  return fresh ? events : events.filter(({ type }) => type !== 'board.turned');
}

const known = ({ board }: LiveState, documentId: string): CoursewareDocument | undefined =>
  board.documents.find((document) => document.documentId === documentId);
