import { z } from 'zod';
import { Day, TermDay, Weekday } from './calendar.ts';
import { Id } from './ids.ts';
import { sharedText } from './text.ts';

/*
 * Terms (学期) with holidays and make-up days. A term belongs to a bureau or a school; on a day the term of the nearest
 * organization at or above holds. Actions `term.see`, `term.edit`.
 *
 *   GET    /api/terms?organizationId=   Term[]          (those that hold somewhere I look at, newest first; with an
 *                                                        organization: those that may hold there)
 *   GET    /api/terms/:id               Term
 *   POST   /api/terms                   TermDraft → 201 Term
 *   PUT    /api/terms/:id               TermChange → TermSaved   (OVERTAKEN; IN_USE when lessons are in the way)
 *   DELETE /api/terms/:id?version=      → {}            (IN_USE when pairings or lessons are in it)
 */

/** More than a school year; a mistyped year is caught by it. */
export const MAX_TERM_DAYS = 400;

/** Days in a row with one name (国庆节). */
export const Holiday = z.object({ name: sharedText({ max: 30 }), from: Day, to: Day });
export type Holiday = z.infer<typeof Holiday>;
/** A day on which lessons are held although its weekday says none, or those of another weekday (调休). */
export const Workday = z.object({ name: sharedText({ min: 0, max: 30 }), day: Day, followsWeekday: Weekday });
export type Workday = z.infer<typeof Workday>;

export const TermDraft = z.object({
  organizationId: Id,
  name: sharedText({ max: 60 }),
  startsOn: Day,
  endsOn: Day,
  holidays: z.array(Holiday).max(100),
  workdays: z.array(Workday).max(100),
});
export type TermDraft = z.infer<typeof TermDraft>;

/** Of lessons that are planned already; without saying what to do with them the change is refused (IN_USE). */
export const LessonsFollow = z.object({ lessonsFollow: z.boolean().default(false) });

export const TermChange = TermDraft.omit({ organizationId: true })
  .extend({ version: z.number().int() })
  .extend(LessonsFollow.shape);
export type TermChange = z.infer<typeof TermChange>;

export const Term = z.object({
  termId: Id,
  organizationId: Id,
  organizationName: z.string(),
  name: z.string(),
  startsOn: Day,
  endsOn: Day,
  /** How many weeks it has, counted by Mondays. */
  weeks: z.number().int(),
  holidays: z.array(Holiday),
  workdays: z.array(Workday),
  /** The same, day by day, as `calendar.ts` takes them. */
  days: z.array(TermDay),
  version: z.number().int(),
  pairingCount: z.number().int(),
  lessonCount: z.number().int(),
  mayEdit: z.boolean(),
});
export type Term = z.infer<typeof Term>;

/** What became of planned lessons when something they follow was changed. */
export const LessonChanges = z.object({
  made: z.number().int(),
  moved: z.number().int(),
  removed: z.number().int(),
});
export type LessonChanges = z.infer<typeof LessonChanges>;
export const NO_CHANGES: LessonChanges = { made: 0, moved: 0, removed: 0 };

export const TermSaved = z.object({ term: Term, lessons: LessonChanges });
export type TermSaved = z.infer<typeof TermSaved>;
