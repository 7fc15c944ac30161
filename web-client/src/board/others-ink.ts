import { type InkPoint, unpackInk } from '#protocol/ink.ts';
import type { Passing } from '#protocol/passing.ts';
import type { Stroke } from './ink/live-layer.ts';

/** Longer without a word, and a stroke or a pointer was left behind by a page that is gone. */
const STALE_MS = 4_000;
const MAX_POINTS = 20_000;

interface OtherStroke extends Stroke {
  readonly by: string;
  readonly pageId: string;
  readonly points: InkPoint[];
  ended: boolean;
  at: number;
}

/** What the others are drawing and pointing at right now. */
export class OthersInk {
  readonly #strokes = new Map<string, OtherStroke>();
  readonly #lasers = new Map<string, { pageId: string; x: number; y: number; at: number }>();

  hear(participantId: string, body: Passing, now: number): void {
    const key = 'ref' in body ? `${participantId} ${body.ref}` : participantId;
    switch (body.kind) {
      case 'stroke': {
        const { pageId, tool, color, width, from, ink } = body;
        const known = this.#strokes.get(key);
        const stroke =
          known?.pageId === pageId
            ? known
            : { by: participantId, pageId, tool, color, width, points: [], ended: false, at: now };
        // What got lost on the way is bridged by a straight line until the stroke's event comes.
        stroke.points.length = Math.min(stroke.points.length, from);
        if (stroke.points.length < MAX_POINTS) stroke.points.push(...unpackInk(ink));
        stroke.at = now;
        this.#strokes.set(key, stroke);
        return;
      }
      case 'strokeEnd': {
        const stroke = this.#strokes.get(key);
        if (body.dropped) this.#strokes.delete(key);
        else if (stroke) stroke.ended = true;
        return;
      }
      case 'laser':
        this.#lasers.set(key, { pageId: body.pageId, x: body.x, y: body.y, at: now });
        return;
      case 'laserOff':
        this.#lasers.delete(key);
    }
  }

  /** Something of theirs is on the timeline: what they had finished before is there now. */
  committed(participantId: string): void {
    for (const [key, stroke] of this.#strokes)
      if (stroke.by === participantId && stroke.ended) this.#strokes.delete(key);
  }

  /** Returns whether something went. */
  sweep(now: number): boolean {
    const before = this.#strokes.size + this.#lasers.size;
    for (const [key, { at }] of this.#strokes) if (at < now - STALE_MS) this.#strokes.delete(key);
    for (const [key, { at }] of this.#lasers) if (at < now - STALE_MS) this.#lasers.delete(key);
    return this.#strokes.size + this.#lasers.size < before;
  }

  strokesOn(pageId: string): Stroke[] {
    return [...this.#strokes.values()].filter((stroke) => stroke.pageId === pageId);
  }

  lasersOn(pageId: string): { x: number; y: number }[] {
    return [...this.#lasers.values()].filter((laser) => laser.pageId === pageId);
  }
}
