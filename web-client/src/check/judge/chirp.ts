import { correlate } from './fft.ts';
import { toDb } from './level.ts';

/*
 * A rising and a falling tone, like a door bell: pleasant enough for a room full of children, and unlike
 * anything that people, chairs or fans do. Between the frequencies that every loudspeaker and telephone-like
 * microphone carries.
 */
const LOW_HZ = 600;
const HIGH_HZ = 3_000;
const SWEEP_S = 0.35;
const PAUSE_S = 0.12;
/** Faded in and out, or the loudspeaker clicks. */
const FADE_S = 0.02;

/** Seconds. */
export const CHIRP_S = 2 * SWEEP_S + PAUSE_S;

/** The sound that a room plays to itself, at full scale. @param sampleRate samples a second */
export function chirp(sampleRate: number): Float32Array<ArrayBuffer> {
  const samples = new Float32Array(Math.round(CHIRP_S * sampleRate));
  const second = Math.round((SWEEP_S + PAUSE_S) * sampleRate);
  const length = Math.round(SWEEP_S * sampleRate);
  for (let i = 0; i < length; i += 1) {
    const t = i / sampleRate;
    const fade = Math.min(1, t / FADE_S, (SWEEP_S - t) / FADE_S);
    const slope = (HIGH_HZ - LOW_HZ) / SWEEP_S;
    samples[i] = fade * Math.sin(2 * Math.PI * (LOW_HZ * t + (slope / 2) * t * t));
    if (second + i < samples.length)
      samples[second + i] = fade * Math.sin(2 * Math.PI * (HIGH_HZ * t - (slope / 2) * t * t));
  }
  return samples;
}

export interface ChirpFound {
  readonly heard: boolean;
  /** From the start of the recording to the start of the sound in it, milliseconds. */
  readonly atMs: number;
  /** How loud it came back, compared with how it was played: 0 as loud, -20 a tenth. */
  readonly gainDb: number;
  /** How far the best place stands out from all others; noise alone stays below 6. */
  readonly score: number;
}

const HEARD_SCORE = 9;
/** Around the best place the sound fits almost as well, and its first echoes do: not what it has to stand out from. */
const NEIGHBOURHOOD_S = 0.05;

/**
 * Looks for the chirp in what a microphone heard, also far below other noise: a matched filter gathers the
 * whole sound's energy into one moment.
 * @param playedPeak amplitude at which it was played, 0 to 1
 */
export function findChirp(recording: Float32Array, sampleRate: number, playedPeak: number): ChirpFound {
  const pattern = chirp(sampleRate);
  const fit = correlate(recording, pattern);
  let best = 0;
  for (let i = 1; i < fit.length; i += 1) if (Math.abs(fit[i]!) > Math.abs(fit[best]!)) best = i;
  const near = Math.round(NEIGHBOURHOOD_S * sampleRate);
  let sum = 0;
  let count = 0;
  for (let i = 0; i < fit.length; i += 1) {
    if (Math.abs(i - best) <= near) continue;
    sum += fit[i]! ** 2;
    count += 1;
  }
  const peak = Math.abs(fit[best] ?? 0);
  const background = count > 0 ? Math.sqrt(sum / count) : 0;
  const score = background > 0 ? peak / background : peak > 0 ? Number.POSITIVE_INFINITY : 0;
  const energy = pattern.reduce((total, sample) => total + sample * sample, 0);
  return {
    heard: score >= HEARD_SCORE,
    atMs: (1000 * best) / sampleRate,
    gainDb: toDb(peak / energy / playedPeak),
    score,
  };
}
