import type { BellPeriod } from '#protocol/bells.ts';

/** Periods of one length, from these minutes of the day. */
const of = (minutes: number, starts: readonly number[]): BellPeriod[] =>
  starts.map((startsMinute, index) => ({
    period: index + 1,
    startsMinute,
    endsMinute: startsMinute + minutes,
  }));

/** Typical days to begin with: 小学 six lessons of 40 minutes, 初中 eight of 45. */
export const BELL_TEMPLATES = {
  primary: of(40, [510, 560, 630, 680, 840, 890]),
  middle: of(45, [480, 535, 600, 655, 840, 895, 955, 1010]),
} as const;
