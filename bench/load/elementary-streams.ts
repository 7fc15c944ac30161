import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const SECONDS = 12;
export const FRAMES_A_SECOND = 30;
/** A key frame at this pace, as the recorder asks for. */
const KEY_FRAME_SECONDS = 2;

interface Layer {
  rungId: string;
  width: number;
  height: number;
  bitsPerSecond: number;
}

/** About what Chromium makes of a 720p camera in three simulcast layers. */
const LAYERS: readonly Layer[] = [
  { rungId: 'l0', width: 320, height: 180, bitsPerSecond: 150_000 },
  { rungId: 'l1', width: 640, height: 360, bitsPerSecond: 400_000 },
  { rungId: 'l2', width: 1280, height: 720, bitsPerSecond: 1_550_000 },
];

export interface VideoLayer extends Layer {
  /** NAL units of each picture, without start codes; the first picture is a key frame, so it can be looped. */
  pictures: Buffer[][];
}

export interface ElementaryStreams {
  video: VideoLayer[];
  /** Opus packets of 20 ms. */
  audio: Buffer[];
}

/** Some seconds of a moving picture in three H.264 layers, and of a voice-like tone in Opus, made by ffmpeg. */
export async function makeElementaryStreams(): Promise<ElementaryStreams> {
  const folder = await mkdtemp(join(tmpdir(), 'three-classrooms-bench-'));
  try {
    const file = (name: string) => join(folder, name);
    await promisify(execFile)(process.env.FFMPEG_BIN ?? 'ffmpeg', [
      ...['-v', 'error', '-nostdin', '-t', String(SECONDS), '-f', 'lavfi'],
      ...['-i', `testsrc2=s=1280x720:r=${FRAMES_A_SECOND},noise=alls=6:allf=t`],
      ...['-t', String(SECONDS), '-f', 'lavfi', '-i', 'sine=220:beep_factor=4:r=48000'],
      ...LAYERS.flatMap((layer) => [...encoding(layer), file(`${layer.rungId}.h264`)]),
      ...['-map', '1:a', '-c:a', 'libopus', '-b:a', '48k', '-frame_duration', '20', file('a.ogg')],
    ]);
    const video = await Promise.all(
      LAYERS.map(async (layer) => ({
        ...layer,
        pictures: picturesOf(await readFile(file(`${layer.rungId}.h264`))),
      })),
    );
    return { video, audio: opusPackets(await readFile(file('a.ogg'))) };
  } finally {
    await rm(folder, { recursive: true });
  }
}

function encoding({ width, height, bitsPerSecond }: Layer): string[] {
  return [
    ...['-map', '0:v', '-s', `${width}x${height}`, '-pix_fmt', 'yuv420p'],
    ...['-c:v', 'libx264', '-preset', 'superfast', '-tune', 'zerolatency', '-profile:v', 'baseline'],
    ...['-b:v', String(bitsPerSecond), '-maxrate', String(bitsPerSecond), '-bufsize', String(bitsPerSecond)],
    ...['-g', String(KEY_FRAME_SECONDS * FRAMES_A_SECOND), '-sc_threshold', '0'],
    ...['-x264-params', 'aud=1:sliced-threads=0', '-f', 'h264'],
  ];
}

const ACCESS_UNIT_DELIMITER = 9;

/** Splits an Annex B stream (H.264 annex B) into pictures at its access unit delimiters, which are left out. */
function picturesOf(stream: Buffer): Buffer[][] {
  const pictures: Buffer[][] = [];
  for (const unit of nalUnits(stream)) {
    if ((unit[0]! & 0x1f) === ACCESS_UNIT_DELIMITER) pictures.push([]);
    else pictures.at(-1)?.push(unit);
  }
  return pictures;
}

function nalUnits(stream: Buffer): Buffer[] {
  const starts: { code: number; unit: number }[] = [];
  for (let at = stream.indexOf(START_CODE); at >= 0; at = stream.indexOf(START_CODE, at + 3))
    starts.push({ code: stream[at - 1] === 0 ? at - 1 : at, unit: at + 3 });
  return starts.map(({ unit }, index) => stream.subarray(unit, starts[index + 1]?.code));
}

const START_CODE = Buffer.from([0, 0, 1]);

/** Packets of an Ogg stream (RFC 3533) after the two headers that Opus puts first (RFC 7845). */
function opusPackets(ogg: Buffer): Buffer[] {
  const packets: Buffer[] = [];
  let parts: Buffer[] = [];
  for (let page = 0; page < ogg.length; ) {
    const table = ogg.subarray(page + 27, page + 27 + ogg[page + 26]!);
    let at = page + 27 + table.length;
    for (const bytes of table) {
      parts.push(ogg.subarray(at, at + bytes));
      at += bytes;
      if (bytes === 255) continue;
      packets.push(Buffer.concat(parts));
      parts = [];
    }
    page = at;
  }
  return packets.slice(2);
}
