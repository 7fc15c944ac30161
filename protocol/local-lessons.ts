import { z } from 'zod';
import { Weekday, Weeks } from './calendar.ts';
import { Id, NamedId } from './ids.ts';
import { TableFormat } from './table.ts';
import { sharedText } from './text.ts';

/*
 * A school's own weekly lessons (校内课表).
 *
 *   GET  /api/local-lessons?organizationId=&termId=   LocalLesson[]
 *   GET  /api/local-lessons/export?organizationId=&termId=&format=   CSV or XLSX, a row for each
 *   POST /api/local-lessons                      SaveLocalLesson → LocalLesson
 *   PUT  /api/local-lessons/:id                  SaveLocalLesson → LocalLesson
 *   DELETE /api/local-lessons/:id                → {}
 *   POST /api/local-lessons/import               ImportLocalLessons → ImportedLocalLessons   (`dryRun`: only looks)
 */

export const LocalLesson = z.object({
  localLessonId: Id,
  termId: Id,
  weekday: Weekday,
  period: z.number().int(),
  weeks: Weeks,
  subject: z.string(),
  classGroup: NamedId,
  teacher: NamedId.nullable(),
  classroom: NamedId.nullable(),
});
export type LocalLesson = z.infer<typeof LocalLesson>;

export const LocalLessonQuery = z.object({ organizationId: Id, termId: Id });
export const LocalLessonExportQuery = LocalLessonQuery.extend({ format: TableFormat });
const subject = sharedText({ max: 20 });
export const SaveLocalLesson = z.object({
  organizationId: Id,
  termId: Id,
  classGroupId: Id,
  weekday: Weekday,
  period: z.number().int().min(0).max(30),
  weeks: Weeks.default('all'),
  subject,
  teacherId: Id.nullable().default(null),
  classroomId: Id.nullable().default(null),
});
export type SaveLocalLesson = z.infer<typeof SaveLocalLesson>;

/** A class's week as it stands in a sheet: a line is a period, a column a weekday. */
export const ImportLocalLessons = z.object({
  organizationId: Id,
  termId: Id,
  classGroupId: Id,
  dryRun: z.boolean(),
  cells: z
    .array(
      z.object({
        weekday: Weekday,
        period: z.number().int().min(0).max(30),
        weeks: Weeks.default('all'),
        subject,
        teacherName: sharedText({ min: 0, max: 40 }).default(''),
      }),
    )
    .max(300),
});
export type ImportLocalLessons = z.infer<typeof ImportLocalLessons>;
export const ImportedLocalLessons = z.object({
  /** The class's own timetable of that term is replaced as a whole. */
  removed: z.number().int(),
  added: z.number().int(),
  /** Names that no teacher of the school has, or that several have: those lessons are kept without a teacher. */
  unknownTeachers: z.array(z.string()),
  /** Periods that the school's bells do not have. */
  unknownPeriods: z.array(z.number().int()),
});
export type ImportedLocalLessons = z.infer<typeof ImportedLocalLessons>;
