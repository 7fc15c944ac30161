import { z } from 'zod';
import { Day, MinuteOfDay } from './calendar.ts';
import { Id } from './ids.ts';
import { LessonChanges, LessonsFollow } from './term.ts';
import { sharedText } from './text.ts';

/*
 * Bell times (节次). Each school has its own, from a day on (夏季作息, 冬季作息) until the next; a teaching point without any
 * has its school's. Actions `term.see`, `term.edit`.
 *
 *   GET    /api/bells?day=              SchoolBells[]   (every school I see, with what holds on the day; default: today)
 *   GET    /api/bells/:organizationId   BellSchedule[]  (of its own, newest first; also of a school that shares lessons)
 *   POST   /api/bells                   BellDraft → 201 BellsSaved
 *   PUT    /api/bells/:id               BellChange → BellsSaved   (OVERTAKEN; IN_USE when lessons are in the way)
 *   DELETE /api/bells/:id?version=      → {}
 *   POST   /api/bells/copies            BellCopy → BellCopied     (to these schools, at once)
 */

export const MAX_PERIODS = 20;

/** One lesson of the day (第 n 节): [starts, ends) in minutes from midnight. */
export const BellPeriod = z.object({
  period: z.number().int().min(1).max(MAX_PERIODS),
  startsMinute: MinuteOfDay,
  endsMinute: MinuteOfDay,
});
export type BellPeriod = z.infer<typeof BellPeriod>;

export const BellDraft = z.object({
  organizationId: Id,
  name: sharedText({ max: 30 }),
  /** From this day on. */
  startsOn: Day,
  periods: z.array(BellPeriod).min(1).max(MAX_PERIODS),
});
export type BellDraft = z.infer<typeof BellDraft>;
export const BellChange = BellDraft.omit({ organizationId: true })
  .extend({ version: z.number().int() })
  .extend(LessonsFollow.shape);
export type BellChange = z.infer<typeof BellChange>;

export const BellSchedule = z.object({
  scheduleId: Id,
  organizationId: Id,
  organizationName: z.string(),
  name: z.string(),
  startsOn: Day,
  periods: z.array(BellPeriod),
  version: z.number().int(),
});
export type BellSchedule = z.infer<typeof BellSchedule>;

export const SchoolBells = z.object({
  organizationId: Id,
  organizationName: z.string(),
  kind: z.enum(['school', 'teachingPoint']),
  /** What holds on the day, its own or its school's; null: nobody has entered any. */
  bells: BellSchedule.nullable(),
  mayEdit: z.boolean(),
});
export type SchoolBells = z.infer<typeof SchoolBells>;

export const BellCopy = z.object({
  scheduleId: Id,
  startsOn: Day,
  organizationIds: z.array(Id).min(1).max(500),
});
export type BellCopy = z.infer<typeof BellCopy>;
/** `replaced`: they had bells from that very day, which are these now. */
export const BellCopied = z.object({ added: z.number().int(), replaced: z.number().int() });
export type BellCopied = z.infer<typeof BellCopied>;
export const BellsSaved = z.object({ bells: BellSchedule, lessons: LessonChanges });
export type BellsSaved = z.infer<typeof BellsSaved>;

/** What a stretch of one school's time is by another's bells. */
export interface PeriodOverlap {
  period: number;
  /** `same`: begins and ends alike; `part`: the lesson lies in or cuts this period. */
  how: 'same' | 'part';
}

/** The periods of `other` that [startsMinute, endsMinute) touches, in order; none: it lies in a break. */
export function overlapsOf(
  { startsMinute, endsMinute }: Pick<BellPeriod, 'startsMinute' | 'endsMinute'>,
  other: readonly BellPeriod[],
): PeriodOverlap[] {
  return other
    .filter((each) => each.startsMinute < endsMinute && startsMinute < each.endsMinute)
    .map((each) => ({
      period: each.period,
      how: each.startsMinute === startsMinute && each.endsMinute === endsMinute ? 'same' : 'part',
    }));
}

/** Which of the periods a lesson there mostly is, the one that it covers longest; null: none. */
export function mainPeriodOf(
  span: Pick<BellPeriod, 'startsMinute' | 'endsMinute'>,
  other: readonly BellPeriod[],
): number | null {
  const shared = (each: BellPeriod) =>
    Math.min(each.endsMinute, span.endsMinute) - Math.max(each.startsMinute, span.startsMinute);
  const best = other.toSorted((a, b) => shared(b) - shared(a))[0];
  return best && shared(best) > 0 ? best.period : null;
}
