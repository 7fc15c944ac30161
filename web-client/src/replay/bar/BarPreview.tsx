import { useLayoutEffect, useRef, useState } from 'react';
import { tileAt } from './bar-marks.ts';
import styles from './SeekBar.module.css';
import type { Thumbnails } from './SeekBar.tsx';

interface Props {
  /** Of the bar's width, in percent. */
  share: number;
  time: string;
  chapter: string;
  thumbnails: Thumbnails | null;
  lessonMs: number;
}

/** What one would come to at this place of the bar; never beyond the bar's ends. */
export function BarPreview({ share, time, chapter, thumbnails, lessonMs }: Props) {
  const ref = useRef<HTMLDivElement>(null);
  const [left, setLeft] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: its width follows from its words.
  useLayoutEffect(() => {
    const element = ref.current;
    const bar = element?.parentElement;
    if (!element || !bar) return;
    const half = element.offsetWidth / 2;
    const middle = (bar.clientWidth * share) / 100;
    setLeft(Math.max(half, Math.min(bar.clientWidth - half, middle)));
  }, [share, chapter]);
  const tile = thumbnails && tileAt(thumbnails, lessonMs);
  return (
    <div ref={ref} className={styles.preview} style={{ left }} aria-hidden="true" data-testid="bar-preview">
      {thumbnails && tile && (
        <span
          className={styles.picture}
          data-testid="bar-thumbnail"
          style={{
            width: thumbnails.width,
            height: thumbnails.height,
            backgroundImage: `url("${thumbnails.address}")`,
            backgroundPosition: `${-tile.column * thumbnails.width}px ${-tile.row * thumbnails.height}px`,
          }}
        />
      )}
      {chapter && <span className={styles.previewChapter}>{chapter}</span>}
      <span className={styles.previewTime}>{time}</span>
    </div>
  );
}
