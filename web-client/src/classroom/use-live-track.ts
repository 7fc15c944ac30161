import { useEffect, useState } from 'react';

const hasPicture = (stream: MediaStream): boolean =>
  stream.getVideoTracks().some(({ readyState }) => readyState === 'live');

/** Whether the stream has a running picture now; a consumer that was lost leaves a stream without one. */
export function useLiveTrack(stream: MediaStream): boolean {
  const [live, setLive] = useState(() => hasPicture(stream));
  useEffect(() => {
    const look = () => setLive(hasPicture(stream));
    const tracks = new Set<MediaStreamTrack>();
    const follow = () => {
      for (const track of stream.getVideoTracks()) {
        tracks.add(track);
        track.addEventListener('ended', look);
      }
      look();
    };
    follow();
    stream.addEventListener('addtrack', follow);
    stream.addEventListener('removetrack', look);
    // Tracks that the page's own code adds, removes or stops raise no event.
    const timer = setInterval(follow, 1000);
    return () => {
      clearInterval(timer);
      stream.removeEventListener('addtrack', follow);
      stream.removeEventListener('removetrack', look);
      for (const track of tracks) track.removeEventListener('ended', look);
    };
  }, [stream]);
  return live;
}
