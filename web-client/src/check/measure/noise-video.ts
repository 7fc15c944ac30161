const WIDTH = 640;
const HEIGHT = 360;
const FRAMES_PER_SECOND = 15;
/** The noise is drawn small and enlarged: cheap to make, and still nothing that an encoder can make small. */
const GRAIN = 4;
const PICTURES = 6;

/** A video of noise: it fills whatever rate it is given, as a lesson's camera may. To be stopped. */
export function noiseVideo(): { track: MediaStreamTrack; stop(): void } {
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const context = canvas.getContext('2d')!;
  const pictures = Array.from({ length: PICTURES }, noisePicture);
  let count = 0;
  const timer = setInterval(() => {
    const picture = pictures[count % PICTURES]!;
    count += 1;
    // Each time another way round, or the encoder would remember.
    context.setTransform(
      count & 1 ? -1 : 1,
      0,
      0,
      count & 2 ? -1 : 1,
      count & 1 ? WIDTH : 0,
      count & 2 ? HEIGHT : 0,
    );
    context.drawImage(picture, 0, 0, WIDTH, HEIGHT);
  }, 1000 / FRAMES_PER_SECOND);
  const [track] = canvas.captureStream(FRAMES_PER_SECOND).getVideoTracks();
  return {
    track: track!,
    stop() {
      clearInterval(timer);
      track!.stop();
    },
  };
}

function noisePicture(): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH / GRAIN;
  canvas.height = HEIGHT / GRAIN;
  const context = canvas.getContext('2d')!;
  const image = context.createImageData(canvas.width, canvas.height);
  for (let i = 0; i < image.data.length; i += 1) image.data[i] = i % 4 === 3 ? 255 : Math.random() * 256;
  context.putImageData(image, 0, 0);
  return canvas;
}
