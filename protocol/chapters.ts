import { applyBoard, type BoardState, NO_BOARD, pageShown } from './board.ts';
import type { BoardPage } from './board-page.ts';
import type { TimelineEvent } from './timeline.ts';

/* Chapters (章节) of a recorded lesson: where a page was turned or a question asked. */

export interface Chapter {
  /** Of the event that began it; 0 for the beginning of the lesson. */
  readonly seq: number;
  /** Lesson time, ms. A chapter lasts until the next one. */
  readonly fromMs: number;
  /** `slide`: a page of courseware; `page`: one of the board itself. */
  readonly kind: 'start' | 'page' | 'slide' | 'question';
  /** The courseware's name, the question's text; empty where there is none. */
  readonly name: string;
  /** Which page of its courseware, of the board, or which question it is; from 1. */
  readonly number: number;
}

/** Nearer to the next chapter than this a page was only leafed through, ms. */
const LEAFED_MS = 8_000;

const START: Chapter = { seq: 0, fromMs: 0, kind: 'start', name: '', number: 1 };

/**
 * A projection of the timeline: the first chapter begins at 0, later ones in order of time. Only pages that the
 * class saw count. Works alike on what a reader may see (`withheld` events are no chapters).
 */
export function chaptersOf(events: readonly TimelineEvent[]): Chapter[] {
  const found: Chapter[] = [START];
  let board: BoardState = NO_BOARD;
  let seen: string | null = null;
  let asked = 0;
  let now = 0;
  for (const event of events) {
    const { seq, body } = event;
    now = Math.max(now, event.mediaMs ?? 0);
    if (body.type === 'lesson.ended') break;
    if (body.type === 'question.posed') {
      asked += 1;
      put(found, { seq, fromMs: now, kind: 'question', name: body.question.text, number: asked });
    }
    // What is drawn makes no chapter, and there is a lot of it.
    if (!structural(body.type)) continue;
    board = applyBoard(board, event);
    const page = board.shown ? pageShown(board) : null;
    if (page && page.pageId !== seen) put(found, { seq, fromMs: now, ...namedPage(board, page) });
    if (page) seen = page.pageId;
  }
  return withoutRepeats(found);
}

const STRUCTURAL = /^(board\.(shown|turned|pages?[A-Z]\w+)|document\.\w+)$/;
const structural = (type: string): boolean => STRUCTURAL.test(type);

function put(found: Chapter[], next: Chapter): void {
  const last = found.at(-1);
  if (last && last.kind !== 'question' && next.fromMs - last.fromMs < LEAFED_MS) found.pop();
  if (found.length > 0) found.push(next);
  // The lesson begins with its first page, even when that came a few seconds later; a question has its own time.
  else found.push(...(next.kind !== 'question' ? [{ ...next, fromMs: 0 }] : [START, next]));
}

function namedPage(
  board: BoardState,
  { pageId, source }: BoardPage,
): Pick<Chapter, 'kind' | 'name' | 'number'> {
  const place = board.pages.findIndex((page) => page.pageId === pageId) + 1;
  if (source.kind === 'blank') return { kind: 'page', name: '', number: place };
  const document = board.documents.find(({ documentId }) => documentId === source.documentId);
  return { kind: 'slide', name: document?.name ?? '', number: source.kind === 'pdf' ? source.page : place };
}

/** There and back again is no new chapter. */
function withoutRepeats(found: readonly Chapter[]): Chapter[] {
  return found.filter((chapter, index) => {
    const before = found[index - 1];
    const same = before?.kind === chapter.kind && chapter.kind !== 'question';
    return !(same && before.name === chapter.name && before.number === chapter.number);
  });
}

/** Which of them goes on at a lesson time, ms; -1 when there is none. */
export const chapterAt = (chapters: readonly Chapter[], timeMs: number): number =>
  chapters.findLastIndex(({ fromMs }) => fromMs <= timeMs);
