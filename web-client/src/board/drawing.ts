import type { BoardItem, BoardPage, Mark, Point } from '#protocol/board-page.ts';
import { type InkPoint, packInk } from '#protocol/ink.ts';
import type { Passing } from '#protocol/passing.ts';
import type { ClientErrorCode, LessonSession } from '../lesson/session.ts';
import { isHit } from './ink/hit.ts';
import type { Moving, Stroke } from './ink/live-layer.ts';
import { PAGE_UNITS } from './ink/mark-shape.ts';
import { OthersInk } from './others-ink.ts';
import { Outbox } from './outbox.ts';
import { sizeOf, type Tool } from './tool.ts';

/** How often what is being drawn goes to the others. */
const PASS_MS = 50;
const SWEEP_MS = 1_000;
/** The laser's place is told again while it rests, so that nobody takes it for left behind. */
const LASER_AGAIN_MS = 1_000;
/** Points nearer to each other than this say nothing, in page widths: a third of a pixel on a big screen. */
const NEAR = 1 / 6_000;
const MAX_POINTS = 1_500;
/** A shape smaller than this was a slip of the finger, in page widths. */
const SLIP = 1 / 200;

export interface Spot {
  readonly x: number;
  readonly y: number;
  readonly pressure: number;
  /** Milliseconds, of any clock. */
  readonly at: number;
}

type Gesture =
  | {
      kind: 'stroke';
      tool: 'pen' | 'highlighter';
      ref: number;
      points: InkPoint[];
      began: number;
      passed: number;
    }
  | { kind: 'shape'; shape: 'line' | 'arrow' | 'rectangle' | 'ellipse'; from: Point; to: Point }
  | { kind: 'erase'; last: readonly [number, number]; gone: Set<string> }
  | { kind: 'laser' };

/** One's own hand on the board, and the others' as they move. Free of any framework. */
export class Drawing {
  readonly #session: LessonSession;
  readonly #outbox: Outbox;
  readonly #others = new OthersInk();
  readonly #refused: (code: ClientErrorCode) => void;
  readonly #stop: () => void;
  readonly #sweep: ReturnType<typeof setInterval>;
  #page: BoardPage | null = null;
  #tool: Tool | null = null;
  #gesture: Gesture | null = null;
  #hover: { x: number; y: number } | null = null;
  #ref = Math.floor(Math.random() * 60_000);
  #lastPass = 0;
  /** Erased here, and not yet on the timeline. */
  #erasing = new Set<string>();
  /** Something moved: the page paints {@link moving}. */
  onMove: () => void = () => {};
  /** What stands changed without the timeline: the page paints {@link standing}. */
  onStanding: () => void = () => {};

  constructor(session: LessonSession, refused: (code: ClientErrorCode) => void) {
    this.#session = session;
    this.#refused = refused;
    this.#outbox = new Outbox({
      send: (pageId, marks) => session.act('board.draw', { pageId, marks }),
      refused,
      changed: () => this.onMove(),
    });
    this.#stop = session.onPassing((participantId, body) => {
      if (participantId === session.getSnapshot().me?.participantId) return;
      this.#others.hear(participantId, body, performance.now());
      this.onMove();
    });
    this.#sweep = setInterval(() => {
      if (this.#others.sweep(performance.now())) this.onMove();
    }, SWEEP_MS);
  }

  close(): void {
    this.#stop();
    clearInterval(this.#sweep);
  }

  use(tool: Tool | null): void {
    if (
      tool?.name === this.#tool?.name &&
      tool?.color === this.#tool?.color &&
      tool?.width === this.#tool?.width
    )
      return;
    this.cancel();
    this.#tool = tool;
    this.#hover = null;
    this.onMove();
  }

  /** The page that is shown, whenever the timeline moved. */
  show(page: BoardPage | null): void {
    const before = this.#page;
    if (before === page) return;
    if (before?.pageId !== page?.pageId) this.cancel();
    else if (page && before)
      for (const item of page.items.slice(before.items.length)) this.#others.committed(item.by);
    this.#page = page;
    this.onMove();
  }

  lineIsBack(): void {
    void this.#outbox.wake();
  }

  get moving(): Moving {
    const pageId = this.#page?.pageId ?? '';
    const gesture = this.#gesture;
    const own: Stroke[] = gesture?.kind === 'stroke' && this.#tool ? [this.#strokeOf(gesture)] : [];
    const shape = gesture?.kind === 'shape' ? this.#shapeOf(gesture) : null;
    const laser = this.#tool?.name === 'laser' && this.#hover ? [this.#hover] : [];
    const eraser = this.#tool?.name === 'eraser' && this.#hover;
    return {
      strokes: [...this.#others.strokesOn(pageId), ...own],
      marks: [...this.#outbox.on(pageId), ...(shape ? [shape] : [])],
      lasers: [...this.#others.lasersOn(pageId), ...laser],
      eraser: eraser ? { ...eraser, radius: sizeOf(this.#tool!) } : null,
    };
  }

  get standing(): readonly BoardItem[] {
    const items = this.#page?.items ?? [];
    return this.#erasing.size === 0 ? items : items.filter(({ id }) => !this.#erasing.has(id));
  }

  // --- the hand ------------------------------------------------------------------------------------

  begin(spot: Spot): void {
    const tool = this.#tool;
    if (!tool || !this.#page) return;
    const { x, y } = spot;
    switch (tool.name) {
      case 'pen':
      case 'highlighter':
        this.#ref = (this.#ref + 1) % 65_536;
        this.#gesture = {
          kind: 'stroke',
          tool: tool.name,
          ref: this.#ref,
          points: [],
          began: spot.at,
          passed: 0,
        };
        break;
      case 'eraser':
        this.#gesture = { kind: 'erase', last: [x * PAGE_UNITS, y * PAGE_UNITS], gone: new Set() };
        break;
      case 'laser':
        this.#gesture = { kind: 'laser' };
        break;
      case 'text':
        return;
      default:
        this.#gesture = { kind: 'shape', shape: tool.name, from: [x, y], to: [x, y] };
    }
    this.move([spot]);
  }

  move(spots: readonly Spot[]): void {
    const last = spots.at(-1);
    if (!last) return;
    this.#hover = { x: last.x, y: last.y };
    const gesture = this.#gesture;
    switch (gesture?.kind) {
      case 'stroke':
        for (const spot of spots) addPoint(gesture.points, spot, gesture.began);
        this.#passStroke(gesture, false);
        // A hand that never lifts: what is there becomes one stroke, and the next goes on from its end.
        if (gesture.points.length >= MAX_POINTS) {
          this.end();
          this.begin(last);
        }
        break;
      case 'shape':
        gesture.to = [last.x, last.y];
        break;
      case 'erase':
        for (const spot of spots) this.#erase(gesture, [spot.x * PAGE_UNITS, spot.y * PAGE_UNITS]);
        break;
      case 'laser':
      case undefined:
        break;
    }
    if (this.#tool?.name === 'laser') this.#passLaser();
    this.onMove();
  }

  end(): void {
    const gesture = this.#gesture;
    const page = this.#page;
    this.#gesture = null;
    if (!gesture || !page) return;
    if (gesture.kind === 'stroke') {
      this.#passStroke(gesture, true);
      this.#pass({ kind: 'strokeEnd', ref: gesture.ref, dropped: false });
      const { points, ...look } = this.#strokeOf(gesture);
      const { tool, ...rest } = look;
      this.#outbox.put(page.pageId, { kind: tool, ...rest, ink: packInk(points) });
    } else if (gesture.kind === 'shape') {
      const [from, to] = [gesture.from, gesture.to];
      if (Math.hypot(to[0] - from[0], to[1] - from[1]) > SLIP)
        this.#outbox.put(page.pageId, this.#shapeOf(gesture));
    } else if (gesture.kind === 'erase') void this.#sendErased(page.pageId, [...gesture.gone]);
    this.onMove();
  }

  /** The gesture turned out to be none (a second finger, a palm, another page). */
  cancel(): void {
    const gesture = this.#gesture;
    this.#gesture = null;
    if (gesture?.kind === 'stroke') this.#pass({ kind: 'strokeEnd', ref: gesture.ref, dropped: true });
    if (gesture?.kind === 'erase') {
      for (const id of gesture.gone) this.#erasing.delete(id);
      this.onStanding();
    }
    this.onMove();
  }

  /** The pointer left the board. */
  leave(): void {
    if (this.#tool?.name === 'laser' && this.#hover) this.#pass({ kind: 'laserOff' });
    this.#hover = null;
    this.onMove();
  }

  write(at: Point, text: string): void {
    const tool = this.#tool;
    if (!this.#page || !tool || text.trim() === '') return;
    this.#outbox.put(this.#page.pageId, {
      kind: 'text',
      color: tool.color,
      size: sizeOf(tool),
      at,
      text: text.trim().slice(0, 500),
    });
  }

  #strokeOf({ tool, points }: Extract<Gesture, { kind: 'stroke' }>): Stroke {
    const used = this.#tool!;
    return { tool, color: used.color, width: sizeOf(used), points };
  }

  #shapeOf({ shape, from, to }: Extract<Gesture, { kind: 'shape' }>): Mark {
    const used = this.#tool!;
    return { kind: shape, color: used.color, width: sizeOf(used), from, to };
  }

  #erase(gesture: Extract<Gesture, { kind: 'erase' }>, to: readonly [number, number]): void {
    const radius = sizeOf(this.#tool!);
    const { me } = this.#session.getSnapshot();
    const all = me?.role === 'presenter' || me?.role === 'administrator';
    const hit = this.standing.filter(
      (item) => (all || item.by === me?.participantId) && isHit(item, gesture.last, to, radius),
    );
    gesture.last = to;
    if (hit.length === 0) return;
    for (const { id } of hit) {
      gesture.gone.add(id);
      this.#erasing.add(id);
    }
    this.onStanding();
  }

  async #sendErased(pageId: string, itemIds: string[]): Promise<void> {
    if (itemIds.length === 0) return;
    try {
      await this.#session.act('board.erase', { pageId, itemIds });
    } catch (thrown) {
      this.#refused((thrown as { code: ClientErrorCode }).code ?? 'INTERNAL');
    } finally {
      for (const id of itemIds) this.#erasing.delete(id);
      this.onStanding();
    }
  }

  // --- what the others see of it -------------------------------------------------------------------

  #passStroke(gesture: Extract<Gesture, { kind: 'stroke' }>, last: boolean): void {
    const now = performance.now();
    if (!this.#page || (!last && now < this.#lastPass + PASS_MS)) return;
    const fresh = gesture.points.slice(gesture.passed);
    if (fresh.length === 0) return;
    const { tool, color, width } = this.#strokeOf(gesture);
    this.#lastPass = now;
    this.#pass({
      kind: 'stroke',
      pageId: this.#page.pageId,
      ref: gesture.ref,
      tool,
      color,
      width,
      from: gesture.passed,
      ink: packInk(fresh),
    });
    gesture.passed = gesture.points.length;
  }

  #passLaser(): void {
    const now = performance.now();
    if (!this.#page || !this.#hover || now < this.#lastPass + PASS_MS) return;
    this.#lastPass = now;
    const { x, y } = this.#hover;
    this.#pass({ kind: 'laser', pageId: this.#page.pageId, x, y });
    const { pageId } = this.#page;
    setTimeout(() => {
      if (this.#hover?.x === x && this.#hover.y === y && this.#page?.pageId === pageId) this.#passLaser();
    }, LASER_AGAIN_MS);
  }

  #pass(body: Passing): void {
    this.#session.pass(body);
  }
}

function addPoint(points: InkPoint[], { x, y, pressure, at }: Spot, began: number): void {
  const last = points.at(-1);
  if (last && Math.hypot(x - last.x, y - last.y) < NEAR) return;
  points.push({ x, y, pressure, t: Math.max(0, Math.round(at - began)) });
}
