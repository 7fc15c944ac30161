import { useLayoutEffect, useRef, useState } from 'react';
import type { Thumbnails } from '#protocol/rest.ts';
import { thumbnailAt } from './bar-marks.ts';
import styles from './SeekBar.module.css';

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
  return (
    <div ref={ref} className={styles.preview} style={{ left }} aria-hidden="true" data-testid="bar-preview">
      {thumbnails && (
        <span
          className={styles.picture}
          style={{ aspectRatio: thumbnails.width / thumbnails.height }}
          data-testid="bar-thumbnail"
        >
          <Small address={thumbnailAt(thumbnails, lessonMs)} />
        </span>
      )}
      {chapter && <span className={styles.previewChapter}>{chapter}</span>}
      <span className={styles.previewTime}>{time}</span>
    </div>
  );
}

/** The one before stays until the next one is there: no flicker while the hand moves. */
function Small({ address }: { address: string | null }) {
  return address ? <img className={styles.small} src={address} alt="" draggable={false} /> : null;
}
