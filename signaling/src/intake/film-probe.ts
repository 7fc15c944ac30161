import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { UNTRUSTED_FILM } from '#platform/ffmpeg.ts';
import { AppError } from '#protocol/errors.ts';

/** What a film is, as far as it decides how it is taken in. */
export interface FilmFacts {
  video: {
    codec: string;
    profile: string;
    pixelFormat: string;
    width: number;
    height: number;
    fps: number;
    /** Degrees by which the picture has to be turned to stand upright. */
    rotation: number;
    interlaced: boolean;
  } | null;
  audio: { codec: string } | null;
  /** What is really in it, not what its head claims. */
  durationMs: number;
  /** What its head claims, where it claims anything. */
  claimedMs: number | null;
}

const DEADLINE_MS = 120_000;
const KEPT = 64_000;

/**
 * Looks into a film from outside. It is opened with demuxers that open nothing beside it, and copied into nothing:
 * what is really in it counts.
 * @throws AppError FILE_UNREADABLE, FILM_EMPTY (neither picture nor sound), FILM_TOO_LONG
 */
export async function probeFilm(
  ffmpeg: string,
  path: string,
  { maxSeconds }: { maxSeconds: number },
): Promise<FilmFacts> {
  const head = await said(ffmpeg, [...UNTRUSTED_FILM, '-i', path]);
  if (!/^Input #0/m.test(head)) throw new AppError('FILE_UNREADABLE', 'no film that can be opened');
  const facts = readStreams(head);
  if (!facts.video && !facts.audio) throw new AppError('FILM_EMPTY', 'neither picture nor sound');
  const limit = maxSeconds * 1000;
  if ((facts.claimedMs ?? 0) > limit) throw new AppError('FILM_TOO_LONG', `longer than ${maxSeconds} s`);
  const map = facts.video ? ['-map', '0:V:0', '-map', '0:a:0?'] : ['-map', '0:a:0'];
  const run = await said(ffmpeg, [
    ...[...UNTRUSTED_FILM, '-i', path, '-t', String(maxSeconds + 2), ...map],
    ...['-c', 'copy', '-f', 'null', '-'],
  ]);
  const pictures = Number([...run.matchAll(/frame= *(\d+)/g)].at(-1)?.[1] ?? 0);
  // The last picture is shown for a moment as well: a film may have only one.
  const last = pictures > 0 ? 1000 / Math.max(1, facts.video?.fps ?? 1) : 0;
  const durationMs = Math.round((lastTime(run) ?? 0) + last);
  if (durationMs === 0) throw new AppError('FILE_UNREADABLE', 'nothing in it can be read');
  if (durationMs > limit + 1_000) throw new AppError('FILM_TOO_LONG', `longer than ${maxSeconds} s`);
  return { ...facts, durationMs };
}

/** Reads ffmpeg's account of an input. Its own lines begin with two blanks; what a film says of itself never does. */
export function readStreams(text: string): Omit<FilmFacts, 'durationMs'> {
  const duration = /^ {2}Duration: (\d+):(\d+):(\d+(?:\.\d+)?)/m.exec(text);
  const streams = text.split(/^ {2}(?=Stream #0:)/m).slice(1);
  const ofKind = (kind: string) =>
    streams.find((each) => {
      const line = each.split('\n')[0]!;
      // The cover of a song is a stream of one picture.
      return line.includes(`: ${kind}: `) && !line.includes('(attached pic)');
    });
  const video = ofKind('Video');
  const audio = ofKind('Audio');
  return {
    video: video ? readVideo(video) : null,
    audio: audio ? { codec: / Audio: ([a-z0-9_]+)/.exec(audio)?.[1] ?? '' } : null,
    claimedMs: duration ? milliseconds(duration) : null,
  };
}

function readVideo(text: string): NonNullable<FilmFacts['video']> {
  const line = text.split('\n')[0]!;
  const [, codec = '', profile = ''] = / Video: ([a-z0-9_]+)(?: \(([^)/]+)\))?/.exec(line) ?? [];
  const size = /, (\d{1,6})x(\d{1,6})/.exec(line);
  return {
    codec,
    profile: profile.trim(),
    pixelFormat: /, ((?:yuv|gray|rgb|bgr|gbr|nv|pal|ya)[a-z0-9]*)/.exec(line)?.[1] ?? '',
    width: Number(size?.[1] ?? 0),
    height: Number(size?.[2] ?? 0),
    fps: Number(/, ([\d.]+) fps/.exec(line)?.[1] ?? /, ([\d.]+) tbr/.exec(line)?.[1] ?? 0),
    rotation: Math.round(Number(/rotation of (-?[\d.]+) degrees/.exec(text)?.[1] ?? 0)),
    interlaced: /(?:top|bottom) (?:coded )?first/.test(line),
  };
}

function lastTime(text: string): number | null {
  const last = [...text.matchAll(/time=(\d+):(\d+):(\d+(?:\.\d+)?)/g)].at(-1);
  return last ? milliseconds(last) : null;
}

const milliseconds = ([, hours, minutes, seconds]: RegExpExecArray | RegExpMatchArray): number =>
  Math.round(Number(hours) * 3_600_000 + Number(minutes) * 60_000 + Number(seconds) * 1_000);

/** All that ffmpeg says. It ends with an error when it was only asked to look; its words are what counts. */
async function said(bin: string, args: string[]): Promise<string> {
  const child = spawn(bin, ['-hide_banner', '-nostdin', '-stats', ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let start = '';
  let end = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    if (start.length < KEPT) start += text;
    else end = (end + text).slice(-KEPT);
  });
  const deadline = setTimeout(() => child.kill('SIGKILL'), DEADLINE_MS);
  try {
    await once(child, 'close');
  } finally {
    clearTimeout(deadline);
  }
  return start + end;
}
