import { useCallback, useEffect, useRef } from 'react';
import { join } from '../ui/class-names.ts';
import { unsigned } from './engine/fresh-address.ts';
import type { AttachOptions, ReplayEngine } from './engine/replay-engine.ts';
import { holdStill } from './hold-still.ts';
import styles from './ReplayStage.module.css';

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
  const still = useRef<HTMLCanvasElement>(null);
  const onJump = useCallback(
    (toS: number) => ref.current && still.current && holdStill(ref.current, still.current, toS),
    [],
  );
  useAttached(ref, { engine, playlist, leader, silent: !leader, onJump });
  return (
    <>
      {/* biome-ignore lint/a11y/useMediaCaption: captions are drawn beside the pictures, one line for all of them */}
      <video
        ref={ref}
        className={className}
        data-testid={testId}
        aria-label={label}
        playsInline
        preload="auto"
      />
      <canvas ref={still} className={join(className, styles.still)} hidden />
    </>
  );
}

/** A voice of the recording that comes with no picture. */
export function TrackAudio({ engine, playlist }: { engine: ReplayEngine; playlist: string }) {
  const ref = useRef<HTMLAudioElement>(null);
  useAttached(ref, { engine, playlist, leader: false, silent: false });
  // biome-ignore lint/a11y/useMediaCaption: captions are drawn beside the pictures, one line for all of them
  return <audio ref={ref} preload="auto" />;
}

interface Attached extends Pick<AttachOptions, 'onJump'> {
  engine: ReplayEngine;
  playlist: string;
  leader: boolean;
  silent: boolean;
}

function useAttached(
  ref: { readonly current: HTMLMediaElement | null },
  { engine, playlist, leader, silent, onJump }: Attached,
): void {
  // A renewed signature is no reason to load a track again; the engine knows the newest one.
  const given = useRef(playlist);
  given.current = playlist;
  const track = unsigned(playlist);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `track` stands for the playlist.
  useEffect(
    () =>
      ref.current
        ? engine.attach(ref.current, { playlist: given.current, leader, silent, onJump })
        : undefined,
    [engine, track, leader, silent, onJump],
  );
}
