import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { BlobStore } from '#platform/blob-store/blob-store.ts';
import { newId } from '#platform/ids.ts';
import { fragment, type Sample } from '#platform/mp4/fragment.ts';
import { AUDIO_TIMESCALE, audioInit, VIDEO_TIMESCALE, videoInit } from '#platform/mp4/init-segment.ts';
import { makeParameterSets, withParameterSets } from '#platform/mp4/parameter-sets.ts';
import { writeIndexLine } from '#platform/recording-index.ts';
import type { FeedRole } from '#protocol/domain.ts';
import { type GapCause, type IndexRecord, initName, segmentName } from '#protocol/recording-index.ts';

/** One feed of a recording to be made: a test picture or a tone. */
export interface MadeFeed {
  trackId?: string;
  participantId?: string;
  role: FeedRole;
  /** Pixels; for video. */
  size?: [number, number];
  /** A source of ffmpeg's `lavfi` that takes `s` and `r`; for video. */
  picture?: string;
  /** A filter of ffmpeg's behind it. */
  filter?: string;
  /** Hertz of a tone; for audio. */
  tone?: number;
  /** Until this lesson time there are stand-ins (black, of another size; silence). */
  lateMs?: number;
}

export interface MadeTrack extends Required<Pick<MadeFeed, 'trackId' | 'participantId' | 'role'>> {
  kind: 'video' | 'audio';
}

export interface MadeRecording {
  recordingId: string;
  durationMs: number;
  tracks: MadeTrack[];
}

export interface MadeOptions {
  recordingId?: string;
  lessonId?: string;
  seconds: number;
  feeds: MadeFeed[];
  /** The media is repeated up to this length (the seconds are what ffmpeg really makes). */
  repeatToMs?: number;
  fps?: number;
  /** Bits a second of each picture; what it takes unless given. */
  bitrate?: number;
}

const SEGMENT_S = 2;

/**
 * A finished recording as the recorder leaves it (index, init segments, segments), made by ffmpeg and our muxer in a
 * second or two: H.264 with a key frame every two seconds, Opus in packets of 20 ms.
 */
export async function makeRecording(blobs: BlobStore, options: MadeOptions): Promise<MadeRecording> {
  const { recordingId = newId(), lessonId = newId(), seconds, feeds, fps = 25 } = options;
  const durationMs = options.repeatToMs ?? seconds * 1000;
  const records: IndexRecord[] = [
    { type: 'recording', version: 1, recordingId, lessonId, epochMs: Date.now() - durationMs },
  ];
  const tracks: MadeTrack[] = [];
  for (const feed of feeds) {
    const kind = feed.role === 'mic' ? 'audio' : 'video';
    const { trackId = newId(), participantId = newId(), role } = feed;
    const rungId = kind === 'audio' ? 'a' : 'l0';
    tracks.push({ trackId, participantId, role, kind });
    records.push({ type: 'track', track: { trackId, participantId, role, kind }, rungIds: [rungId] });
    const media =
      kind === 'audio'
        ? await tone(feed.tone ?? 440, seconds)
        : await picture(feed, seconds, fps, options.bitrate);
    const writer = new Writer(blobs, recordingId, { trackId, rungId }, records);
    await writer.write(media, durationMs, feed.lateMs ?? 0);
  }
  records.push({ type: 'end', durationMs });
  await blobs.put(`recordings/${recordingId}/index.ndjson`, records.map(writeIndexLine).join(''));
  return { recordingId, durationMs, tracks };
}

interface Media {
  timescale: number;
  /** Segments of samples, each beginning at a sync sample. */
  segments: Sample[][];
  init: { data: Buffer; codec: string; width: number; height: number };
  standIn: { data: Buffer; codec: string; width: number; height: number; sample: Buffer };
}

class Writer {
  readonly #blobs: BlobStore;
  readonly #folder: string;
  readonly #names: { trackId: string; rungId: string };
  readonly #records: IndexRecord[];
  #number = 0;
  #start = 0;

  constructor(
    blobs: BlobStore,
    recordingId: string,
    names: { trackId: string; rungId: string },
    records: IndexRecord[],
  ) {
    this.#blobs = blobs;
    this.#folder = `recordings/${recordingId}/${names.trackId}/${names.rungId}`;
    this.#names = names;
    this.#records = records;
  }

  async write(
    { timescale, segments, init, standIn }: Media,
    durationMs: number,
    lateMs: number,
  ): Promise<void> {
    const ticks = (ms: number) => Math.round((ms * timescale) / 1000);
    await this.#init(0, standIn);
    await this.#init(1, init);
    while (this.#start < ticks(lateMs)) {
      const duration = Math.min(ticks(SEGMENT_S * 1000), ticks(lateMs) - this.#start);
      await this.#segment([{ data: standIn.sample, duration, sync: true }], 0, 'late-start');
    }
    for (let index = 0; this.#start < ticks(durationMs); index++) {
      const left = ticks(durationMs) - this.#start;
      const samples: Sample[] = [];
      let taken = 0;
      for (const sample of segments[index % segments.length]!) {
        if (taken >= left) break;
        samples.push({ ...sample, duration: Math.min(sample.duration, left - taken) });
        taken += sample.duration;
      }
      await this.#segment(samples, 1);
    }
  }

  async #init(number: number, { data, codec, width, height }: Media['init']): Promise<void> {
    await this.#blobs.put(`${this.#folder}/${initName(number)}`, data);
    this.#records.push({ type: 'init', ...this.#file(data), init: number, codec, width, height });
  }

  async #segment(samples: Sample[], init: number, filler?: GapCause): Promise<void> {
    const [number, start] = [this.#number++, this.#start];
    const data = Buffer.concat(fragment(number, start, samples));
    const salt = newId().slice(0, 11);
    await this.#blobs.put(`${this.#folder}/${segmentName({ number, salt })}`, data);
    const duration = samples.reduce((sum, sample) => sum + sample.duration, 0);
    this.#start += duration;
    this.#records.push({
      type: 'segment',
      ...this.#file(data),
      ...{ number, salt, init, start, duration, wallMs: Date.now(), key: samples[0]!.sync },
      ...(filler && { filler }),
    });
  }

  #file(data: Buffer) {
    const sha256 = createHash('sha256').update(data).digest('hex');
    return { ...this.#names, bytes: data.length, sha256 };
  }
}

async function picture(feed: MadeFeed, seconds: number, fps: number, bitrate?: number): Promise<Media> {
  const { size = [640, 360], picture: source = 'testsrc2', filter } = feed;
  const lavfi = `${source}=s=${size[0]}x${size[1]}:r=${fps}${filter ? `,${filter}` : ''}`;
  const [main, black] = await Promise.all([
    h264(lavfi, seconds, fps, bitrate),
    h264('color=black:s=160x90:r=5', 1, 5),
  ]);
  return {
    timescale: VIDEO_TIMESCALE,
    segments: chunks(main.samples, SEGMENT_S * fps),
    init: main.init,
    standIn: { ...black.init, sample: black.samples[0]!.data },
  };
}

async function h264(source: string, seconds: number, fps: number, bitrate?: number) {
  const data = await ffmpeg('h264', [
    ...['-f', 'lavfi', '-i', source, '-t', String(seconds), '-c:v', 'libx264', '-preset', 'ultrafast'],
    ...(bitrate ? ['-b:v', String(bitrate), '-maxrate', String(bitrate), '-bufsize', String(bitrate)] : []),
    ...['-profile:v', 'baseline', '-bf', '0', '-g', String(SEGMENT_S * fps), '-sc_threshold', '0'],
    ...['-x264-params', 'aud=1:sliced-threads=0', '-threads', '1', '-pix_fmt', 'yuv420p', '-f', 'h264'],
  ]);
  const units = nalUnits(data);
  const sps = units.find((unit) => (unit[0]! & 31) === 7)!;
  const sets = makeParameterSets(sps, units.filter((unit) => (unit[0]! & 31) === 8).slice(0, 1));
  const samples: Sample[] = [];
  let slices: Buffer[] = [];
  const flush = () => {
    if (slices.length === 0) return;
    const sync = slices.some((slice) => (slice[0]! & 31) === 5);
    const avc = Buffer.concat(slices.flatMap((slice) => [length(slice), slice]));
    samples.push({ data: sync ? withParameterSets(sets, avc) : avc, duration: VIDEO_TIMESCALE / fps, sync });
    slices = [];
  };
  for (const unit of units) {
    const type = unit[0]! & 31;
    if (type === 9) flush();
    if (type === 1 || type === 5) slices.push(unit);
  }
  flush();
  const { codec, width, height } = sets;
  return { samples, init: { data: videoInit(sets), codec, width, height } };
}

async function tone(hertz: number, seconds: number): Promise<Media> {
  const data = await ffmpeg('ogg', [
    ...['-f', 'lavfi', '-i', `sine=${hertz}:r=48000`, '-t', String(seconds), '-ac', '2'],
    ...['-c:a', 'libopus', '-b:a', '32k', '-frame_duration', '20', '-f', 'ogg'],
  ]);
  // The first two packets are OpusHead and OpusTags.
  const packets = oggPackets(data).slice(2);
  const samples = packets.map((packet): Sample => ({ data: packet, duration: 960, sync: true }));
  const init = { data: audioInit(2), codec: 'opus', width: 0, height: 0 };
  const silence = Buffer.from([0xfc, 0xff, 0xfe]);
  const segments = chunks(samples, SEGMENT_S * 50);
  return { timescale: AUDIO_TIMESCALE, segments, init, standIn: { ...init, sample: silence } };
}

async function ffmpeg(name: string, args: string[]): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'made-'));
  try {
    const path = join(folder, `out.${name}`);
    await promisify(execFile)(process.env.FFMPEG_BIN ?? 'ffmpeg', ['-v', 'error', '-nostdin', ...args, path]);
    return await readFile(path);
  } finally {
    await rm(folder, { recursive: true });
  }
}

function nalUnits(data: Buffer): Buffer[] {
  const units: Buffer[] = [];
  const code = Buffer.from([0, 0, 1]);
  for (let at = data.indexOf(code); at >= 0; ) {
    const next = data.indexOf(code, at + 3);
    const end = next < 0 ? data.length : data[next - 1] === 0 ? next - 1 : next;
    units.push(data.subarray(at + 3, end));
    at = next;
  }
  return units;
}

/** RFC 3533: pages of segments; a packet ends with a segment shorter than 255 bytes. */
function oggPackets(data: Buffer): Buffer[] {
  const packets: Buffer[] = [];
  const open: Buffer[] = [];
  for (let at = 0; at + 27 <= data.length; ) {
    const count = data[at + 26]!;
    const lacing = data.subarray(at + 27, at + 27 + count);
    at += 27 + count;
    for (const bytes of lacing) {
      open.push(data.subarray(at, at + bytes));
      at += bytes;
      if (bytes < 255) packets.push(Buffer.concat(open.splice(0)));
    }
  }
  return packets;
}

function chunks<T>(all: T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  );
}

function length(unit: Buffer): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(unit.length);
  return bytes;
}
