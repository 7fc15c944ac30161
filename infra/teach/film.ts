import { spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { UNTRUSTED_FILM } from '#platform/ffmpeg.ts';
import { type Fonts, findFonts } from './fonts.ts';
import { pictureOfClock, SILENCE, soundOfClock, stillCard } from './generated.ts';
import { TeachError } from './teach-error.ts';

/** What plays: the arguments of ffmpeg up to its outputs, and how to find picture and sound in them. */
export interface Film {
  title: string;
  durationMs: number | null;
  inputs: string[];
  /** A filter graph whose ends are `[picture]` (1280×720, 30 frames a second) and `[sound]` (48 kHz, mono). */
  filters: string;
}

const PICTURE =
  'scale=1280:720:force_original_aspect_ratio=decrease,pad=1280:720:(ow-iw)/2:(oh-ih)/2,setsar=1,' +
  'fps=30:start_time=0,format=yuv420p';
/** Both begin at zero, so that the first packet of each is the same moment. */
const SOUND = 'aresample=48000:async=1:first_pts=0,aformat=channel_layouts=mono';

/** A picture and a voice of our own, with a running clock, for as long as it is wanted. */
export function clockFilm(lessonTitle: string, fonts: Fonts = findFonts()): Film {
  return {
    title: lessonTitle,
    durationMs: null,
    inputs: [
      ...['-re', '-f', 'lavfi', '-i', pictureOfClock(lessonTitle, fonts)],
      ...['-re', '-f', 'lavfi', '-i', soundOfClock()],
    ],
    filters: `[0:v]setsar=1,format=yuv420p[picture];[1:a]${SOUND}[sound]`,
  };
}

/**
 * A film from a file; what it lacks, picture or sound, is made.
 * @throws TeachError NO_FILE, NOT_A_FILM.
 */
export async function filmFromFile(ffmpeg: string, path: string, lessonTitle: string): Promise<Film> {
  const file = resolve(path);
  if (!existsSync(file) || !statSync(file).isFile()) throw new TeachError('NO_FILE', path);
  const source = [...UNTRUSTED_FILM, '-i', `file:${file}`];
  const { video, audio, durationMs } = await probe(ffmpeg, source, path);
  const inputs = ['-re', ...source];
  const made = (what: string) => inputs.push('-re', '-f', 'lavfi', '-i', what);
  if (!video) made(stillCard(lessonTitle, findFonts()));
  if (!audio) made(SILENCE);
  return {
    title: path,
    durationMs,
    inputs,
    filters: `[${video ? '0:v:0' : '1:v'}]${PICTURE}[picture];[${audio ? '0:a:0' : '1:a'}]${SOUND}[sound]`,
  };
}

/** ffmpeg alone is there everywhere, ffprobe is not: it tells the streams when given no output. */
async function probe(ffmpeg: string, source: string[], path: string) {
  const child = spawn(ffmpeg, ['-hide_banner', '-nostdin', ...source], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let text = '';
  for await (const chunk of child.stderr.setEncoding('utf8')) text = (text + chunk).slice(-64_000);
  const streams = text.split('\n').filter((line) => /^\s*Stream #0:/.test(line));
  // The cover of a sound file is a picture only by name.
  const video = streams.some((line) => line.includes(': Video:') && !line.includes('attached pic'));
  const audio = streams.some((line) => line.includes(': Audio:'));
  if (!video && !audio) throw new TeachError('NOT_A_FILM', path, { cause: text.trim().split('\n').at(-1) });
  const [, hours, minutes, seconds] = /Duration: (\d+):(\d+):([\d.]+)/.exec(text) ?? [];
  const durationMs = hours ? ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1_000 : null;
  return { video, audio, durationMs };
}
