import { PRESENCE_TYPES } from '#protocol/attendance.ts';

const TYPES = PRESENCE_TYPES.map((type) => `'${type}'`).join(', ');

/** A term's attendance is read from a handful of events among thousands of strokes. */
export const HELD = [
  `create index timeline_presence on timeline_event (lesson_id, seq) where type in (${TYPES})`,
];
