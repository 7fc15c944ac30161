/** A picture a little before the one that was asked for is the one that was asked for, s. */
const NEAR_S = 0.1;
/** Longer than this nothing came: better the picture that is there than one that stands for ever. */
const PATIENCE_MS = 3_000;

/**
 * Keeps the last picture standing over an element while it jumps, until a picture of the place it jumps to is there.
 * A decoder begins at the key frame before that place and may show it for a moment.
 */
export function holdStill(video: HTMLVideoElement, still: HTMLCanvasElement, toS: number): void {
  if (video.videoWidth === 0 || !('requestVideoFrameCallback' in video)) return;
  still.width = video.videoWidth;
  still.height = video.videoHeight;
  still.getContext('2d')?.drawImage(video, 0, 0);
  still.hidden = false;
  let over = false;
  const end = () => {
    over = true;
    still.hidden = true;
  };
  const timer = setTimeout(end, PATIENCE_MS);
  const onFrame = (_now: number, { mediaTime }: VideoFrameCallbackMetadata) => {
    if (over) return;
    if (mediaTime < toS - NEAR_S || mediaTime > toS + PATIENCE_MS / 1_000) {
      video.requestVideoFrameCallback(onFrame);
      return;
    }
    clearTimeout(timer);
    end();
  };
  video.requestVideoFrameCallback(onFrame);
}
