import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findFfmpeg } from '#platform/ffmpeg.ts';

const run = promisify(execFile);
export const FFMPEG = findFfmpeg()!;

const PICTURE = (size: string, rate: number | string, seconds: number) => [
  ...['-f', 'lavfi', '-i', `testsrc2=s=${size}:r=${rate}:d=${seconds}`],
];
const TONE = (seconds: number) => ['-f', 'lavfi', '-i', `sine=d=${seconds}`];
const H264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'];

/** Real films, small, as people have them and as they come in broken. Each is made when it is first asked for. */
export class Films {
  readonly #folder: string;
  readonly #made = new Map<string, Promise<string>>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Six seconds of H.264 and AAC with a key frame every two. */
  ok = () =>
    this.#film('ok.mp4', [...PICTURE('320x180', 25, 6), ...TONE(6), ...H264, '-g', '50', '-c:a', 'aac']);

  webm = () =>
    this.#film('ok.webm', [
      ...[...PICTURE('160x90', 15, 3), ...TONE(3)],
      ...['-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '8', '-c:a', 'libopus'],
    ]);

  /** As a phone that was held upright makes it. */
  rotated = async () => {
    const from = await this.ok();
    return await this.#film('rotated.mp4', ['-i', from, '-c', 'copy', '-metadata:s:v', 'rotate=90']);
  };

  /** 25 pictures a second for two seconds, then every seventh. */
  variableRate = () =>
    this.#film('variable.mp4', [
      ...[...PICTURE('160x90', 25, 6), ...TONE(6), '-vf', "select='not(mod(n,7))+lt(n,50)'"],
      ...['-fps_mode', 'vfr', ...H264, '-g', '25', '-c:a', 'aac'],
    ]);

  audioOnly = () => this.#film('song.mp3', [...TONE(3), '-c:a', 'libmp3lame']);

  /** A song with a picture on its cover is a song. */
  song = async () => {
    const cover = await this.#film('cover.jpg', [...PICTURE('64x64', 1, 1), '-frames:v', '1']);
    const from = await this.audioOnly();
    return await this.#film('cover.mp3', [
      ...['-i', from, '-i', cover, '-map', '0', '-map', '1', '-c', 'copy'],
      ...['-disposition:v', 'attached_pic'],
    ]);
  };

  eightK = () => this.#film('8k.mp4', [...PICTURE('7680x4320', 1, 1), ...H264]);

  tenHours = () => this.#film('10h.mp4', ['-f', 'lavfi', '-i', 'color=s=16x16:r=1/30:d=36060', ...H264]);

  /** Its head is there and promises six seconds; most of the rest is not. */
  truncated = async () => {
    const whole = await this.#film('fast.mp4', [
      ...['-i', await this.ok(), '-c', 'copy', '-movflags', '+faststart'],
    ]);
    return await this.#write('truncated.mp4', (await readFile(whole)).subarray(0, 60_000));
  };

  /** What is left of a camera's file when the battery ran out: no head. */
  headless = async () =>
    await this.#write('headless.mp4', (await readFile(await this.ok())).subarray(0, 60_000));

  empty = () => this.#write('empty.mp4', Buffer.alloc(0));

  /** Called .mp4, but a playlist that names something else. */
  playlist = (names: string) =>
    this.#write(
      `list-${this.#made.size}.mp4`,
      Buffer.from(`#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n${names}\n#EXT-X-ENDLIST\n`),
    );

  #film(name: string, args: string[]): Promise<string> {
    const path = join(this.#folder, name);
    return this.#once(name, async () => {
      await run(FFMPEG, ['-v', 'error', '-y', ...args, path]);
      return path;
    });
  }

  #write(name: string, content: Buffer): Promise<string> {
    const path = join(this.#folder, name);
    return this.#once(name, async () => {
      await writeFile(path, content);
      return path;
    });
  }

  #once(name: string, make: () => Promise<string>): Promise<string> {
    const made = this.#made.get(name) ?? make();
    this.#made.set(name, made);
    return made;
  }
}
