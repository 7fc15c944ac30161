import { type RefObject, useEffect, useRef } from 'react';
import { join } from '../ui/class-names.ts';
import { useLiveTrack } from './use-live-track.ts';
import styles from './VideoView.module.css';

/** How old the still may be that stands in when a picture is lost, ms. */
const STILL_MS = 2_000;
const STILL_WIDTH = 1280;

interface Props {
  stream: MediaStream;
  label: string;
  /** Fill the box and cut what stands over, for small pictures of people. */
  cover?: boolean;
  /** Behind the picture: gets a copy of it now and then, to be seen when the picture is gone. */
  still: RefObject<HTMLCanvasElement | null>;
  /** The first frame is there. */
  onPainted: () => void;
}

/** A stream's picture, always mute: sound has elements of its own, so that a page plays each voice once. */
export function VideoView({ stream, label, cover = false, still, onPainted }: Props) {
  const ref = useRef<HTMLVideoElement>(null);
  const { live, look } = useLiveTrack(stream);
  useEffect(() => {
    const video = ref.current;
    if (!video) return;
    video.srcObject = stream;
    // Mute video may always play; a rejection only means that the stream was exchanged meanwhile.
    video.play().catch(() => {});
    const timer = setInterval(() => {
      if (stream.active && !document.hidden) copy(video, still.current);
    }, STILL_MS);
    return () => {
      clearInterval(timer);
      video.srcObject = null;
    };
  }, [stream, still]);
  return (
    <video
      ref={ref}
      className={join(styles.video, cover && styles.cover, !live && styles.gone)}
      aria-label={label}
      onLoadedData={() => {
        look();
        onPainted();
      }}
      autoPlay
      muted
      playsInline
    />
  );
}

function copy(video: HTMLVideoElement, canvas: HTMLCanvasElement | null): void {
  const { videoWidth, videoHeight } = video;
  if (!canvas || videoWidth === 0) return;
  const scale = Math.min(1, STILL_WIDTH / videoWidth);
  canvas.width = videoWidth * scale;
  canvas.height = videoHeight * scale;
  canvas.getContext('2d')?.drawImage(video, 0, 0, canvas.width, canvas.height);
}
