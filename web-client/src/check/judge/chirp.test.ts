import { expect, test } from '@jest/globals';
import { chirp, findChirp } from './chirp.ts';

const RATE = 16_000;

/** The same noise at every run: a linear congruential generator (Numerical Recipes). */
function noise(length: number, amplitude: number): Float32Array {
  let state = 7;
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return amplitude * (state / 2 ** 31 - 1);
  });
}

/** Two seconds of a room in which the chirp, played at 0.5, comes back at `atMs` with `gain`. */
function room({ atMs, gain, hiss }: { atMs: number; gain: number; hiss: number }): Float32Array {
  const samples = noise(2 * RATE, hiss);
  const sound = chirp(RATE);
  const start = Math.round((atMs / 1000) * RATE);
  sound.forEach((sample, i) => {
    if (start + i < samples.length) samples[start + i]! += 0.5 * gain * sample;
  });
  return samples;
}

test('finds when and how loud the sound came back', () => {
  const found = findChirp(room({ atMs: 430, gain: 0.1, hiss: 0.001 }), RATE, 0.5);
  expect(found.heard).toBe(true);
  expect(found.atMs).toBeCloseTo(430, 0);
  expect(found.gainDb).toBeCloseTo(-20, 0);
});

test('finds it far below the noise of a class', () => {
  const found = findChirp(room({ atMs: 700, gain: 0.05, hiss: 0.1 }), RATE, 0.5);
  expect(found.heard).toBe(true);
  expect(Math.abs(found.atMs - 700)).toBeLessThan(2);
});

test('finds it through a room that echoes', () => {
  const samples = room({ atMs: 300, gain: 0.1, hiss: 0.005 });
  const dry = samples.slice();
  for (const [delayMs, share] of [
    [23, 0.6],
    [57, 0.4],
    [110, 0.3],
  ] as const) {
    const shift = Math.round((delayMs / 1000) * RATE);
    for (let i = shift; i < samples.length; i += 1) samples[i]! += share * dry[i - shift]!;
  }
  expect(findChirp(samples, RATE, 0.5)).toMatchObject({ heard: true });
});

test('a loudspeaker with turned wires gives the same', () => {
  const turned = room({ atMs: 430, gain: -0.1, hiss: 0.001 });
  expect(findChirp(turned, RATE, 0.5)).toMatchObject({ heard: true });
});

test('hears nothing in silence, in noise, in a hum, in a tone', () => {
  const tone = (hz: number) =>
    Float32Array.from({ length: 2 * RATE }, (_, i) => 0.5 * Math.sin((2 * Math.PI * hz * i) / RATE));
  for (const samples of [new Float32Array(2 * RATE), noise(2 * RATE, 0.3), tone(50), tone(1000)])
    expect(findChirp(samples, RATE, 0.5).heard).toBe(false);
});

test('a recording that is shorter than the sound has nothing in it', () => {
  expect(findChirp(new Float32Array(100), RATE, 0.5)).toMatchObject({ heard: false });
  expect(findChirp(new Float32Array(), RATE, 0.5)).toMatchObject({ heard: false });
});
