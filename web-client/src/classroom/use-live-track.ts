import { useCallback, useEffect, useState } from 'react';

const LOOK_MS = 1_000;

const hasPicture = (stream: MediaStream): boolean =>
  stream.getVideoTracks().some(({ readyState }) => readyState === 'live');

/**
 * Whether the stream has a running picture; a consumer that was lost leaves a stream without one. Tracks
 * that the page's own code adds, removes or stops raise no event: `look` is for whoever knows better.
 */
export function useLiveTrack(stream: MediaStream): { live: boolean; look: () => void } {
  const [live, setLive] = useState(() => hasPicture(stream));
  const look = useCallback(() => setLive(hasPicture(stream)), [stream]);
  useEffect(() => {
    look();
    const timer = setInterval(look, LOOK_MS);
    return () => clearInterval(timer);
  }, [look]);
  return { live, look };
}
