import { randomBytes, randomInt } from 'node:crypto';
import type { Challenge } from '../database/schema/intake.ts';

/** As much as is read in a moment and cannot be guessed. */
const PIECE = 64 * 1024;

/** A piece of a content of that many bytes which nobody could have prepared for. */
export function randomChallenge(bytes: number): Challenge {
  // randomInt knows 48 bits, which no upload reaches.
  const fromByte = bytes > PIECE ? randomInt(bytes - PIECE + 1) : 0;
  return {
    nonce: randomBytes(16).toString('base64url'),
    fromByte,
    toByte: Math.min(bytes, fromByte + PIECE),
  };
}
