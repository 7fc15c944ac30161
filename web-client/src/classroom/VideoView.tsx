import { useEffect, useRef } from 'react';
import { join } from '../ui/class-names.ts';
import styles from './VideoView.module.css';

interface Props {
  stream: MediaStream;
  label: string;
  /** Fill the box and cut what stands over, for small pictures of people. */
  cover?: boolean;
}

/** A stream's picture, always mute: sound has elements of its own, so that a page plays each voice once. */
export function VideoView({ stream, label, cover = false }: Props) {
  const ref = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const video = ref.current;
    if (!video) return;
    video.srcObject = stream;
    // Mute video may always play; a rejection only means that the stream was exchanged meanwhile.
    video.play().catch(() => {});
    return () => {
      video.srcObject = null;
    };
  }, [stream]);
  return (
    <video
      ref={ref}
      className={join(styles.video, cover && styles.cover)}
      aria-label={label}
      autoPlay
      muted
      playsInline
    />
  );
}
