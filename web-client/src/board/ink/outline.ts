import type { InkPoint } from '#protocol/ink.ts';

/*
 * The outline of a pen stroke: wide where the hand pressed or was slow, thin where it was light or fast. The same
 * look as perfect-freehand's at a fifth of its time: its round ends alone are forty points a stroke, and a full
 * board is five thousand of them (see `lateJoinBoardMs`).
 */

export interface OutlineOptions {
  /** Full width, in the unit of `scale`. */
  width: number;
  /** Units to a page's width. */
  scale: number;
  /** How much pressure matters: 0 not at all. */
  thinning: number;
  /** Whether pressure is made from speed, for a mouse or a finger. */
  simulate: boolean;
}

/** Share by which a point follows the hand: the smaller, the smoother. */
const FOLLOW = 0.65;
/** Steps of a pen's width at which a hand without a pen counts as fast. */
const FAST = 1.2;

interface Node {
  x: number;
  y: number;
  radius: number;
}

/** The path that fills a stroke. */
export function outline(ink: readonly InkPoint[], options: OutlineOptions): Path2D {
  const path = new Path2D();
  const nodes = smoothed(ink, options);
  const [first] = nodes;
  if (!first) return path;
  if (nodes.length === 1) {
    path.arc(first.x, first.y, first.radius, 0, 2 * Math.PI);
    return path;
  }
  for (const piece of pieces(nodes)) ribbon(path, piece);
  return path;
}

function smoothed(ink: readonly InkPoint[], { width, scale, thinning, simulate }: OutlineOptions): Node[] {
  const nodes: Node[] = [];
  let [x, y, pressure] = [0, 0, 0.5];
  for (const [index, point] of ink.entries()) {
    const [nextX, nextY] = [point.x * scale, point.y * scale];
    const last = index === ink.length - 1;
    const share = index === 0 || last ? 1 : FOLLOW;
    const [beforeX, beforeY] = [x, y];
    x = index === 0 ? nextX : x + (nextX - x) * share;
    y = index === 0 ? nextY : y + (nextY - y) * share;
    const step = index === 0 ? 0 : Math.hypot(x - beforeX, y - beforeY);
    // Two nodes on one spot have no direction between them.
    if (index > 0 && step < width / 16 && !last) continue;
    const pressed = simulate ? 1 - Math.min(1, step / (width * FAST * 8)) : point.pressure;
    pressure += (pressed - pressure) * 0.4;
    nodes.push({ x, y, radius: (width / 2) * (1 - thinning + thinning * 2 * pressure * 0.8) });
  }
  const [end, before] = [nodes.at(-1), nodes.at(-2)];
  if (end && before && Math.hypot(end.x - before.x, end.y - before.y) < 1e-6) nodes.pop();
  return nodes;
}

/** Cut where the hand turned back on itself: each piece has round ends, and they overlap into a round corner. */
function pieces(nodes: readonly Node[]): Node[][] {
  const all: Node[][] = [[nodes[0]!]];
  for (let index = 1; index < nodes.length; index += 1) {
    const [before, here, next] = [nodes[index - 1]!, nodes[index]!, nodes[index + 1]];
    all.at(-1)!.push(here);
    const turnsBack =
      next && (here.x - before.x) * (next.x - here.x) + (here.y - before.y) * (next.y - here.y) < 0;
    if (turnsBack) all.push([here]);
  }
  return all;
}

/** Down one side, round the end, up the other side, round the beginning: always the same way about. */
function ribbon(path: Path2D, nodes: readonly Node[]): void {
  const count = nodes.length;
  const angles = nodes.map((_, index) => {
    const [from, to] = [nodes[Math.max(0, index - 1)]!, nodes[Math.min(count - 1, index + 1)]!];
    return Math.atan2(to.y - from.y, to.x - from.x);
  });
  const side = (index: number, turn: number): [number, number] => {
    const { x, y, radius } = nodes[index]!;
    const angle = angles[index]! + turn;
    return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
  };
  const [first, last] = [nodes[0]!, nodes[count - 1]!];
  path.moveTo(...side(0, -Math.PI / 2));
  for (let index = 1; index < count; index += 1)
    curve(path, side(index - 1, -Math.PI / 2), side(index, -Math.PI / 2), index > 1);
  path.lineTo(...side(count - 1, -Math.PI / 2));
  const out = angles[count - 1]!;
  path.arc(last.x, last.y, last.radius, out - Math.PI / 2, out + Math.PI / 2);
  for (let index = count - 2; index >= 0; index -= 1)
    curve(path, side(index + 1, Math.PI / 2), side(index, Math.PI / 2), index < count - 2);
  path.lineTo(...side(0, Math.PI / 2));
  const back = angles[0]!;
  path.arc(first.x, first.y, first.radius, back + Math.PI / 2, back + Math.PI * 1.5);
  path.closePath();
}

/** Half the way to the next point of a side, bent by the point before it: no corner is left. */
function curve(path: Path2D, from: [number, number], to: [number, number], bent: boolean): void {
  const [x, y] = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2];
  if (bent) path.quadraticCurveTo(from[0], from[1], x, y);
  else path.lineTo(x, y);
}
