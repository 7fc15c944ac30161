import type { BrowserContext } from 'playwright-core';

/** The time code: 24 bits of milliseconds and 8 bits of check in two rows of cells, the picture's top left. */
export const CODE = { columns: 16, rows: 2, width: 1 / 2, height: 1 / 9 };

/**
 * Makes the context's camera a canvas of 1280×720 whose every frame carries the time at which it was drawn.
 * Microphones stay what they are. This replaces the camera, not what is measured.
 */
export async function installCanvasCamera(context: BrowserContext): Promise<void> {
  await context.addInitScript((code) => {
    if (!navigator.mediaDevices) return;
    const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = async (constraints) =>
      constraints?.video ? camera() : real(constraints);

    function camera(): MediaStream {
      const canvas = Object.assign(document.createElement('canvas'), { width: 1280, height: 720 });
      const context = canvas.getContext('2d', { alpha: false })!;
      const wall = texture();
      let frame = 0;
      const draw = () => {
        frame++;
        context.drawImage(wall, 0, 0);
        for (let disc = 0; disc < 12; disc++) {
          const angle = frame / 20 + disc;
          context.fillStyle = `hsl(${disc * 30} 70% 50%)`;
          context.beginPath();
          context.arc(640 + 420 * Math.cos(angle), 400 + 220 * Math.sin(angle * 1.3), 60, 0, 7);
          context.fill();
        }
        writeTime(context);
      };
      const timer = setInterval(draw, 1000 / 30);
      draw();
      const stream = canvas.captureStream(30);
      const [track] = stream.getVideoTracks();
      const stop = track!.stop.bind(track);
      track!.stop = () => {
        clearInterval(timer);
        stop();
      };
      return stream;
    }

    /** Something for the encoder to do: a wall that is not of one colour. */
    function texture(): HTMLCanvasElement {
      const canvas = Object.assign(document.createElement('canvas'), { width: 1280, height: 720 });
      const context = canvas.getContext('2d')!;
      for (let tile = 0; tile < 2304; tile++) {
        context.fillStyle = `hsl(${(tile * 47) % 360} 25% ${40 + ((tile * 31) % 30)}%)`;
        context.fillRect((tile % 64) * 20, Math.floor(tile / 64) * 20, 20, 20);
      }
      return canvas;
    }

    function writeTime(context: CanvasRenderingContext2D): void {
      const ms = Math.floor(performance.timeOrigin + performance.now()) % 2 ** 24;
      const check = ((ms >> 16) ^ (ms >> 8) ^ ms ^ 0xa5) & 0xff;
      const bits = ms.toString(2).padStart(24, '0') + check.toString(2).padStart(8, '0');
      const width = (1280 * code.width) / code.columns;
      const height = (720 * code.height) / code.rows;
      for (let cell = 0; cell < bits.length; cell++) {
        context.fillStyle = bits[cell] === '1' ? '#fff' : '#000';
        context.fillRect(
          (cell % code.columns) * width,
          Math.floor(cell / code.columns) * height,
          width,
          height,
        );
      }
    }
  }, CODE);
}
