import type { InkColor, Mark } from '#protocol/board-page.ts';
import type { InkPoint } from '#protocol/ink.ts';
import { inkColor } from '../../theme/tokens.ts';
import { PAGE_UNITS } from './mark-shape.ts';
import { PageCanvas } from './page-canvas.ts';
import { paintMark, paintStroke } from './paint.ts';

export interface Stroke {
  readonly tool: 'pen' | 'highlighter';
  readonly color: InkColor;
  readonly width: number;
  readonly points: readonly InkPoint[];
}

/** What moves on a page now, and is painted anew for each frame in which it does. */
export interface Moving {
  readonly strokes: readonly Stroke[];
  /** Finished here, and not yet on the timeline; shapes while they are being drawn out. */
  readonly marks: readonly Mark[];
  readonly lasers: readonly { readonly x: number; readonly y: number }[];
  /** Where the eraser is, and how large, in page units. */
  readonly eraser: { readonly x: number; readonly y: number; readonly radius: number } | null;
}

const LASER_RADIUS = 7;

export class LiveLayer {
  readonly #canvas: PageCanvas;
  #moving: Moving = { strokes: [], marks: [], lasers: [], eraser: null };
  #frame = 0;

  constructor(element: HTMLCanvasElement) {
    this.#canvas = new PageCanvas(element);
  }

  resize(width: number, height: number, pixelRatio: number): void {
    if (this.#canvas.resize(width, height, pixelRatio)) this.#paint();
  }

  /** However often it is called, a frame is painted once. */
  show(moving: Moving): void {
    this.#moving = moving;
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#paint();
    });
  }

  close(): void {
    cancelAnimationFrame(this.#frame);
  }

  #paint(): void {
    const { context } = this.#canvas;
    const { strokes, marks, lasers, eraser } = this.#moving;
    this.#canvas.clear();
    for (const mark of marks) paintMark(context, mark);
    for (const stroke of strokes) paintStroke(context, stroke);
    for (const { x, y } of lasers) this.#laser(x * PAGE_UNITS, y * PAGE_UNITS);
    if (eraser) this.#ring(eraser.x * PAGE_UNITS, eraser.y * PAGE_UNITS, eraser.radius);
  }

  #laser(x: number, y: number): void {
    const { context } = this.#canvas;
    context.fillStyle = inkColor.red;
    for (const [radius, opacity] of [
      [LASER_RADIUS * 1.8, 0.25],
      [LASER_RADIUS, 1],
    ] as const) {
      context.globalAlpha = opacity;
      context.beginPath();
      context.arc(x, y, radius, 0, 2 * Math.PI);
      context.fill();
    }
    context.globalAlpha = 1;
  }

  #ring(x: number, y: number, radius: number): void {
    const { context } = this.#canvas;
    context.strokeStyle = inkColor.black;
    context.lineWidth = 1;
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.stroke();
  }
}
