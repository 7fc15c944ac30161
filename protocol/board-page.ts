import { z } from 'zod';
import { Id } from './ids.ts';
import { MAX_INK } from './ink.ts';

/* What is on a page of the board (板书). Lengths are in page widths, so that every screen shows the same. */

export const InkColor = z.enum(['black', 'red', 'orange', 'green', 'blue', 'purple', 'white']);
export type InkColor = z.infer<typeof InkColor>;

const length = z.number().min(-8).max(8);
const Point = z.tuple([length, length]);
export type Point = z.infer<typeof Point>;

const look = {
  color: InkColor,
  /** In thousandths of the page's width. */ width: z.number().min(0.5).max(60),
};
const Ink = z.base64().max(MAX_INK);

/** What somebody puts on a page. */
export const Mark = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['pen', 'highlighter']), ...look, ink: Ink }),
  z.object({ kind: z.enum(['line', 'arrow', 'rectangle', 'ellipse']), ...look, from: Point, to: Point }),
  z.object({
    kind: z.literal('text'),
    color: InkColor,
    /** Height of a line, in thousandths of the page's width. */
    size: z.number().min(8).max(200),
    at: Point,
    text: z.string().trim().min(1).max(500),
  }),
]);
export type Mark = z.infer<typeof Mark>;

/** A mark on the board. Its id tells its place in the order in which marks came: `seq.index`. */
export type BoardItem = Mark & { readonly id: string; readonly by: Id };

export const ItemId = z.string().regex(/^\d{1,9}\.\d{1,3}$/);

/** What lies under the ink. */
export const PageSource = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('blank') }),
  z.object({ kind: z.literal('pdf'), documentId: Id, file: z.string(), page: z.number().int().positive() }),
  z.object({ kind: z.enum(['image', 'clip']), documentId: Id, file: z.string() }),
]);
export type PageSource = z.infer<typeof PageSource>;

export const NewPage = z.object({
  pageId: Id,
  /** Width divided by height. */
  aspect: z.number().min(0.05).max(20),
  source: PageSource,
});
export type NewPage = z.infer<typeof NewPage>;

/** One act that can be undone. What is on the page is named, what is not is kept. */
interface Done {
  readonly by: Id;
  readonly added: readonly string[];
  readonly cut: readonly BoardItem[];
}
interface Undone {
  readonly by: Id;
  readonly added: readonly BoardItem[];
  readonly cut: readonly string[];
}

export interface BoardPage extends NewPage {
  /** In the order in which they came; later ones lie above. */
  readonly items: readonly BoardItem[];
  readonly done: readonly Done[];
  readonly undone: readonly Undone[];
}

/** As many acts of a page can be undone. */
const MAX_UNDO = 40;

export const emptyPage = (page: NewPage): BoardPage => ({ ...page, items: [], done: [], undone: [] });

export function withDrawn(page: BoardPage, by: Id, seq: number, marks: readonly Mark[]): BoardPage {
  const items = marks.map((mark, index): BoardItem => ({ ...mark, id: `${seq}.${index}`, by }));
  const act = { by, added: items.map(({ id }) => id), cut: [] };
  // concat copies five thousand marks a good deal faster than a spread does.
  return { ...page, ...remembered(page, act), items: page.items.concat(items) };
}

export function withErased(page: BoardPage, by: Id, itemIds: readonly string[]): BoardPage {
  const gone = new Set(itemIds);
  const cut = page.items.filter(({ id }) => gone.has(id));
  if (cut.length === 0) return page;
  const items = page.items.filter(({ id }) => !gone.has(id));
  return { ...page, ...remembered(page, { by, added: [], cut }), items };
}

export function withCleared(page: BoardPage, by: Id): BoardPage {
  if (page.items.length === 0) return page;
  return { ...page, ...remembered(page, { by, added: [], cut: page.items }), items: [] };
}

/** Takes back the last act of `by` that still stands. */
export function withUndone(page: BoardPage, by: Id): BoardPage {
  const act = page.done.findLast((known) => known.by === by);
  if (!act) return page;
  const named = new Set(act.added);
  const added = page.items.filter(({ id }) => named.has(id));
  return {
    ...page,
    items: inOrder([...page.items.filter(({ id }) => !named.has(id)), ...act.cut]),
    done: page.done.filter((known) => known !== act),
    undone: [...page.undone, { by, added, cut: act.cut.map(({ id }) => id) }].slice(-MAX_UNDO),
  };
}

export function withRedone(page: BoardPage, by: Id): BoardPage {
  const act = page.undone.findLast((known) => known.by === by);
  if (!act) return page;
  const named = new Set(act.cut);
  const cut = page.items.filter(({ id }) => named.has(id));
  return {
    ...page,
    items: inOrder([...page.items.filter(({ id }) => !named.has(id)), ...act.added]),
    done: [...page.done, { by, added: act.added.map(({ id }) => id), cut }].slice(-MAX_UNDO),
    undone: page.undone.filter((known) => known !== act),
  };
}

/** A new act: what its doer had taken back before cannot come again. */
function remembered(page: BoardPage, act: Done): Pick<BoardPage, 'done' | 'undone'> {
  return {
    done: [...page.done, act].slice(-MAX_UNDO),
    undone: page.undone.filter(({ by }) => by !== act.by),
  };
}

function inOrder(items: readonly BoardItem[]): BoardItem[] {
  const place = ({ id }: BoardItem) => {
    const [seq, index] = id.split('.');
    return Number(seq) * 1000 + Number(index);
  };
  const known = new Map(items.map((item) => [item.id, item]));
  return [...known.values()].sort((a, b) => place(a) - place(b));
}
