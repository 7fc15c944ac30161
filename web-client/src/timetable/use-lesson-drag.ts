import { type KeyboardEvent, type PointerEvent, useCallback, useEffect, useRef, useState } from 'react';

/*
 * Dragging by mouse, by touch (a finger that rests on a lesson, or its handle at once) and by keyboard: space takes a lesson
 * up, arrows move it from cell to cell, enter puts it down, leave lets it go. A finger that moves at once scrolls, as it does
 * everywhere. Of our own, because a library moves by pixels and a timetable by cells.
 */

export interface CellAt {
  row: number;
  column: number;
}

export interface Dragged<T> {
  what: T;
  from: CellAt;
  over: CellAt | null;
  /** Where the pointer is; null: moved by keys. */
  point: { x: number; y: number } | null;
}

interface Options<T> {
  rows: number;
  columns: number;
  onStart(what: T): void;
  onDrop(what: T, at: CellAt): void;
}

/** So far a mouse moves before a click becomes a drag. */
const SLOP_PX = 6;
/** So long a finger rests before a lesson comes along with it. */
const REST_MS = 350;
/** So near the edge of the window the page goes on under what is dragged, by so much a frame. */
const EDGE_PX = 64;
const EDGE_STEP_PX = 8;

export function useLessonDrag<T>({ rows, columns, onStart, onDrop }: Options<T>) {
  const [dragged, setDragged] = useState<Dragged<T> | null>(null);
  const now = useRef<Dragged<T> | null>(null);
  const options = useRef({ rows, columns, onStart, onDrop });
  options.current = { rows, columns, onStart, onDrop };
  const ending = useRef<(() => void) | null>(null);

  const show = useCallback((next: Dragged<T> | null) => {
    now.current = next;
    setDragged(next);
  }, []);
  const drop = useCallback(() => {
    const last = now.current;
    show(null);
    if (last?.over && (last.over.row !== last.from.row || last.over.column !== last.from.column))
      options.current.onDrop(last.what, last.over);
  }, [show]);
  useEffect(() => () => ending.current?.(), []);

  /** Begins when the pointer has moved; a click stays a click. */
  const pressed = useCallback(
    (event: PointerEvent<HTMLElement>, what: T, from: CellAt) => {
      const byHandle = (event.target as Element).closest('[data-handle]') !== null;
      if (event.button !== 0 || ending.current) return;
      const rests = event.pointerType !== 'mouse' && !byHandle;
      const begin = { x: event.clientX, y: event.clientY };
      const { pointerId } = event;
      let last = begin;
      const start = () => {
        options.current.onStart(what);
        document.addEventListener('click', swallow, { capture: true, once: true });
        show({ what, from, over: cellUnder(last), point: last });
        frame = requestAnimationFrame(goOn);
      };
      const resting = rests ? setTimeout(start, REST_MS) : undefined;
      let frame = 0;
      const goOn = () => {
        frame = requestAnimationFrame(goOn);
        const step = last.y < EDGE_PX ? -EDGE_STEP_PX : last.y > innerHeight - EDGE_PX ? EDGE_STEP_PX : 0;
        if (step === 0) return;
        scrollBy(0, step);
        show({ what, from, over: cellUnder(last), point: last });
      };
      const moved = (move: globalThis.PointerEvent) => {
        if (move.pointerId !== pointerId) return;
        last = { x: move.clientX, y: move.clientY };
        if (!now.current) {
          if (Math.hypot(last.x - begin.x, last.y - begin.y) < SLOP_PX) return;
          if (rests) return end();
          start();
        }
        move.preventDefault();
        show({ what, from, over: cellUnder(last), point: last });
      };
      const swallow = (click: Event) => {
        click.stopPropagation();
        click.preventDefault();
      };
      // A long press would call up the browser's own menu.
      const noMenu = (menu: Event) => menu.preventDefault();
      const end = (last?: Event) => {
        clearTimeout(resting);
        cancelAnimationFrame(frame);
        document.removeEventListener('contextmenu', noMenu);
        document.removeEventListener('pointermove', moved);
        document.removeEventListener('pointerup', up);
        document.removeEventListener('pointercancel', cancel);
        document.removeEventListener('keydown', leave);
        ending.current = null;
        // No click follows where the pointer was let go elsewhere.
        if (last) setTimeout(() => document.removeEventListener('click', swallow, { capture: true }), 0);
      };
      const up = (last: Event) => {
        end(last);
        if (now.current) drop();
      };
      const cancel = (last: Event) => {
        end(last);
        show(null);
      };
      const leave = (key: globalThis.KeyboardEvent) => {
        if (key.key === 'Escape') cancel(key);
      };
      document.addEventListener('pointermove', moved);
      document.addEventListener('pointerup', up);
      document.addEventListener('pointercancel', cancel);
      document.addEventListener('keydown', leave);
      if (rests) document.addEventListener('contextmenu', noMenu);
      ending.current = () => end();
    },
    [drop, show],
  );

  const keyed = useCallback(
    (event: KeyboardEvent<HTMLElement>, what: T, from: CellAt) => {
      const last = now.current;
      if (!last) {
        if (event.key !== ' ') return;
        event.preventDefault();
        options.current.onStart(what);
        show({ what, from, over: from, point: null });
        return;
      }
      const step = STEPS[event.key];
      if (step) {
        event.preventDefault();
        const at = last.over ?? last.from;
        const inside = (value: number, size: number) => Math.min(size - 1, Math.max(0, value));
        const { rows: height, columns: width } = options.current;
        show({
          ...last,
          over: { row: inside(at.row + step[0], height), column: inside(at.column + step[1], width) },
        });
      } else if (event.key === 'Enter' || event.key === ' ') {
        event.preventDefault();
        drop();
      } else if (event.key === 'Escape' || event.key === 'Tab') {
        event.stopPropagation();
        show(null);
      }
    },
    [drop, show],
  );

  /** On the grid: once a lesson is taken up by a finger, the page stays where it is. React listens passively. */
  const surface = useCallback((grid: HTMLElement | null) => {
    if (!grid) return;
    const hold = (move: TouchEvent) => {
      if (now.current && move.cancelable) move.preventDefault();
    };
    grid.addEventListener('touchmove', hold, { passive: false });
    return () => grid.removeEventListener('touchmove', hold);
  }, []);

  return { dragged, pressed, keyed, surface };
}

const STEPS: Record<string, [number, number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

function cellUnder({ x, y }: { x: number; y: number }): CellAt | null {
  const cell = document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-cell]');
  const [row, column] = cell?.dataset.cell?.split(' ').map(Number) ?? [];
  return row === undefined || column === undefined ? null : { row, column };
}
