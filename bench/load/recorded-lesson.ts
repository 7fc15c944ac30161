import { newId } from '#platform/ids.ts';
import type { Track } from '#protocol/recorder-node.ts';
import type { RecorderConnection } from '../../signaling/src/node/node-pool.ts';
import type { Sink, SourceStream } from './rtp-source.ts';
import { UdpSink } from './udp-sink.ts';

/** One lesson's recording as signaling starts it: a camera with three layers and a microphone. */
export class RecordedLesson {
  readonly recordingId: string;
  readonly cameraId = newId();
  readonly micId = newId();
  readonly epochMs: number;
  readonly #udp: UdpSink;
  readonly #recorder: RecorderConnection;

  static async start(
    recorder: RecorderConnection,
    streams: readonly SourceStream[],
  ): Promise<RecordedLesson> {
    const names = { recordingId: newId(), epochMs: Date.now() };
    const { endpoint } = await recorder.command({ type: 'recording.start', ...names, lessonId: newId() });
    const lesson = new RecordedLesson(recorder, endpoint, names);
    await lesson.#setTracks(streams);
    return lesson;
  }

  private constructor(
    recorder: RecorderConnection,
    { ip, port }: { ip: string; port: number },
    names: { recordingId: string; epochMs: number },
  ) {
    this.#recorder = recorder;
    this.recordingId = names.recordingId;
    this.epochMs = names.epochMs;
    this.#udp = new UdpSink(() => ({ ip, port, rtcpPort: port }));
  }

  /** Where the source's packets go. */
  get sink(): Sink {
    return this.#udp.take;
  }

  /** The bell. */
  async finalize() {
    this.#udp.close();
    return await this.#recorder.command({
      type: 'recording.finalize',
      recordingId: this.recordingId,
      epochMs: this.epochMs,
      endMs: Date.now() - this.epochMs,
    });
  }

  async #setTracks(streams: readonly SourceStream[]): Promise<void> {
    const participantId = newId();
    const tracks: Track[] = [
      { trackId: this.cameraId, participantId, role: 'teacher', kind: 'video' },
      { trackId: this.micId, participantId, role: 'mic', kind: 'audio' },
    ];
    for (const track of tracks) {
      const rungs = streams.filter(({ kind }) => kind === track.kind).map(({ rung }) => rung);
      await this.#recorder.command({
        type: 'track.set',
        recordingId: this.recordingId,
        track,
        rungs,
      });
    }
  }
}
