import { type RefObject, useLayoutEffect, useState } from 'react';

export interface PageBox {
  readonly width: number;
  readonly height: number;
}

/** The largest box of this shape within an element, in whole CSS pixels; null until it was measured. */
export function usePageBox(ref: RefObject<HTMLElement | null>, aspect: number): PageBox | null {
  const [room, setRoom] = useState<PageBox | null>(null);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const measured = () => setRoom({ width: element.clientWidth, height: element.clientHeight });
    const observer = new ResizeObserver(measured);
    observer.observe(element);
    measured();
    return () => observer.disconnect();
  }, [ref]);
  return room && fitted(room, aspect);
}

export function fitted({ width, height }: PageBox, aspect: number): PageBox {
  const narrow = Math.min(width, height * aspect);
  return { width: Math.floor(narrow), height: Math.floor(narrow / aspect) };
}
