import { execFile } from 'node:child_process';
import { AppError } from '#protocol/errors.ts';

const DEADLINE_MS = 20_000;
const CODECS = /^(h264|vp8|vp9|av1)\b/;

/**
 * The shape of a short film, if pages can play it. It is opened with the demuxer that its content asked for and
 * no other, and with nothing beside it: a film that is really a list of files would read any of ours.
 * @throws AppError CLIP_TOO_LONG, FILE_TYPE, FILE_UNREADABLE
 */
export async function clipAspect(
  ffmpeg: string,
  { path, extension, maxSeconds }: { path: string; extension: 'mp4' | 'webm'; maxSeconds: number },
): Promise<number> {
  const demuxer = extension === 'mp4' ? 'mov' : 'matroska';
  const input = ['-protocol_whitelist', 'file', '-f', demuxer, '-i', path];
  // Copied into nothing: what is really in it counts, not what its head claims.
  const limit = [
    '-t',
    String(maxSeconds + 2),
    '-map',
    '0:v:0',
    '-map',
    '0:a:0?',
    '-c',
    'copy',
    '-f',
    'null',
    '-',
  ];
  const said = await run(ffmpeg, ['-hide_banner', '-nostdin', ...input, ...limit]);
  const video = /Stream #0.*?: Video: (.*)/.exec(said)?.[1] ?? '';
  const size = /, (\d{2,5})x(\d{2,5})/.exec(video);
  const times = [...said.matchAll(/time=(\d+):(\d+):(\d+(?:\.\d+)?)/g)];
  const last = times.at(-1);
  if (!size || !last) throw new AppError('FILE_UNREADABLE', 'the clip cannot be read');
  if (!CODECS.test(video))
    throw new AppError('FILE_TYPE', `a clip that browsers do not play: ${video.slice(0, 40)}`);
  const seconds = Number(last[1]) * 3600 + Number(last[2]) * 60 + Number(last[3]);
  if (seconds > maxSeconds + 1) throw new AppError('CLIP_TOO_LONG', `longer than ${maxSeconds} s`);
  return Number(size[1]) / Number(size[2]);
}

function run(bin: string, args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(
      bin,
      args,
      { timeout: DEADLINE_MS, killSignal: 'SIGKILL', maxBuffer: 1 << 20 },
      (error, _out, stderr) =>
        error
          ? reject(new AppError('FILE_UNREADABLE', 'the clip cannot be read', { cause: error }))
          : resolve(stderr),
    );
  });
}
