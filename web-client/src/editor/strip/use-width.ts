import { type RefObject, useLayoutEffect, useState } from 'react';

/** How wide an element is, CSS px; 0 until it was measured. */
export function useWidth(element: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const place = element.current;
    if (!place) return;
    const observer = new ResizeObserver(() => setWidth(place.clientWidth));
    observer.observe(place);
    setWidth(place.clientWidth);
    return () => observer.disconnect();
  }, [element]);
  return width;
}
