import { VIDEO_TIMESCALE } from '#platform/mp4/init-segment.ts';
import { SEGMENT_MS } from '../cut/segment.ts';
import type { VideoFrame } from '../cut/video-cutter.ts';
import { type Ffmpeg, startFfmpeg } from './ffmpeg.ts';
import { FlvReader } from './flv-reader.ts';
import { ivfFrameHeader, ivfHeader } from './ivf.ts';

const TICKS_PER_MS = VIDEO_TIMESCALE / 1_000;
/** An ffmpeg that falls behind by this much loses pictures instead of the recorder its memory. */
const MOST_QUEUED_BYTES = 4 * 1024 * 1024;

export interface TranscoderSink {
  frame(frame: VideoFrame): void;
  /** The pictures broke off: a VP8 key frame is needed to go on. */
  interrupted(): void;
}

/**
 * Turns VP8 pictures into H.264 ones through one ffmpeg, for browsers that cannot send H.264. Dies ffmpeg,
 * a new one starts with the next key frame; so does it when the picture changes its size.
 */
export class Vp8Transcoder {
  readonly #sink: TranscoderSink;
  #child: Ffmpeg | undefined;
  #size = '';
  #closed = false;
  /** Lesson time (1/90000 s) of the running ffmpeg's first picture. */
  #startedAt = 0;

  constructor(sink: TranscoderSink) {
    this.#sink = sink;
  }

  get isRunning(): boolean {
    return this.#child !== undefined;
  }

  /** `time` is lesson time in 1/90000 s; `size` is set on key frames. Returns false when it was dropped. */
  frame(data: Buffer, time: number, size: { width: number; height: number } | undefined): boolean {
    if (this.#closed) return false;
    const wanted = size && `${size.width}x${size.height}`;
    if (wanted && wanted !== this.#size) this.#stop();
    if (!this.#child) {
      if (!size) return false;
      this.#start(size, time);
      this.#size = wanted!;
    }
    const { stdin } = this.#child!;
    if (stdin.writableLength > MOST_QUEUED_BYTES) return false;
    stdin.write(ivfFrameHeader(data.length, Math.max(0, Math.round(time) - this.#startedAt)));
    stdin.write(data);
    return true;
  }

  close(): void {
    this.#closed = true;
    this.#stop();
  }

  #start({ width, height }: { width: number; height: number }, time: number): void {
    const startedAt = Math.round(time);
    this.#startedAt = startedAt;
    const child = startFfmpeg(ARGUMENTS, () => this.#died(child));
    const reader = new FlvReader((frame) => {
      if (this.#child === child)
        this.#sink.frame({ ...frame, time: startedAt + frame.timeMs * TICKS_PER_MS });
    });
    child.stdout.on('data', (chunk: Buffer) => reader.push(chunk));
    child.stdin.write(ivfHeader(width, height, VIDEO_TIMESCALE));
    this.#child = child;
  }

  #stop(): void {
    const child = this.#child;
    this.#child = undefined;
    this.#size = '';
    child?.kill('SIGKILL');
  }

  #died(child: Ffmpeg): void {
    if (this.#child !== child) return;
    this.#child = undefined;
    this.#size = '';
    if (!this.#closed) this.#sink.interrupted();
  }
}

/** Real time, one thread, no picture held back; key frames where segments should be cut. */
const ARGUMENTS = [
  ...['-probesize', '32', '-analyzeduration', '0', '-fpsprobesize', '0'],
  ...['-f', 'ivf', '-i', 'pipe:0'],
  ...['-an', '-fps_mode', 'passthrough', '-enc_time_base', `1:${VIDEO_TIMESCALE}`],
  ...['-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'zerolatency', '-profile:v', 'baseline'],
  ...['-pix_fmt', 'yuv420p', '-threads', '1', '-crf', '26', '-maxrate', '2500k', '-bufsize', '2500k'],
  ...['-g', '600', '-sc_threshold', '0', '-force_key_frames', `expr:gte(t,n_forced*${SEGMENT_MS / 1_000})`],
  ...['-flush_packets', '1', '-flvflags', 'no_duration_filesize', '-f', 'flv', 'pipe:1'],
];
