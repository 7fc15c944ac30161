import { useEffect, useState } from 'react';
import styles from './ReplayStage.module.css';

const MOVE_MS = 12_000;
/** Shares of the stage, one after the other: nobody can cut a corner away and be rid of it. */
const SPOTS = [
  [12, 18],
  [62, 70],
  [38, 40],
  [70, 14],
  [16, 74],
  [50, 60],
] as const;

/** Who watches, over the picture: a screen that is filmed tells by whom. */
export function Watermark({ words }: { words: string }) {
  const [spot, setSpot] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSpot((at) => (at + 1) % SPOTS.length), MOVE_MS);
    return () => clearInterval(timer);
  }, []);
  const [left, top] = SPOTS[spot] ?? SPOTS[0];
  return (
    <span
      className={styles.watermark}
      style={{ left: `${left}%`, top: `${top}%` }}
      aria-hidden="true"
      data-testid="watermark"
    >
      {words}
    </span>
  );
}
