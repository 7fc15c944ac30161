import { createHash, randomBytes } from 'node:crypto';
import type { Id } from '#protocol/ids.ts';

/** A new unguessable id: 128 random bits, base64url. */
export function newId(): Id {
  return randomBytes(16).toString('base64url');
}

/** An id that is the same for the same parts, e.g. one feed id for one (participant, role) in one lesson. */
export function derivedId(...parts: string[]): Id {
  return createHash('sha256').update(parts.join('\n')).digest().subarray(0, 16).toString('base64url');
}
