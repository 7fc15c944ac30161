import type { BoardItem } from '#protocol/board-page.ts';
import { shapeOf } from './mark-shape.ts';

type Spot = readonly [x: number, y: number];

/** Whether an eraser of `radius` that goes from `a` to `b` touches a mark; page units. */
export function isHit(item: BoardItem, a: Spot, b: Spot, radius: number): boolean {
  const { box, points } = shapeOf(item);
  const [left, right] = [Math.min(a[0], b[0]) - radius, Math.max(a[0], b[0]) + radius];
  const [top, bottom] = [Math.min(a[1], b[1]) - radius, Math.max(a[1], b[1]) + radius];
  if (box.left > right || box.right < left || box.top > bottom || box.bottom < top) return false;
  switch (item.kind) {
    case 'text':
      return true;
    case 'rectangle':
    case 'ellipse':
      return outline(item.kind, points[0]!, points[1]!).some(([from, to]) =>
        near(from, to, a, b, radius + item.width / 2),
      );
    default: {
      const reach = radius + item.width / 2;
      if (points.length === 1) return toSegment(points[0]!, a, b) <= reach;
      return points.some((point, index) => index > 0 && near(points[index - 1]!, point, a, b, reach));
    }
  }
}

const ELLIPSE_SIDES = 32;

function outline(kind: 'rectangle' | 'ellipse', [x1, y1]: Spot, [x2, y2]: Spot): [Spot, Spot][] {
  const corners: Spot[] =
    kind === 'rectangle'
      ? [
          [x1, y1],
          [x2, y1],
          [x2, y2],
          [x1, y2],
        ]
      : Array.from({ length: ELLIPSE_SIDES }, (_, side) => {
          const angle = (side * 2 * Math.PI) / ELLIPSE_SIDES;
          return [
            (x1 + x2) / 2 + (Math.cos(angle) * (x2 - x1)) / 2,
            (y1 + y2) / 2 + (Math.sin(angle) * (y2 - y1)) / 2,
          ];
        });
  return corners.map((corner, index) => [corner, corners[(index + 1) % corners.length]!]);
}

/** Whether two lines come as near to each other as `reach`. */
function near(a: Spot, b: Spot, c: Spot, d: Spot, reach: number): boolean {
  if (crosses(a, b, c, d)) return true;
  return Math.min(toSegment(a, c, d), toSegment(b, c, d), toSegment(c, a, b), toSegment(d, a, b)) <= reach;
}

function crosses(a: Spot, b: Spot, c: Spot, d: Spot): boolean {
  const side = (p: Spot, q: Spot, r: Spot) => (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]);
  return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
}

function toSegment([x, y]: Spot, [x1, y1]: Spot, [x2, y2]: Spot): number {
  const long = (x2 - x1) ** 2 + (y2 - y1) ** 2;
  const share =
    long === 0 ? 0 : Math.max(0, Math.min(1, ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / long));
  return Math.hypot(x - x1 - share * (x2 - x1), y - y1 - share * (y2 - y1));
}
