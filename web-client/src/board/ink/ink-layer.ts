import type { BoardItem } from '#protocol/board-page.ts';
import { type Box, shapeOf, touches } from './mark-shape.ts';
import { PageCanvas } from './page-canvas.ts';
import { paintMark } from './paint.ts';

/** A little more than a line's softened edge. */
const EDGE = 2;

/**
 * What stands on a page, painted once: a new mark costs its own painting only, and one that goes away costs the
 * marks around it. So five thousand strokes are as quick to write on as none.
 */
export class InkLayer {
  readonly #canvas: PageCanvas;
  #items: readonly BoardItem[] = [];

  constructor(element: HTMLCanvasElement) {
    this.#canvas = new PageCanvas(element);
  }

  resize(width: number, height: number, pixelRatio: number): void {
    if (this.#canvas.resize(width, height, pixelRatio)) this.#paint(this.#items);
  }

  show(items: readonly BoardItem[]): void {
    const before = this.#items;
    if (items === before) return;
    this.#items = items;
    if (!this.#canvas.sized) return;
    const grown = items.length >= before.length && before.every((item, index) => items[index] === item);
    if (grown) {
      this.#paint(items.slice(before.length));
      return;
    }
    const kept = new Set(before);
    const now = new Set(items);
    const changed = [
      ...before.filter((item) => !now.has(item)),
      ...items.filter((item) => !kept.has(item)),
    ].map((item) => shapeOf(item).box);
    if (changed.length === before.length + items.length) this.#repaint();
    else this.#mend(around(changed));
  }

  #repaint(): void {
    this.#canvas.clear();
    this.#paint(this.#items);
  }

  /** Paints anew what touches a part of the page. */
  #mend(box: Box): void {
    const { context } = this.#canvas;
    context.save();
    context.beginPath();
    context.rect(box.left, box.top, box.right - box.left, box.bottom - box.top);
    context.clip();
    this.#canvas.clear();
    this.#paint(this.#items.filter((item) => touches(shapeOf(item).box, box)));
    context.restore();
  }

  #paint(items: readonly BoardItem[]): void {
    for (const item of items) paintMark(this.#canvas.context, item);
  }
}

function around(boxes: readonly Box[]): Box {
  return boxes.reduce((all, box) => ({
    left: Math.min(all.left, box.left) - EDGE,
    top: Math.min(all.top, box.top) - EDGE,
    right: Math.max(all.right, box.right) + EDGE,
    bottom: Math.max(all.bottom, box.bottom) + EDGE,
  }));
}
