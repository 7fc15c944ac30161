import { type PointerEvent, useMemo, useRef } from 'react';
import type { Drawing, Spot } from './drawing.ts';

/** After a pen was seen, fingers are palms for this long. */
const PALM_MS = 3_000;

/** Pointer events of a page's element as one hand: a pen, a mouse or one finger. */
export function useHand(drawing: Drawing, onPlace: (spot: Spot) => void) {
  const hand = useRef<{ id: number; type: string } | null>(null);
  const penSeen = useRef(-Infinity);
  return useMemo(() => {
    const isPalm = ({ pointerType }: PointerEvent) =>
      pointerType === 'touch' && performance.now() - penSeen.current < PALM_MS;
    return {
      onPointerDown(event: PointerEvent<HTMLElement>) {
        if (event.pointerType === 'pen') penSeen.current = performance.now();
        if (event.button !== 0 || isPalm(event)) return;
        // A second finger: nobody writes with two.
        if (hand.current) {
          if (hand.current.type === 'touch') drawing.cancel();
          return;
        }
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
        hand.current = { id: event.pointerId, type: event.pointerType };
        const spot = spotOf(event.nativeEvent, event.currentTarget);
        drawing.begin(spot);
        onPlace(spot);
      },
      onPointerMove(event: PointerEvent<HTMLElement>) {
        if (event.pointerType === 'pen') penSeen.current = performance.now();
        if (hand.current ? hand.current.id !== event.pointerId : isPalm(event)) return;
        const target = event.currentTarget;
        const all = event.nativeEvent.getCoalescedEvents?.() ?? [];
        drawing.move((all.length > 0 ? all : [event.nativeEvent]).map((each) => spotOf(each, target)));
      },
      onPointerUp(event: PointerEvent<HTMLElement>) {
        if (hand.current?.id !== event.pointerId) return;
        hand.current = null;
        drawing.end();
        if (event.pointerType !== 'mouse') drawing.leave();
      },
      onPointerCancel(event: PointerEvent<HTMLElement>) {
        if (hand.current?.id !== event.pointerId) return;
        hand.current = null;
        drawing.cancel();
      },
      onPointerLeave() {
        if (!hand.current) drawing.leave();
      },
    };
  }, [drawing, onPlace]);
}

/** Where a pointer is on a page that fills `element`, in page widths. */
function spotOf(event: globalThis.PointerEvent, element: HTMLElement): Spot {
  const box = element.getBoundingClientRect();
  const known = event.pointerType === 'pen' && event.pressure > 0;
  return {
    x: (event.clientX - box.left) / box.width,
    y: (event.clientY - box.top) / box.width,
    pressure: known ? event.pressure : 0.5,
    at: event.timeStamp,
  };
}
