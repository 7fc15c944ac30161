import { PAGE_UNITS } from './mark-shape.ts';

/** A canvas that covers one page, sharp on its screen, and measures in page units. */
export class PageCanvas {
  readonly element: HTMLCanvasElement;
  readonly context: CanvasRenderingContext2D;
  #sized = false;

  constructor(element: HTMLCanvasElement) {
    this.element = element;
    this.context = element.getContext('2d')!;
  }

  /** @param width of the page on the screen, CSS pixels. Returns whether the size changed, and so the picture was lost. */
  resize(width: number, height: number, pixelRatio: number): boolean {
    const [columns, rows] = [Math.round(width * pixelRatio), Math.round(height * pixelRatio)];
    if (this.element.width === columns && this.element.height === rows) return false;
    this.element.width = columns;
    this.element.height = rows;
    this.#sized = true;
    const scale = columns / PAGE_UNITS;
    this.context.setTransform(scale, 0, 0, scale, 0, 0);
    return true;
  }

  /** False until it is known how large the page is: painting before would be for nothing. */
  get sized(): boolean {
    return this.#sized;
  }

  clear(): void {
    const { width, height } = this.element;
    this.context.clearRect(0, 0, PAGE_UNITS, (PAGE_UNITS * height) / Math.max(1, width));
  }
}
