import Hls from 'hls.js';
import { useEffect, useRef } from 'react';
import styles from './FilePage.module.css';

/** The signed part of an address; it is given anew while one watches. */
const SIGNED = /^.*\/media\/s\/\d+\/[^/]+\//;

/** A film, or sound alone. */
export function FilmView({
  playable,
  cover,
  title,
}: {
  playable: string;
  cover: string | null;
  title: string;
}) {
  const ref = useRef<HTMLVideoElement>(null);
  const first = useRef(playable);
  const newest = useRef(playable);
  newest.current = playable;
  useEffect(() => {
    const video = ref.current!;
    if (!Hls.isSupported()) {
      video.src = first.current;
      return;
    }
    const hls = new Hls({
      xhrSetup: (xhr, url) => {
        const prefix = SIGNED.exec(newest.current)?.[0] ?? '';
        xhr.open('GET', url.replace(SIGNED, prefix), true);
      },
    });
    hls.loadSource(first.current);
    hls.attachMedia(video);
    return () => hls.destroy();
  }, []);
  return (
    // biome-ignore lint/a11y/useMediaCaption: captions of a film are the library's, beside its page.
    <video
      ref={ref}
      className={styles.film}
      controls
      poster={cover ?? undefined}
      aria-label={title}
      data-testid="film"
    />
  );
}
