import { execFile, spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Locator, Page } from 'playwright-core';

const TEACH = fileURLToPath(new URL('../../infra/teach/main.ts', import.meta.url));

/** Makes a film of known content: one colour, one tone. Returns its path. */
export async function makeFilm(
  folder: string,
  { color, toneHz, seconds }: { color: string; toneHz: number; seconds: number },
): Promise<string> {
  const ffmpeg = process.env.FFMPEG_BIN;
  if (!ffmpeg) throw new Error('FFMPEG_BIN is not set: run the tests with npm test');
  const file = join(folder, 'film.mp4');
  await promisify(execFile)(ffmpeg, [
    ...['-hide_banner', '-loglevel', 'error', '-y'],
    ...['-f', 'lavfi', '-i', `color=c=${color}:s=640x360:r=15:d=${seconds}`],
    ...['-f', 'lavfi', '-i', `sine=frequency=${toneHz}:sample_rate=48000:duration=${seconds}`],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-c:a', 'aac', '-shortest', file],
  ]);
  return file;
}

/** Runs `npm run teach` as its verb does after the set-up. Resolves with its exit code and what it said. */
export async function teach(args: string[]): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, [TEACH, ...args], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  let said = '';
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (chunk) => (said += chunk));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, said };
}

/** The colour in the middle of what a video element shows: red, green and blue, 0 to 255. */
export async function colorShown(video: Locator): Promise<[number, number, number]> {
  return await video.evaluate((element) => {
    const canvas = new OffscreenCanvas(3, 3);
    const context = canvas.getContext('2d')!;
    context.drawImage(element as HTMLVideoElement, 0, 0, 3, 3);
    const [red = 0, green = 0, blue = 0] = context.getImageData(1, 1, 1, 1).data;
    return [red, green, blue];
  });
}

/** The loudest frequency of the voices that the page plays, Hz; 0 in silence. */
export async function toneHeard(page: Page): Promise<number> {
  return await page.evaluate(async () => {
    const stream = document.querySelector('audio')?.srcObject as MediaStream | null;
    if (!stream?.getAudioTracks().length) return 0;
    const context = new AudioContext();
    const analyser = new AnalyserNode(context, { fftSize: 8192, smoothingTimeConstant: 0 });
    context.createMediaStreamSource(stream).connect(analyser);
    await new Promise((resolve) => setTimeout(resolve, 400));
    const levels = new Float32Array(analyser.frequencyBinCount);
    analyser.getFloatFrequencyData(levels);
    const loudest = levels.reduce((best, level, bin) => (level > levels[best]! ? bin : best), 0);
    const silent = levels[loudest]! < -80;
    const hertz = silent ? 0 : (loudest * context.sampleRate) / analyser.fftSize;
    await context.close();
    return hertz;
  });
}
