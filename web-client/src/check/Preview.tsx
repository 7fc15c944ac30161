import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './CheckPage.module.css';

interface Props {
  stream: MediaStream | null;
  /** 0 to 1 */
  level: number;
  listening: boolean;
}

/** What is being looked at and listened to. Speech is quiet in numbers: the meter is by loudness as ears have it. */
export function Preview({ stream, level, listening }: Props) {
  const { t } = useTranslation();
  const ref = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const video = ref.current;
    if (!video || !stream) return;
    video.srcObject = stream;
    video.play().catch(() => {});
    // The last picture stays when the camera is let go, so that the place does not go dark between two looks.
    return () => video.pause();
  }, [stream]);
  return (
    <figure className={styles.preview}>
      <video ref={ref} className={styles.video} aria-label={t('check.preview')} muted playsInline />
      {!stream && !ref.current?.srcObject && <p className={styles.previewEmpty}>{t('check.previewEmpty')}</p>}
      {listening && (
        <meter
          className={styles.level}
          aria-label={t('check.level')}
          min={0}
          max={1}
          value={Math.sqrt(level)}
        />
      )}
    </figure>
  );
}
