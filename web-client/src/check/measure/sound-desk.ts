import { ClientError } from '../../lesson/client-error.ts';
import { CHIRP_S, type ChirpFound, chirp, findChirp } from '../judge/chirp.ts';
import { type Level, levelOf } from '../judge/level.ts';
import { pause } from './pause.ts';
import worklet from './recorder-worklet.js?url&no-inline';

const WAKE_MS = 1_500;
const CHECK_MS = 50;
/** Loud enough for a classroom, not enough to frighten it. */
const PLAYED_PEAK = 0.5;
const LEAD_S = 0.15;
/** Loudspeakers over Bluetooth or HDMI may be this late. */
const LATEST_S = 0.9;

/** A browser that lets a page make or take sound only after a touch. */
export class SoundBlocked extends Error {}

/** Plays to a room and listens to it, on one clock. To be closed. */
export class SoundDesk {
  readonly #context: AudioContext;

  /** @throws SoundBlocked when the browser wants a touch first */
  static async open(signal: AbortSignal): Promise<SoundDesk> {
    const context = new AudioContext();
    try {
      await context.audioWorklet.addModule(worklet);
      // A blocked context leaves the promise of `resume` open until somebody touches the page.
      void context.resume();
      for (let waited = 0; context.state !== 'running'; waited += CHECK_MS) {
        if (waited >= WAKE_MS) throw new SoundBlocked();
        await pause(CHECK_MS, signal);
      }
    } catch (error) {
      void context.close();
      throw error;
    }
    return new SoundDesk(context);
  }

  private constructor(context: AudioContext) {
    this.#context = context;
  }

  /** What the stream's microphone hears from now on, until the clock of the desk is at `until`, seconds. */
  async #record(
    stream: MediaStream,
    until: number,
    signal: AbortSignal,
    heard?: (samples: Float32Array, at: number) => void,
  ): Promise<{ startedAt: number; samples: Float32Array }> {
    const context = this.#context;
    const source = context.createMediaStreamSource(stream);
    const recorder = new AudioWorkletNode(context, 'recorder', { numberOfOutputs: 0 });
    const blocks: { startedAt: number; samples: Float32Array }[] = [];
    recorder.port.onmessage = ({ data }) => {
      blocks.push(data);
      heard?.(data.samples, data.startedAt);
    };
    source.connect(recorder);
    try {
      while (context.currentTime < until) await pause(CHECK_MS, signal);
      // What the audio thread has sent is still on its way to this one.
      await pause(CHECK_MS, signal);
    } finally {
      source.disconnect();
      recorder.port.close();
    }
    const samples = new Float32Array(blocks.reduce((sum, block) => sum + block.samples.length, 0));
    let at = 0;
    for (const block of blocks) {
      samples.set(block.samples, at);
      at += block.samples.length;
    }
    return { startedAt: blocks[0]?.startedAt ?? until, samples };
  }

  /** @param heard the loudest sample since the last call, 0 to 1, and the share of the time that is over */
  async listen(
    stream: MediaStream,
    seconds: number,
    signal: AbortSignal,
    heard: (peak: number, share: number) => void = () => {},
  ): Promise<Float32Array> {
    const begun = this.#context.currentTime;
    const { samples } = await this.#record(stream, begun + seconds, signal, (block, at) => {
      const peak = block.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
      heard(peak, Math.min(1, Math.max(0, at - begun) / seconds));
    });
    return samples;
  }

  /**
   * Plays the chirp and looks for it in what the microphone hears.
   * @param warmUps times that it is played before, for the browser's echo cancellation to learn the room
   */
  async playAndHear(
    stream: MediaStream,
    signal: AbortSignal,
    warmUps = 0,
  ): Promise<{ found: ChirpFound; level: Level }> {
    const context = this.#context;
    const sound = chirp(context.sampleRate).map((sample) => sample * PLAYED_PEAK);
    const buffer = context.createBuffer(1, sound.length, context.sampleRate);
    buffer.copyToChannel(sound, 0);
    const playAt = (time: number) => {
      const player = new AudioBufferSourceNode(context, { buffer });
      player.connect(context.destination);
      player.start(time);
      return player;
    };
    const first = context.currentTime + LEAD_S;
    const last = first + warmUps * (CHIRP_S + LATEST_S);
    const players = Array.from({ length: warmUps + 1 }, (_, n) => playAt(first + n * (CHIRP_S + LATEST_S)));
    try {
      const { startedAt, samples } = await this.#record(stream, last + CHIRP_S + LATEST_S, signal);
      const from = Math.max(0, Math.round((last - startedAt) * context.sampleRate));
      const heard = samples.subarray(from);
      return { found: findChirp(heard, context.sampleRate, PLAYED_PEAK), level: levelOf(heard) };
    } finally {
      for (const player of players) player.disconnect();
    }
  }

  close(): void {
    void this.#context.close();
  }
}

/** A microphone as it is (`plain`), or as the other rooms would hear it. One audio track; to be stopped. */
export async function openMic(deviceId: string | undefined, plain: boolean): Promise<MediaStream> {
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (!devices) throw new ClientError('INSECURE_PAGE');
  const cleaning = { echoCancellation: !plain, noiseSuppression: !plain, autoGainControl: !plain };
  return await devices.getUserMedia({
    audio: {
      ...cleaning,
      channelCount: 1,
      ...(deviceId === undefined ? {} : { deviceId: { exact: deviceId } }),
    },
  });
}
