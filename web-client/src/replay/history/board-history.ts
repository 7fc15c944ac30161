import { applyBoard, type BoardState, NO_BOARD } from '#protocol/board.ts';
import type { BoardItem, BoardPage, Mark } from '#protocol/board-page.ts';
import { type InkPoint, unpackInk } from '#protocol/ink.ts';
import type { Span } from '#protocol/rest.ts';
import type { TimelineEvent } from '#protocol/timeline.ts';
import type { Stroke } from '../../board/ink/live-layer.ts';
import { History } from './history.ts';

/** A stroke while it was drawn: lesson time, ms. Its event came when it was finished. */
interface Drawn {
  readonly pageId: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly mark: Mark & { kind: 'pen' | 'highlighter' };
  points: readonly InkPoint[] | null;
}

const concerns = ({ body }: TimelineEvent): boolean =>
  /^(board|document|clip)\./.test(body.type) && body.type !== 'board.allowed';

/** The board at any moment of a lesson, strokes that were just being drawn included. */
export class BoardHistory {
  readonly #items = new Map<string, BoardItem>();
  readonly #history = new History<BoardState>(
    NO_BOARD,
    (board, event) => this.#apply(board, event),
    concerns,
  );
  /** In the order in which they were finished. */
  readonly #drawn: Drawn[] = [];
  /** When the earliest of `#drawn[n]` and all later ones began. */
  #earliest: number[] = [];
  #counted = 0;

  extend(events: readonly TimelineEvent[]): void {
    this.#history.extend(events);
    const all = this.#history.events;
    if (this.#counted === all.length) return;
    for (; this.#counted < all.length; this.#counted += 1) {
      const { atMs, event } = all[this.#counted]!;
      this.#remember(atMs, event);
    }
    let earliest = Number.POSITIVE_INFINITY;
    this.#earliest = this.#drawn.map(({ fromMs }) => fromMs);
    for (let index = this.#earliest.length - 1; index >= 0; index -= 1) {
      earliest = Math.min(earliest, this.#earliest[index]!);
      this.#earliest[index] = earliest;
    }
  }

  /** When it was before the class; what is still open lasts until `endMs`. */
  shownSpans(endMs: number): Span[] {
    const spans: Span[] = [];
    let since: number | null = null;
    for (const { atMs, event } of this.#history.events) {
      if (event.body.type !== 'board.shown') continue;
      if (event.body.shown) since ??= atMs;
      else if (since !== null) {
        spans.push({ fromMs: since, toMs: atMs });
        since = null;
      }
    }
    return since === null ? spans : [...spans, { fromMs: since, toMs: Math.max(since, endMs) }];
  }

  /** Every mark that was ever on it. */
  get marks(): Iterable<BoardItem> {
    return this.#items.values();
  }

  at(timeMs: number): BoardState {
    return this.#history.at(timeMs);
  }

  /** Strokes that were under somebody's hand then, as far as they had come. */
  movingAt(timeMs: number, pageId: string): Stroke[] {
    const strokes: Stroke[] = [];
    for (let index = this.#firstAfter(timeMs); index < this.#drawn.length; index += 1) {
      if (this.#earliest[index]! > timeMs) break;
      const drawn = this.#drawn[index]!;
      if (drawn.fromMs > timeMs || drawn.pageId !== pageId) continue;
      drawn.points ??= unpackInk(drawn.mark.ink);
      const points = drawn.points.filter(({ t }) => drawn.fromMs + t <= timeMs);
      const { kind: tool, color, width } = drawn.mark;
      if (points.length > 0) strokes.push({ tool, color, width, points });
    }
    return strokes;
  }

  /**
   * The same mark is the same object whichever way one came to it: what is painted is found again by that, and a
   * jump paints only what differs.
   */
  #apply(before: BoardState, event: TimelineEvent): BoardState {
    const board = applyBoard(before, event);
    const { seq, body } = event;
    if (body.type !== 'board.drawn' || board === before) return board;
    const index = board.pages.findIndex(({ pageId }) => pageId === body.pageId);
    const page = board.pages[index];
    if (!page) return board;
    return { ...board, pages: board.pages.with(index, this.#interned(page, seq, body.marks.length)) };
  }

  #interned(page: BoardPage, seq: number, count: number): BoardPage {
    // Nobody else has seen the list that was just made.
    const items = page.items as BoardItem[];
    for (let index = 0; index < count; index += 1) {
      const id = `${seq}.${index}`;
      const place = items.length - count + index;
      const known = this.#items.get(id);
      if (known) items[place] = known;
      else this.#items.set(id, items[place]!);
    }
    return page;
  }

  #remember(atMs: number, { body }: TimelineEvent): void {
    if (body.type !== 'board.drawn') return;
    let toMs = atMs;
    const found: Drawn[] = [];
    // Several that came together were drawn one after the other, the last one just before its event.
    for (const mark of body.marks.toReversed()) {
      if (mark.kind !== 'pen' && mark.kind !== 'highlighter') continue;
      const fromMs = toMs - (unpackInk(mark.ink).at(-1)?.t ?? 0);
      found.push({ pageId: body.pageId, fromMs, toMs: atMs, mark: mark as Drawn['mark'], points: null });
      toMs = fromMs;
    }
    this.#drawn.push(...found.toReversed());
  }

  /** The first stroke that was finished after `timeMs`. */
  #firstAfter(timeMs: number): number {
    let [low, high] = [0, this.#drawn.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#drawn[middle]!.toMs <= timeMs) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
