import { type ReactNode, useEffect, useRef, useState } from 'react';
import { join } from '../ui/class-names.ts';
import type { Picture } from './lesson-view.ts';
import styles from './PictureBox.module.css';
import { useHeld } from './use-held.ts';
import { VideoView } from './VideoView.tsx';

interface Props {
  picture: Picture | null;
  /** Keep showing the last picture although it is gone: its sender is expected back. */
  hold?: boolean;
  label: string;
  /** What to say where there is nothing to see. */
  empty: ReactNode;
  /** What to say where the sender has turned the picture off. */
  paused: ReactNode;
  cover?: boolean;
}

/** A place for one picture. Its size never depends on whether there is one. */
export function PictureBox({ picture, hold = false, label, empty, paused, cover = false }: Props) {
  const still = useRef<HTMLCanvasElement>(null);
  const [painted, setPainted] = useState(false);
  const shown = useHeld(picture?.stream ? picture : null, hold);
  useEffect(() => {
    if (!shown) setPainted(false);
  }, [shown]);
  const stale = shown !== null && (shown !== picture || shown.stalled);
  return (
    <div className={styles.box}>
      {shown?.stream && !shown.paused && (
        <div className={join(styles.box, stale && styles.stale)}>
          <canvas key={shown.role} ref={still} className={join(styles.still, cover && styles.cover)} />
          <VideoView
            stream={shown.stream}
            label={label}
            cover={cover}
            still={still}
            onPainted={() => setPainted(true)}
          />
        </div>
      )}
      {!painted && !shown?.paused && <div className={styles.empty}>{empty}</div>}
      {shown?.paused && <div className={styles.empty}>{paused}</div>}
    </div>
  );
}
