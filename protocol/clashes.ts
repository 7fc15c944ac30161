import { z } from 'zod';
import { Day, MinuteOfDay, Weekday, Weeks } from './calendar.ts';
import type { FieldError } from './errors.ts';
import { Id } from './ids.ts';
import { LessonRemote, Place } from './timetable.ts';

/*
 * Who or what is wanted twice at the same minutes, across schools.
 *
 *   POST /api/timetable/clashes                  ClashDraft → Clash[]      (asked while one types)
 *   GET  /api/timetable/clashes?organizationId=  ClashedLesson[]           (what is planned in spite of them, by time)
 */

/** Who and what a lesson needs; none of them can be in two at once. */
export const Parties = z.object({
  teacherId: Id.nullable().default(null),
  masterClassroomId: Id.nullable().default(null),
  masterClassGroupId: Id.nullable().default(null),
  remotes: z
    .array(LessonRemote.extend({ classroomId: Id.nullable().default(null) }))
    .max(60)
    .default([]),
});
export type Parties = z.infer<typeof Parties>;

/** A class's own timetable may name the shared lesson too: of the same subject, it is that lesson itself. */
const Subject = z.string().max(40).nullable().default(null);

export const ClashDraft = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('lesson'),
    /** Whose bells count. */
    organizationId: Id,
    /** The lesson that is moved: it is in nobody's way itself. */
    lessonId: Id.nullable().default(null),
    subject: Subject,
    parties: Parties,
    /** Several: which of them are free? */
    places: z.array(Place).min(1).max(120),
  }),
  z.object({
    kind: z.literal('weekly'),
    organizationId: Id,
    termId: Id,
    /** The pairing that is changed: its own lessons are not in its way. */
    pairingId: Id.nullable().default(null),
    parties: Parties,
    slots: z
      .array(
        z.object({
          weekday: Weekday,
          period: z.number().int().min(0).max(30),
          weeks: Weeks.default('all'),
          /** Who teaches in it, where that is not `parties.teacherId`. */
          teacherId: Id.nullable().default(null),
          subject: Subject,
        }),
      )
      .max(60),
  }),
]);
export type ClashDraft = z.infer<typeof ClashDraft>;

/** "五年级(2)班 已有 音乐 第3节": of another school's lesson only what is needed to see why. */
export const Clash = z.object({
  party: z.enum(['teacher', 'assistant', 'classroom', 'classGroup']),
  id: Id,
  /** Null: a person whom the asking account may not see. */
  name: z.string().nullable(),
  /** Which place or slot of the draft. */
  at: z.number().int(),
  /** The first day on which it happens, and on how many it does. */
  day: Day,
  days: z.number().int(),
  subject: z.string(),
  /** By the bells of the school whose lesson it is. */
  period: z.number().int().nullable(),
  startsMinute: MinuteOfDay,
  endsMinute: MinuteOfDay,
  organizationName: z.string(),
  /** A school's own weekly lesson. */
  local: z.boolean(),
});
export type Clash = z.infer<typeof Clash>;

/** A lesson to come that stands in somebody's way, with what it meets. */
export const ClashedLesson = z.object({
  lessonId: Id,
  day: Day,
  startsMinute: MinuteOfDay,
  subject: z.string(),
  /** The class of the asking school that sits in it, or else its room. */
  who: z.string(),
  clashes: z.array(Clash),
});
export type ClashedLesson = z.infer<typeof ClashedLesson>;

/** What a refusal says of each clash; a null has no place there. */
export const clashField = ({ name, period, local, ...clash }: Clash): FieldError => ({
  ...{ path: 'clashes', issue: 'conflict' },
  values: {
    ...clash,
    ...(name !== null && { name }),
    ...(period !== null && { period }),
    local: Number(local),
  },
});

/** The clashes of a refusal. */
export const clashesIn = (fields: readonly FieldError[]): Clash[] =>
  fields.flatMap(({ path, values }) => {
    if (path !== 'clashes') return [];
    const clash = Clash.safeParse({ name: null, period: null, ...values, local: values?.local === 1 });
    return clash.success ? [clash.data] : [];
  });
