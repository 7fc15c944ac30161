import { AppError } from '#protocol/errors.ts';

/**
 * The letters of a text file that came without a word about its encoding: UTF-8, UTF-16, or GBK, in which programs
 * on Chinese Windows still save subtitles.
 * @throws AppError CAPTION_UNREADABLE when it is none of them.
 */
export function decodeText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return decoded(bytes, 'utf-16le');
  if (first === 0xfe && second === 0xff) return decoded(bytes, 'utf-16be');
  const zero = bytes.subarray(0, 64).indexOf(0);
  // ASCII in UTF-16 has a zero in every pair, and its place tells the order; no other text has zeros.
  if (zero >= 0) return decoded(bytes, zero % 2 === 1 ? 'utf-16le' : 'utf-16be');
  try {
    return decoded(bytes, 'utf-8');
  } catch {
    // GB 18030 holds all of GBK and GB 2312.
    return decoded(bytes, 'gb18030');
  }
}

function decoded(bytes: Uint8Array, encoding: string): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    throw new AppError('CAPTION_UNREADABLE', `not text in ${encoding}`, { cause: error });
  }
}
