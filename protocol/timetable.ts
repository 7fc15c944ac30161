import { z } from 'zod';
import { Day, MinuteOfDay, Weekday } from './calendar.ts';
import { LessonMode, LessonState } from './domain.ts';
import { Id, NamedId, WallMs } from './ids.ts';
import { LocalLesson } from './local-lessons.ts';
import { TableFormat } from './table.ts';
import { sharedText } from './text.ts';

/*
 * The timetable: a school's week and changes of single lessons.
 *
 *   GET  /api/timetable/schools                  TimetableSchool[]    (whose timetable one may see)
 *   GET  /api/timetable/week?organizationId=&day=  SchoolWeek         (the week in which `day` lies)
 *   GET  /api/timetable/choices?organizationId=  TimetableChoices     (what a lesson there can be made of)
 *   GET  /api/timetable/export?organizationId=&day=&format=   a table of that week
 *   POST /api/timetable/lessons                  PlanLesson → WeekLesson
 *   GET  /api/lessons/:id/plan                   LessonPlan           (with its history, and whom it concerns)
 *   POST /api/lessons/:id/move                   MoveLesson → WeekLesson
 *   POST /api/lessons/:id/substitute             SubstituteLesson → WeekLesson
 *   POST /api/lessons/:id/cancel                 CancelLesson → WeekLesson
 *   POST /api/lessons/:id/restore                RestoreLesson → WeekLesson
 *   POST /api/pairings/:id/lessons               → MadeLessons        (its slots × its term; again: what changed)
 *   POST /api/timetable/terms/:termId/lessons    MakeTerm → MakeTermProgress   (call until `after` is null)
 *
 * A change sends the lesson's `version` as it was seen; another one meanwhile: OVERTAKEN. Where it would put somebody or
 * some room into two lessons at once it is refused, CLASHES, until it says `despiteClashes`.
 */

export const TimetableSchool = z.object({
  organizationId: Id,
  name: z.string(),
  kind: z.enum(['school', 'teachingPoint']),
  /** The bureau or school above it. */
  parentName: z.string().nullable(),
});
export type TimetableSchool = z.infer<typeof TimetableSchool>;

export const WeekQuery = z.object({ organizationId: Id, day: Day.optional() });
export const WeekExportQuery = WeekQuery.extend({ format: TableFormat });

export const Period = z.object({
  period: z.number().int(),
  startsMinute: MinuteOfDay,
  endsMinute: MinuteOfDay,
});
export type Period = z.infer<typeof Period>;

/** A day of the week as the term has it. */
export const WeekDay = z.object({
  day: Day,
  weekday: Weekday,
  /** Whose lessons are held; null: none, because of a holiday, a weekend, or because the term does not run. */
  follows: Weekday.nullable(),
  /** What a holiday or make-up day is called. */
  name: z.string().nullable(),
});
export type WeekDay = z.infer<typeof WeekDay>;

export const WeekTerm = z.object({
  termId: Id,
  name: z.string(),
  startsOn: Day,
  endsOn: Day,
  week: z.number().int(),
  weeks: z.number().int(),
});

/** A room of a lesson with who sits in it. */
export const WeekRoom = z.object({
  organizationId: Id,
  organizationName: z.string(),
  classroom: NamedId,
  classGroup: NamedId.nullable(),
  assistant: NamedId.nullable(),
  /** By its own school's bells. */
  period: z.number().int().nullable(),
});
export type WeekRoom = z.infer<typeof WeekRoom>;

/** A shared lesson as it stands in a school's week. */
export const WeekLesson = z.object({
  lessonId: Id,
  version: z.number().int(),
  mode: LessonMode,
  state: LessonState,
  title: z.string(),
  subject: z.string(),
  grade: z.string(),
  courseId: Id,
  organizationId: Id,
  organizationName: z.string(),
  day: Day,
  startsMinute: MinuteOfDay,
  endsMinute: MinuteOfDay,
  plannedStart: WallMs,
  plannedEnd: WallMs,
  /** By the bells of the school whose week it is. */
  period: z.number().int().nullable(),
  teacher: NamedId,
  substituteFor: z.string().nullable(),
  cancelled: z.object({ reason: z.string() }).nullable(),
  movedFrom: WallMs.nullable(),
  autoOpen: z.boolean(),
  note: z.string(),
  pairingId: Id.nullable(),
  master: WeekRoom,
  remotes: z.array(WeekRoom),
  mayEdit: z.boolean(),
});
export type WeekLesson = z.infer<typeof WeekLesson>;

export const SchoolWeek = z.object({
  organizationId: Id,
  organizationName: z.string(),
  monday: Day,
  today: Day,
  term: WeekTerm.nullable(),
  days: z.array(WeekDay),
  periods: z.array(Period),
  lessons: z.array(WeekLesson),
  locals: z.array(LocalLesson),
  mayEdit: z.boolean(),
});
export type SchoolWeek = z.infer<typeof SchoolWeek>;

const Room = z.object({ id: Id, name: z.string(), organizationId: Id, organizationName: z.string() });
/** What a lesson of a school can be made of: its own, and the rooms and classes that are paired with it. */
export const TimetableChoices = z.object({
  courses: z.array(z.object({ id: Id, title: z.string(), subject: z.string(), grade: z.string() })),
  teachers: z.array(NamedId),
  classrooms: z.array(NamedId),
  classGroups: z.array(NamedId.extend({ classroomId: Id.nullable() })),
  partnerClassrooms: z.array(Room),
  partnerClassGroups: z.array(Room.extend({ classroomId: Id.nullable() })),
  assistants: z.array(Room),
});
export type TimetableChoices = z.infer<typeof TimetableChoices>;

/** A room that follows a lesson, with who sits in it. */
export const LessonRemote = z.object({
  classroomId: Id,
  classGroupId: Id.nullable().default(null),
  assistantId: Id.nullable().default(null),
});
export const MAX_REMOTES = 12;

/** Where on a day a lesson stands: at a period of its school's bells, or at a time of its own. */
export const Place = z
  .object({
    day: Day,
    period: z.number().int().min(0).max(30).nullable().default(null),
    startsMinute: MinuteOfDay.nullable().default(null),
    endsMinute: MinuteOfDay.nullable().default(null),
  })
  .refine(
    ({ period, startsMinute, endsMinute }) =>
      period !== null || (startsMinute !== null && endsMinute !== null),
    {
      path: ['period'],
      message: 'a period, or a beginning and an end',
    },
  );
export type Place = z.infer<typeof Place>;

export const LESSON_TITLE_MAX = 60;
export const REASON_MAX = 120;
const title = sharedText({ min: 0, max: LESSON_TITLE_MAX });
const reason = sharedText({ max: REASON_MAX });
const version = z.number().int();

/** Of what is saved: who saves it has read what it meets. Without it, what clashes is refused (CLASHES). */
export const despiteClashes = z.boolean().default(false);

/** One more lesson. */
export const PlanLesson = z.object({
  organizationId: Id,
  mode: LessonMode.default('delivery'),
  courseId: Id,
  /** Empty: the course's. */
  title: title.default(''),
  place: Place,
  teacherId: Id,
  masterClassroomId: Id,
  masterClassGroupId: Id.nullable().default(null),
  remotes: z.array(LessonRemote).max(MAX_REMOTES).default([]),
  autoOpen: z.boolean().default(false),
  note: sharedText({ min: 0, max: REASON_MAX }).default(''),
  despiteClashes,
});
export type PlanLesson = z.infer<typeof PlanLesson>;

export const MoveLesson = z.object({ version, place: Place, despiteClashes });
export type MoveLesson = z.infer<typeof MoveLesson>;
/** Another teacher, other assistants by room, or both. */
export const SubstituteLesson = z.object({
  version,
  teacherId: Id.optional(),
  assistants: z
    .array(z.object({ classroomId: Id, assistantId: Id.nullable() }))
    .max(MAX_REMOTES)
    .optional(),
  despiteClashes,
});
export type SubstituteLesson = z.infer<typeof SubstituteLesson>;
export const CancelLesson = z.object({ version, reason });
export const RestoreLesson = z.object({ version, despiteClashes });
export type RestoreLesson = z.infer<typeof RestoreLesson>;

export const LessonChange = z.object({
  at: WallMs,
  byName: z.string(),
  /** `planned`, `moved`, `substituted`, `cancelled`, `restored`. */
  what: z.enum(['planned', 'moved', 'substituted', 'cancelled', 'restored']),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
});
export type LessonChange = z.infer<typeof LessonChange>;

export const LessonPlan = z.object({
  lesson: WeekLesson,
  history: z.array(LessonChange),
  /** In whose own week it stands, and who else was told of it. */
  concerns: z.array(
    z.object({
      kind: z.enum(['teacher', 'assistant', 'classroom', 'classGroup', 'administrator', 'guest']),
      name: z.string(),
      organizationName: z.string(),
      /** When they were last told of a change, and when they read it; null: nothing had to be told. */
      told: z.object({ at: WallMs, readAt: WallMs.nullable() }).nullable(),
    }),
  ),
});
export type LessonPlan = z.infer<typeof LessonPlan>;

export const MadeLessons = z.object({
  made: z.number().int(),
  changed: z.number().int(),
  removed: z.number().int(),
  /** Changed by hand or held already: left as they are. */
  kept: z.number().int(),
});
export type MadeLessons = z.infer<typeof MadeLessons>;

export const MakeTerm = z.object({ organizationId: Id, after: Id.nullable().default(null) });
export const MakeTermProgress = MadeLessons.extend({
  done: z.number().int(),
  total: z.number().int(),
  /** Go on from here; null: all are made. */
  after: Id.nullable(),
});
export type MakeTermProgress = z.infer<typeof MakeTermProgress>;
