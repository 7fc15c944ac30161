import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chirp } from '../../web-client/src/check/judge/chirp.ts';

const RATE = 48_000;
/** Comes back at a tenth of what it is played at, once a second: some of them fall where the check listens. */
const GAIN = 0.05;

/** A sound file of a microphone that hears the check's tones. @returns its path */
export const chirpingRoom = (folder: string): string => {
  const samples = new Float32Array(RATE);
  for (const [at, sample] of chirp(RATE).entries()) samples[at] = GAIN * sample;
  return write(folder, 'chirping.wav', samples);
};

/** A sound file of a microphone that is dead. @returns its path */
export const silentRoom = (folder: string): string => write(folder, 'silent.wav', new Float32Array(RATE));

/** One channel of 16-bit samples (RIFF WAVE); Chromium's fake microphone plays it over and over. */
function write(folder: string, name: string, samples: Float32Array): string {
  const file = Buffer.alloc(44 + 2 * samples.length);
  file.write('RIFF', 0);
  file.writeUInt32LE(36 + 2 * samples.length, 4);
  file.write('WAVEfmt ', 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(RATE, 24);
  file.writeUInt32LE(2 * RATE, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36);
  file.writeUInt32LE(2 * samples.length, 40);
  for (const [at, sample] of samples.entries()) file.writeInt16LE(Math.round(sample * 32_767), 44 + 2 * at);
  const path = join(folder, name);
  writeFileSync(path, file);
  return path;
}
