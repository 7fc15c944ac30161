/*
 * Signed addresses (ADR 7) die within minutes, and a player reads a playlist once and its segments for an hour. What
 * is signed in an address is replaced by what the platform gave last for the same folder.
 */

const SIGNED = /^(.*?\/media\/s\/)(\d+\/[^/]+)\/(.+)$/;

interface Signed {
  readonly before: string;
  readonly signature: string;
  /** What was signed for, and what is read within it. */
  readonly rest: string;
}

function parted(address: string): Signed | null {
  const [, before, signature, rest] = SIGNED.exec(address) ?? [];
  return before && signature && rest ? { before, signature, rest } : null;
}

/** What an address reads, whoever may read it and however long. */
export function unsigned(address: string): string {
  const signed = parted(address);
  return signed ? `${signed.before}${signed.rest}` : address;
}

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);

/**
 * `address` with the newest signature that is known for its folder.
 * @param current playlists (and other addresses) as the platform gave them last.
 */
export function freshAddress(address: string, current: readonly string[]): string {
  const old = parted(address);
  if (!old) return address;
  const [best] = current
    .map(parted)
    .filter((known) => known !== null)
    .filter(({ rest }) => old.rest.startsWith(folderOf(rest)))
    .sort((a, b) => folderOf(b.rest).length - folderOf(a.rest).length);
  return best ? `${old.before}${best.signature}/${old.rest}` : address;
}
