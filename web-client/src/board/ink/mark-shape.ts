import type { Mark } from '#protocol/board-page.ts';
import { type InkPoint, unpackInk } from '#protocol/ink.ts';
import { outline } from './outline.ts';

/** Marks are shaped and hit in thousandths of the page's width, in which their widths are told. */
export const PAGE_UNITS = 1000;

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** What it takes to paint a mark, worked out once. */
export interface Shape {
  readonly box: Box;
  /** Filled for ink, stroked for lines; null for text. */
  readonly path: Path2D | null;
  /** Along the mark, for the eraser. */
  readonly points: readonly (readonly [number, number])[];
}

const shapes = new WeakMap<Mark, Shape>();

export function shapeOf(mark: Mark): Shape {
  const known = shapes.get(mark);
  if (known) return known;
  const shape = shaped(mark);
  shapes.set(mark, shape);
  return shape;
}

function shaped(mark: Mark): Shape {
  switch (mark.kind) {
    case 'pen':
    case 'highlighter': {
      const ink = unpackInk(mark.ink);
      const points = ink.map(({ x, y }) => [x * PAGE_UNITS, y * PAGE_UNITS] as const);
      return { path: inkPath(ink, mark.kind, mark.width), points, box: boxOf(points, mark.width) };
    }
    case 'text': {
      const [x, y] = [mark.at[0] * PAGE_UNITS, mark.at[1] * PAGE_UNITS];
      const lines = mark.text.split('\n');
      // A Chinese character is as wide as it is high; nothing is wider.
      const right = x + Math.max(...lines.map((line) => line.length)) * mark.size;
      const bottom = y + lines.length * mark.size * TEXT_LEADING;
      const points = [
        [x, y],
        [right, y],
        [x, bottom],
        [right, bottom],
      ] as const;
      return { path: null, points, box: boxOf(points, 0) };
    }
    default: {
      const [from, to] = [mark.from, mark.to].map(([x, y]) => [x * PAGE_UNITS, y * PAGE_UNITS] as const) as [
        readonly [number, number],
        readonly [number, number],
      ];
      const margin = mark.kind === 'arrow' ? mark.width * ARROW_HEAD : mark.width;
      return {
        path: linePath(mark.kind, from, to, mark.width),
        points: [from, to],
        box: boxOf([from, to], margin),
      };
    }
  }
}

export const TEXT_LEADING = 1.3;
const ARROW_HEAD = 5;
const ARROW_ANGLE = 0.45;

/** The outline of a stroke; a highlighter is as wide everywhere. */
export function inkPath(ink: readonly InkPoint[], tool: 'pen' | 'highlighter', width: number): Path2D {
  const pen = tool === 'pen';
  return outline(ink, {
    width: pen ? width * 1.2 : width,
    scale: PAGE_UNITS,
    thinning: pen ? 0.4 : 0,
    simulate: pen && ink.every(({ pressure }) => pressure === 0.5),
  });
}

function linePath(
  kind: 'line' | 'arrow' | 'rectangle' | 'ellipse',
  [x1, y1]: readonly [number, number],
  [x2, y2]: readonly [number, number],
  width: number,
): Path2D {
  const path = new Path2D();
  switch (kind) {
    case 'rectangle':
      path.rect(Math.min(x1, x2), Math.min(y1, y2), Math.abs(x2 - x1), Math.abs(y2 - y1));
      break;
    case 'ellipse':
      path.ellipse(
        (x1 + x2) / 2,
        (y1 + y2) / 2,
        Math.abs(x2 - x1) / 2,
        Math.abs(y2 - y1) / 2,
        0,
        0,
        2 * Math.PI,
      );
      break;
    case 'arrow': {
      const direction = Math.atan2(y2 - y1, x2 - x1);
      const head = Math.min(width * ARROW_HEAD, Math.hypot(x2 - x1, y2 - y1));
      for (const side of [-ARROW_ANGLE, ARROW_ANGLE]) {
        path.moveTo(x2, y2);
        path.lineTo(x2 - head * Math.cos(direction + side), y2 - head * Math.sin(direction + side));
      }
      path.moveTo(x1, y1);
      path.lineTo(x2, y2);
      break;
    }
    case 'line':
      path.moveTo(x1, y1);
      path.lineTo(x2, y2);
  }
  return path;
}

function boxOf(points: readonly (readonly [number, number])[], margin: number): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of points) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  return { left: left - margin, top: top - margin, right: right + margin, bottom: bottom + margin };
}

export const touches = (a: Box, b: Box): boolean =>
  a.left <= b.right && b.left <= a.right && a.top <= b.bottom && b.top <= a.bottom;
