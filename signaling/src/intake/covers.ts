import { fork } from 'node:child_process';
import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { UNTRUSTED_FILM } from '#platform/ffmpeg.ts';
import { runQuietly } from './ffmpeg-run.ts';

const PDF_COVER = fileURLToPath(new URL('pdf-cover.ts', import.meta.url));
const DEADLINE_MS = 30_000;
const MEMORY_MB = 768;
/** Pixels across a cover; as shelves show them on the densest screens. */
export const COVER_WIDTH = 640;

/* Covers are a kindness: each of these says by `false` that there is none, and never why. */

/** A picture from the first third of a film, the most telling of a handful. */
export async function filmCover(
  ffmpeg: string,
  { path, target, durationMs }: { path: string; target: string; durationMs: number },
): Promise<boolean> {
  const at = Math.min(durationMs / 5, 60_000) / 1000;
  return await made(target, () =>
    runQuietly(ffmpeg, [
      ...['-ss', at.toFixed(2), ...UNTRUSTED_FILM, '-i', path, '-map', '0:V:0', '-threads', '1'],
      ...['-vf', `thumbnail=25,scale=${COVER_WIDTH}:-2`, '-frames:v', '1', '-q:v', '4'],
      ...['-map_metadata', '-1', '-f', 'image2', '-update', '1', target],
    ]),
  );
}

const PICTURES: Record<string, string> = { png: 'png_pipe', jpg: 'jpeg_pipe', webp: 'webp_pipe' };

/** A small copy of a picture, without what a camera noted in it. */
export async function imageCover(
  ffmpeg: string,
  { path, target, extension }: { path: string; target: string; extension: string },
): Promise<boolean> {
  return await made(target, () =>
    runQuietly(ffmpeg, [
      ...['-protocol_whitelist', 'file', '-f', PICTURES[extension] ?? 'png_pipe', '-i', path],
      ...['-vf', `scale='min(${COVER_WIDTH},iw)':-2`, '-frames:v', '1', '-q:v', '4', '-pix_fmt', 'yuvj420p'],
      ...['-map_metadata', '-1', '-f', 'image2', '-update', '1', target],
    ]),
  );
}

export async function pdfCover({ path, target }: { path: string; target: string }): Promise<boolean> {
  return await made(target, async () => {
    const child = fork(PDF_COVER, [path, target, String(COVER_WIDTH)], {
      execArgv: [`--max-old-space-size=${MEMORY_MB}`],
      stdio: 'ignore',
      env: { PATH: process.env.PATH, NODE_NO_WARNINGS: '1' },
    });
    const deadline = setTimeout(() => child.kill('SIGKILL'), DEADLINE_MS);
    await once(child, 'close').finally(() => clearTimeout(deadline));
  });
}

async function made(target: string, make: () => Promise<unknown>): Promise<boolean> {
  await make().catch(() => undefined);
  return await stat(target).then(
    ({ size }) => size > 0,
    () => false,
  );
}
