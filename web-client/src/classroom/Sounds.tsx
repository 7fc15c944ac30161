import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LessonSnapshot } from '../lesson/session.ts';
import styles from './Sounds.module.css';

/** Plays every voice of the lesson. Where the browser wants a touch first, asks for one, big. */
export function Sounds({ snapshot, muted = false }: { snapshot: LessonSnapshot; muted?: boolean }) {
  const { t } = useTranslation();
  const [blocked, setBlocked] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  // Two devices of the master classroom stand in one room: one playing the other's microphone would howl.
  const presents = snapshot.me?.role === 'presenter';
  const voices = snapshot.remote.filter(
    ({ feed, participant }) => feed.kind === 'audio' && !(presents && participant.role === 'presenter'),
  );
  const unlock = useCallback(
    () =>
      void playAll(root).then(
        () => setBlocked(false),
        () => {},
      ),
    [],
  );
  useEffect(() => {
    if (!blocked) return;
    // Whatever is touched, a remote control's key too: the browser lets it now.
    const events = ['pointerup', 'keydown'] as const;
    for (const event of events) addEventListener(event, unlock);
    return () => {
      for (const event of events) removeEventListener(event, unlock);
    };
  }, [blocked, unlock]);
  return (
    <div ref={root}>
      {voices.map(({ feed, stream }) => (
        <Voice key={feed.feedId} stream={stream} muted={muted} onBlocked={() => setBlocked(true)} />
      ))}
      {blocked && (
        <button type="button" className={styles.unlock} data-testid="sound-on" onClick={unlock}>
          <span className={styles.title}>{t('stage.soundOn')}</span>
          <span className={styles.hint}>{t('stage.soundOnHint')}</span>
        </button>
      )}
    </div>
  );
}

const playAll = (root: RefObject<HTMLDivElement | null>) =>
  Promise.all([...(root.current?.querySelectorAll('audio') ?? [])].map((audio) => audio.play()));

function Voice({ stream, muted, onBlocked }: { stream: MediaStream; muted: boolean; onBlocked: () => void }) {
  const ref = useRef<HTMLAudioElement>(null);
  const blocked = useRef(onBlocked);
  blocked.current = onBlocked;
  useEffect(() => {
    const audio = ref.current;
    if (!audio) return;
    audio.srcObject = stream;
    audio.play().catch((error: unknown) => {
      if (error instanceof DOMException && error.name === 'NotAllowedError') blocked.current();
    });
    return () => {
      audio.srcObject = null;
    };
  }, [stream]);
  return <audio ref={ref} autoPlay muted={muted} />;
}
