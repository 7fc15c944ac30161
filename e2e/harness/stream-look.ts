import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const FPS = 50;
const SAMPLE_RATE = 16_000;
const WINDOW = SAMPLE_RATE / FPS;

export interface Seen {
  /** The strongest of the three colours in each 20 ms: `r`, `g`, `b`, or `-` in the dark. */
  colours: string;
  /** The frequency in each 20 ms, Hz, by its zero crossings; 0 in silence. */
  tones: number[];
}

/** What a player without our code (ffmpeg, as mpv and many TV boxes use it) makes of a plain HLS address. */
export async function look(address: string): Promise<Seen> {
  const input = ['-hide_banner', '-loglevel', 'error', '-i', address];
  const take = async (args: string[]) => {
    const options = { encoding: 'buffer', maxBuffer: 64 * 1024 * 1024 } as const;
    return (await run(process.env.FFMPEG_BIN!, [...input, ...args, '-'], options)).stdout;
  };
  const pictures = await take([
    ...['-map', '0:v:0', '-vf', `fps=${FPS}:start_time=0,scale=1:1`],
    ...['-pix_fmt', 'rgb24', '-f', 'rawvideo'],
  ]);
  const sound = await take([
    ...['-map', '0:a:0', '-af', 'aresample=async=1:first_pts=0'],
    ...['-ac', '1', '-ar', String(SAMPLE_RATE), '-f', 's16le'],
  ]);
  return { colours: coloursOf(pictures), tones: tonesOf(sound) };
}

function coloursOf(pixels: Buffer): string {
  let colours = '';
  for (let at = 0; at + 3 <= pixels.length; at += 3) {
    const [red = 0, green = 0, blue = 0] = pixels.subarray(at, at + 3);
    const strongest = Math.max(red, green, blue);
    colours += strongest < 60 ? '-' : strongest === red ? 'r' : strongest === green ? 'g' : 'b';
  }
  return colours;
}

function tonesOf(sound: Buffer): number[] {
  const tones: number[] = [];
  for (let at = 0; at + WINDOW * 2 <= sound.length; at += WINDOW * 2) {
    let crossings = 0;
    let loud = 0;
    for (let index = 1; index < WINDOW; index += 1) {
      const before = sound.readInt16LE(at + (index - 1) * 2);
      const now = sound.readInt16LE(at + index * 2);
      loud = Math.max(loud, Math.abs(now));
      if (before < 0 !== now < 0) crossings += 1;
    }
    tones.push(loud < 300 ? 0 : (crossings * FPS) / 2);
  }
  return tones;
}

/** When the first of a colour is seen, ms; -1 when never. */
export const firstSeenMs = ({ colours }: Seen, colour: string): number => {
  const at = colours.indexOf(colour);
  return at < 0 ? -1 : (at * 1_000) / FPS;
};

/** For how long a tone is heard in all, ms. */
export const heardForMs = ({ tones }: Seen, toneHz: number): number =>
  (tones.filter((tone) => isTone(tone, toneHz)).length * 1_000) / FPS;

const isTone = (tone: number, toneHz: number): boolean => Math.abs(tone - toneHz) < toneHz / 5;

/** When a tone begins to be heard, ms; -1 when never. */
export const firstHeardMs = ({ tones }: Seen, toneHz: number): number => {
  // The window in which one tone follows another has crossings of both.
  const at = tones.findIndex((tone, index) => isTone(tone, toneHz) && isTone(tones[index + 1] ?? 0, toneHz));
  return at < 0 ? -1 : (at * 1_000) / FPS;
};
