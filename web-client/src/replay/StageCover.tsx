import { IconRewindBackward10, IconRewindForward10 } from '@tabler/icons-react';
import { type PointerEvent, useEffect, useRef, useState } from 'react';
import { measure } from '../theme/tokens.ts';
import { join } from '../ui/class-names.ts';
import type { ReplayEngine } from './engine/replay-engine.ts';
import styles from './ReplayStage.module.css';
import { SKIP_MS } from './use-shortcuts.ts';

/** Two taps within this time are one double tap. */
const DOUBLE_MS = 280;
const HINT_MS = 600;

interface Props {
  engine: ReplayEngine;
  onFullscreen: () => void;
}

/**
 * What a touch on the pictures does: one stops and goes on, two at a side skip ten seconds, two in the middle fill
 * the screen. The bar below has all of it for keyboards.
 */
export function StageCover({ engine, onFullscreen }: Props) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [skipped, setSkipped] = useState<{ by: 1 | -1; times: number } | null>(null);
  useEffect(() => {
    if (!skipped) return;
    const hint = setTimeout(() => setSkipped(null), HINT_MS);
    return () => clearTimeout(hint);
  }, [skipped]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const skip = (by: 1 | -1) => {
    engine.skip(by * SKIP_MS);
    setSkipped((before) => ({ by, times: before?.by === by ? before.times + 1 : 1 }));
  };
  const onPointerUp = ({ clientX, currentTarget, pointerType, button }: PointerEvent) => {
    if (button !== 0) return;
    const { left, width } = currentTarget.getBoundingClientRect();
    const share = (clientX - left) / width;
    const side = share < 1 / 3 ? -1 : share > 2 / 3 ? 1 : 0;
    const second = timer.current !== undefined;
    clearTimeout(timer.current);
    timer.current = undefined;
    if (pointerType === 'mouse') {
      engine.toggle();
      // The second click of a double click takes back what the first one did.
      if (second) onFullscreen();
      else timer.current = setTimeout(() => (timer.current = undefined), DOUBLE_MS);
    } else if (skipped && side === skipped.by) skip(side);
    else if (second && side !== 0) skip(side);
    else if (second) onFullscreen();
    else
      timer.current = setTimeout(() => {
        timer.current = undefined;
        engine.toggle();
      }, DOUBLE_MS);
  };
  const Icon = skipped?.by === 1 ? IconRewindForward10 : IconRewindBackward10;
  return (
    <div className={styles.cover} aria-hidden="true" data-testid="stage-cover" onPointerUp={onPointerUp}>
      {skipped && (
        <span className={join(styles.skipped, skipped.by === 1 && styles.skippedOn)}>
          <Icon size={measure.iconLarge} />
          {(skipped.times * SKIP_MS) / 1000}
        </span>
      )}
    </div>
  );
}
