import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex } from '@noble/hashes/utils';

/** A file is read this much at a time; a film does not fit into memory. */
const PIECE = 4 * 1024 * 1024;

export type HashNews = { part: number } | { sha256: string } | { failed: true };

// The browser's own digest wants the whole file at once, and a secure page.
self.onmessage = async ({ data: file }: MessageEvent<File>) => {
  try {
    const hash = sha256.create();
    for (let at = 0; at < file.size; at += PIECE) {
      hash.update(new Uint8Array(await file.slice(at, at + PIECE).arrayBuffer()));
      say({ part: Math.min(1, (at + PIECE) / file.size) });
    }
    say({ sha256: bytesToHex(hash.digest()) });
  } catch {
    say({ failed: true });
  }
};

const say = (news: HashNews) => self.postMessage(news);
