import { brightnessOf, type PictureFacts, pictureFacts } from '../judge/picture.ts';
import { pause } from './pause.ts';

const LOOKS = 12;
const LOOK_MS = 150;
const FIRST_FRAME_MS = 4_000;
/** Of the copy that is looked at: enough to see whether anything moves. */
const WIDTH = 96;
const HEIGHT = 54;

/** Looks at a camera's picture for two seconds. */
export async function lookAt(
  stream: MediaStream,
  signal: AbortSignal,
  progress: (share: number) => void,
): Promise<PictureFacts> {
  const video = document.createElement('video');
  video.muted = true;
  video.playsInline = true;
  video.srcObject = stream;
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  try {
    await Promise.race([video.play(), pause(FIRST_FRAME_MS, signal)]).catch((error: unknown) => {
      if (signal.aborted) throw error;
    });
    const frames: Float32Array[] = [];
    for (let look = 0; look < LOOKS && video.videoWidth > 0; look += 1) {
      await pause(LOOK_MS, signal);
      context.drawImage(video, 0, 0, WIDTH, HEIGHT);
      frames.push(brightnessOf(context.getImageData(0, 0, WIDTH, HEIGHT).data));
      progress((look + 1) / LOOKS);
    }
    return pictureFacts(frames, { width: video.videoWidth, height: video.videoHeight });
  } finally {
    video.srcObject = null;
  }
}
