import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './CheckPage.module.css';

const FRAME_MS = 66;

interface Props {
  stream: MediaStream | null;
  /** 0 to 1 */
  level: number;
  listening: boolean;
}

/** What is being looked at and listened to. The last picture stays when the camera is let go. */
export function Preview({ stream, level, listening }: Props) {
  const { t } = useTranslation();
  const canvas = useRef<HTMLCanvasElement>(null);
  const painted = useRef(false);
  useEffect(() => {
    if (!stream) return;
    const video = document.createElement('video');
    video.muted = true;
    video.playsInline = true;
    video.srcObject = stream;
    video.play().catch(() => {});
    const timer = setInterval(() => {
      painted.current = paint(video, canvas.current) || painted.current;
    }, FRAME_MS);
    return () => {
      clearInterval(timer);
      video.srcObject = null;
    };
  }, [stream]);
  return (
    <figure className={styles.preview}>
      <canvas ref={canvas} className={styles.video} role="img" aria-label={t('check.preview')} />
      {!stream && !painted.current && <p className={styles.previewEmpty}>{t('check.previewEmpty')}</p>}
      {listening && (
        <meter
          className={styles.level}
          aria-label={t('check.level')}
          min={0}
          max={1}
          // Speech is a small number; ears do not hear it so.
          value={Math.sqrt(level)}
        />
      )}
    </figure>
  );
}

function paint(video: HTMLVideoElement, canvas: HTMLCanvasElement | null): boolean {
  const { videoWidth, videoHeight } = video;
  if (!canvas || videoWidth === 0) return false;
  if (canvas.width !== videoWidth) canvas.width = videoWidth;
  if (canvas.height !== videoHeight) canvas.height = videoHeight;
  canvas.getContext('2d')?.drawImage(video, 0, 0);
  return true;
}
