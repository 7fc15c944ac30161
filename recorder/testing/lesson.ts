import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BlobStore } from '#platform/blob-store/blob-store.ts';
import { FolderBlobStore } from '#platform/blob-store/folder-blob-store.ts';
import { newId } from '#platform/ids.ts';
import { createLogger } from '#platform/logger.ts';
import type { RecorderCommand, RecorderEvent, Rung } from '#protocol/recorder-node.ts';
import { Recorder } from '../src/recorder.ts';
import type { Finalized } from '../src/recording.ts';

/** Carries out commands: a recorder in this process or in a child. */
export interface CommandTarget {
  handle(command: RecorderCommand): Promise<unknown>;
}

export interface TestRecorder {
  recorder: Recorder;
  folder: string;
  events: RecorderEvent[];
  close(): Promise<void>;
}

export async function startRecorder(folder?: string, store?: BlobStore): Promise<TestRecorder> {
  const root = folder ?? (await mkdtemp(join(tmpdir(), 'recorder-')));
  const blobs = store ?? new FolderBlobStore(root);
  const events: RecorderEvent[] = [];
  const recorder = new Recorder({
    blobs,
    indexFolder: join(root, 'recordings'),
    mediaFolder: join(root, 'recordings'),
    putIndex: !(blobs instanceof FolderBlobStore),
    announcedAddress: '127.0.0.1',
    ports: { ip: '127.0.0.1', minPort: 43_100, maxPort: 43_999 },
    logger: createLogger('recorder-test', 'silent'),
    emit: (event) => events.push(event),
  });
  return {
    recorder,
    folder: root,
    events,
    close: async () => {
      await recorder.close();
      if (!folder) await rm(root, { recursive: true, force: true });
    },
  };
}

export const CAMERA = 1001;
export const MICROPHONE = 2001;

const MIME = { h264: 'video/H264', vp8: 'video/VP8' } as const;

/** One lesson as signaling would command it: a participant with a camera and a microphone. */
export class TestLesson {
  readonly recordingId = newId();
  readonly lessonId = newId();
  readonly participantId = newId();
  readonly camera = newId();
  readonly microphone = newId();
  readonly epochMs = Date.now();
  target: CommandTarget;
  port = 0;

  static async start(target: CommandTarget): Promise<TestLesson> {
    const lesson = new TestLesson(target);
    await lesson.open();
    return lesson;
  }

  private constructor(target: CommandTarget) {
    this.target = target;
  }

  /** Also what signaling does again when the recorder came back. */
  async open(): Promise<void> {
    const { recordingId, lessonId, epochMs } = this;
    const reply = await this.target.handle({ type: 'recording.start', recordingId, lessonId, epochMs });
    this.port = (reply as { endpoint: { port: number } }).endpoint.port;
  }

  async setCamera(ssrcs = [CAMERA], codec: keyof typeof MIME = 'h264'): Promise<void> {
    const rungs = ssrcs.map(
      (ssrc, index): Rung => ({
        rungId: `l${index}`,
        ssrc,
        payloadType: 96,
        mimeType: MIME[codec],
        clockRate: 90_000,
      }),
    );
    const { recordingId, participantId, camera: trackId } = this;
    const track = { trackId, participantId, role: 'teacher', kind: 'video' } as const;
    await this.target.handle({ type: 'track.set', recordingId, track, rungs });
  }

  async setMicrophone(ssrc = MICROPHONE): Promise<void> {
    const { recordingId, participantId, microphone: trackId } = this;
    const track = { trackId, participantId, role: 'mic', kind: 'audio' } as const;
    const rung: Rung = {
      rungId: 'a',
      ssrc,
      payloadType: 97,
      mimeType: 'audio/opus',
      clockRate: 48_000,
      channels: 2,
    };
    await this.target.handle({ type: 'track.set', recordingId, track, rungs: [rung] });
  }

  async pauseCamera(): Promise<void> {
    const { recordingId, camera: trackId } = this;
    await this.target.handle({ type: 'track.pause', recordingId, trackId });
  }

  /** Lets the recording stand still or go on; returns the lesson time of that. */
  async hold(held: boolean): Promise<number> {
    const atMs = Date.now() - this.epochMs;
    await this.target.handle({ type: 'recording.hold', recordingId: this.recordingId, held, atMs });
    return atMs;
  }

  async finalize(endMs = Date.now() - this.epochMs): Promise<Finalized> {
    const { recordingId, epochMs } = this;
    return (await this.target.handle({
      type: 'recording.finalize',
      recordingId,
      epochMs,
      endMs,
    })) as Finalized;
  }
}

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
