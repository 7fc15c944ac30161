import { useEffect, useRef } from 'react';
import type { ReplayEngine } from './engine/replay-engine.ts';

interface Props {
  engine: ReplayEngine;
  playlist: string;
  label: string;
  leader?: boolean;
  className?: string;
  testId?: string;
}

/** A picture of the recording. Only the leader may bring sound along; voices have elements of their own. */
export function TrackVideo({ engine, playlist, label, leader = false, className, testId }: Props) {
  const ref = useRef<HTMLVideoElement>(null);
  useEffect(
    () => (ref.current ? engine.attach(ref.current, { playlist, leader, silent: !leader }) : undefined),
    [engine, playlist, leader],
  );
  return (
    // biome-ignore lint/a11y/useMediaCaption: captions are not recorded yet
    <video
      ref={ref}
      className={className}
      data-testid={testId}
      aria-label={label}
      playsInline
      preload="auto"
    />
  );
}

/** A voice of the recording that comes with no picture. */
export function TrackAudio({ engine, playlist }: { engine: ReplayEngine; playlist: string }) {
  const ref = useRef<HTMLAudioElement>(null);
  useEffect(
    () => (ref.current ? engine.attach(ref.current, { playlist, leader: false, silent: false }) : undefined),
    [engine, playlist],
  );
  // biome-ignore lint/a11y/useMediaCaption: captions are not recorded yet
  return <audio ref={ref} preload="auto" />;
}
