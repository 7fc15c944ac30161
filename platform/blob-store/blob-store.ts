import type { Readable } from 'node:stream';

export interface BlobInfo {
  bytes: number;
  modifiedMs: number;
  /** Hexadecimal, where the store keeps it beside the blob (S3). */
  sha256?: string;
}

export interface BlobRange {
  /** First byte, counted from 0. */
  start: number;
  /** Last byte, included. */
  end: number;
}

/**
 * Where segments, playlists, courseware and exports live. A key is a path of `/`-separated names of
 * letters, digits, `.`, `_` and `-`; a name never begins with a dot. A bad key throws BAD_REQUEST, a
 * missing blob NOT_FOUND, a full disk RECORDING_DISK_FULL.
 */
export interface BlobStore {
  /** Whole or not at all: a reader sees the old blob or the new one. `durable` waits until it is on the disk. */
  put(key: string, data: Uint8Array | string, options?: { durable?: boolean }): Promise<void>;
  /** Takes a whole local file over; it is gone from `path` afterwards. For what is too large to hold in memory. */
  putFile(key: string, path: string): Promise<void>;
  get(key: string): Promise<Buffer>;
  info(key: string): Promise<BlobInfo>;
  open(key: string, range?: BlobRange): Promise<Readable>;
  list(prefix: string): Promise<string[]>;
  delete(key: string): Promise<void>;
}

const NAME = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}$/;

export function isBlobKey(key: string): boolean {
  return key.length <= 512 && key.split('/').every((name) => NAME.test(name));
}
