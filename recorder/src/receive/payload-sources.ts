import { AUDIO_TIMESCALE, VIDEO_TIMESCALE } from '#platform/mp4/init-segment.ts';
import type { AudioCutter } from '../cut/audio-cutter.ts';
import type { VideoCutter } from '../cut/video-cutter.ts';
import { type AccessUnit, type AccessUnitSink, H264Depacketizer } from '../depacketize/h264.ts';
import { opusDuration } from '../depacketize/opus.ts';
import { slab } from '../depacketize/slab.ts';
import { Vp8Depacketizer, vp8Size } from '../depacketize/vp8.ts';
import { Vp8Transcoder } from '../transcode/vp8-transcoder.ts';
import type { LessonClock } from './lesson-clock.ts';
import { markerOf, timestampOf } from './rtp-packet.ts';
import type { PayloadSink } from './rtp-stream.ts';

/** A picture cannot be newer than this; only a timestamp that restarted under held-back packets says so. */
const NEWEST_MS = 250;

/** What a stream's media comes to: pictures or sound for one or more rungs. */
export interface MediaSource extends PayloadSink {
  /** Only a key frame helps now. */
  readonly needsKey: boolean;
  /** Segments are cut at key frames of this stream, so they must be asked for. */
  readonly cutsAtKeys: boolean;
  close(): void;
}

/** Lesson time (ms) by the recording's own clock. */
export type Now = () => number;

/** H.264 as it comes. */
export class H264Source implements MediaSource, AccessUnitSink {
  readonly cutsAtKeys = true;
  readonly #clock: LessonClock;
  readonly #cutters: VideoCutter[];
  readonly #now: Now;
  readonly #depacketizer: H264Depacketizer;

  constructor(clock: LessonClock, cutters: VideoCutter[], now: Now, sprop?: string) {
    this.#clock = clock;
    this.#cutters = cutters;
    this.#now = now;
    this.#depacketizer = new H264Depacketizer(this, sprop);
  }

  get needsKey(): boolean {
    return this.#cutters.some((cutter) => cutter.needsKey);
  }

  packet(packet: Buffer, start: number, end: number): void {
    this.#depacketizer.packet(packet, start, end, timestampOf(packet), markerOf(packet));
  }

  lost(): void {
    this.#depacketizer.lost();
    for (const cutter of this.#cutters) cutter.lost();
  }

  keyFrameStarts(timestamp: number): void {
    const time = this.#time(timestamp);
    for (const cutter of this.#cutters) cutter.keyFrameStarts(time);
  }

  accessUnit({ timestamp, key, data, parameters }: AccessUnit): void {
    const frame = { time: this.#time(timestamp), key, data, parameters };
    for (const cutter of this.#cutters) cutter.frame(frame);
  }

  close(): void {}

  #time(timestamp: number): number {
    return lessonTicks(this.#clock, timestamp, this.#now(), VIDEO_TIMESCALE);
  }
}

/** VP8 by way of a transcoder: the rungs see H.264 pictures with the VP8 pictures' times. */
export class Vp8Source implements MediaSource {
  readonly cutsAtKeys = false;
  readonly #depacketizer: Vp8Depacketizer;
  readonly #transcoder: Vp8Transcoder;
  readonly #cutters: VideoCutter[];
  #needsKey = true;

  constructor(clock: LessonClock, cutters: VideoCutter[], now: Now) {
    this.#cutters = cutters;
    this.#transcoder = new Vp8Transcoder({
      frame: (frame) => {
        for (const cutter of cutters) cutter.frame(frame);
      },
      interrupted: () => this.lost(),
    });
    this.#depacketizer = new Vp8Depacketizer(({ timestamp, key, data }) => {
      if (this.#needsKey && !key) return;
      const time = lessonTicks(clock, timestamp, now(), VIDEO_TIMESCALE);
      this.#needsKey = !this.#transcoder.frame(data, time, key ? vp8Size(data) : undefined);
    });
  }

  get needsKey(): boolean {
    return this.#needsKey;
  }

  get isTranscoding(): boolean {
    return this.#transcoder.isRunning;
  }

  packet(packet: Buffer, start: number, end: number): void {
    this.#depacketizer.packet(packet, start, end, timestampOf(packet), markerOf(packet));
  }

  /** VP8 pictures after a hole refer to what is missing; x264's own pictures are whole all along. */
  lost(): void {
    this.#depacketizer.lost();
    this.#needsKey = true;
  }

  close(): void {
    this.#transcoder.close();
    for (const cutter of this.#cutters) cutter.lost();
  }
}

/** Opus packets, one an RTP packet. */
export class OpusSource implements MediaSource {
  readonly needsKey = false;
  readonly cutsAtKeys = false;
  readonly #clock: LessonClock;
  readonly #cutters: AudioCutter[];
  readonly #now: Now;

  constructor(clock: LessonClock, cutters: AudioCutter[], now: Now) {
    this.#clock = clock;
    this.#cutters = cutters;
    this.#now = now;
  }

  packet(packet: Buffer, start: number, end: number): void {
    // A copy, so that two seconds of whole packets are not kept alive.
    const data = slab.copy(packet, start, end);
    const duration = opusDuration(data);
    if (duration === 0) return;
    const time = lessonTicks(this.#clock, timestampOf(packet), this.#now(), AUDIO_TIMESCALE);
    for (const cutter of this.#cutters) cutter.packet(time, duration, data);
  }

  /** The cutter sees the hole in the times and puts silence there. */
  lost(): void {}

  close(): void {}
}

function lessonTicks(clock: LessonClock, timestamp: number, nowMs: number, timescale: number): number {
  return Math.round((Math.min(clock.map(timestamp), nowMs + NEWEST_MS) * timescale) / 1_000);
}
