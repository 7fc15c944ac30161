import { z } from 'zod';
import { LessonState } from './domain.ts';
import { Id } from './ids.ts';
import type { LiveState } from './live-state.ts';

/** Raised whenever a part of {@link LiveState} changes its shape: an older page then asks for the events instead. */
export const SNAPSHOT_VERSION = 3;

const MAP = '$map';

/** A {@link LiveState} on the wire. It is the server's own projection, so its insides are not described again. */
export const LiveSnapshot = z.object({
  version: z.number().int(),
  live: z.looseObject({ lessonId: Id, seq: z.number().int().nonnegative(), state: LessonState }),
});
export type LiveSnapshot = z.infer<typeof LiveSnapshot>;

export function toSnapshot(state: LiveState): LiveSnapshot {
  return { version: SNAPSHOT_VERSION, live: pack(state) as LiveSnapshot['live'] };
}

/** Null for a snapshot of another version. */
export function fromSnapshot({ version, live }: LiveSnapshot): LiveState | null {
  return version === SNAPSHOT_VERSION ? (unpack(live) as LiveState) : null;
}

/** JSON has no maps: they cross as `{ $map: [[key, value] …] }`. */
function pack(value: unknown): unknown {
  if (value instanceof Map) return { [MAP]: [...value].map(([key, item]) => [key, pack(item)]) };
  if (Array.isArray(value)) return value.map(pack);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, pack(item)]));
}

function unpack(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unpack);
  if (typeof value !== 'object' || value === null) return value;
  if (MAP in value)
    return new Map((value[MAP] as [unknown, unknown][]).map(([key, item]) => [key, unpack(item)]));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, unpack(item)]));
}
