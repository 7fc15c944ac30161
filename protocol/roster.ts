import { z } from 'zod';
import { ErrorCode } from './errors.ts';
import { Id, WallMs } from './ids.ts';
import { TableQuery, tablePage } from './table.ts';

/*
 * Lists of schools, people, classes, courses and terms as OneRoster 1.1 CSV files, in and out. An import is looked
 * through first, and says of every row what would become of it; then all of it is done, or nothing.
 *
 *   POST   /api/roster/imports                 RosterBegin → RosterImport
 *   PUT    /api/roster/imports/:id/files/:name the file itself: a CSV, or a zip of them → RosterImport
 *   POST   /api/roster/imports/:id/plan        RosterPlanAsk → 202 RosterImport     (the dry run; ask again for how far it is)
 *   GET    /api/roster/imports/:id             RosterImport
 *   GET    /api/roster/imports/:id/rows?…      RosterRowsQuery → tablePage(RosterRow)   (`format=csv|xlsx`: the report)
 *   POST   /api/roster/imports/:id/apply       → 202 RosterImport
 *   DELETE /api/roster/imports/:id             → {}
 *   GET    /api/roster/export?organization=&excel=   a zip            (`excel=true`: with the mark by which Excel reads it)
 *   GET    /api/roster/template?standard=      a zip of empty files with an explanation, for clerks or by the standard
 */

/** What the files tell, in the order in which they refer to each other; also the files' names. */
export const RosterKind = z.enum(['orgs', 'academicSessions', 'courses', 'users', 'classes', 'enrollments']);
export type RosterKind = z.infer<typeof RosterKind>;

/**
 * What becomes of a row. `archived`: its status is `tobedeleted`. `skipped`: OneRoster has it and this platform has no
 * use for it. One `refused` row keeps the whole import from being done. What the same lists brought before and a bulk
 * file has no more is told, too: `kept` it stays, `left` it is archived, as was chosen (`RosterMissing`).
 */
export const RosterFate = z.enum([
  'new',
  'changed',
  'archived',
  'left',
  'kept',
  'unchanged',
  'skipped',
  'refused',
]);
export type RosterFate = z.infer<typeof RosterFate>;

/**
 * What becomes of people, classes and memberships that these lists brought before, and whose organizations and classes
 * are in the files, but who are not. A file that the manifest calls `delta` leaves nothing out.
 */
export const RosterMissing = z.enum(['keep', 'archive']);
export type RosterMissing = z.infer<typeof RosterMissing>;

/** Why a row is refused or skipped; a page has a sentence for each. */
export const RosterIssue = z.enum([
  'required',
  'tooLong',
  'format',
  'order',
  'notUsed',
  'duplicate',
  'taken',
  'unknownReference',
  'refusedReference',
  'archivedReference',
  'wrongPlace',
  'cycle',
  'separateRoles',
  'notYours',
  'yourself',
  'inUse',
  'absent',
  'quotes',
  'columns',
  'nul',
]);
export type RosterIssue = z.infer<typeof RosterIssue>;
/** What is wrong with a whole file. */
export const RosterFileIssue = z.enum([
  'encoding',
  'empty',
  'missingColumn',
  'unknownColumn',
  'passwords',
  'twice',
  'notUsed',
  'version',
  'tooManyRows',
]);
export type RosterFileIssue = z.infer<typeof RosterFileIssue>;
/** Of those, what does not keep the rest from being imported. */
export const MILD_FILE_ISSUES: readonly RosterFileIssue[] = ['unknownColumn', 'passwords', 'notUsed'];

export const RosterProblem = z.object({ field: z.string(), issue: RosterIssue, value: z.string() });
export type RosterProblem = z.infer<typeof RosterProblem>;
export const RosterChange = z.object({ field: z.string(), from: z.string(), to: z.string() });
export type RosterChange = z.infer<typeof RosterChange>;

export const RosterRow = z.object({
  file: z.string(),
  /** From 1, as a text editor counts; the heads of the columns stand in the first. 0: in no file, `kept` or `left`. */
  line: z.number().int().nonnegative(),
  kind: RosterKind,
  sourcedId: z.string(),
  /** What it is called. */
  label: z.string(),
  fate: RosterFate,
  changes: z.array(RosterChange),
  problems: z.array(RosterProblem),
  /** The line as it was sent; null of rows that are in order. */
  original: z.string().nullable(),
});
export type RosterRow = z.infer<typeof RosterRow>;

export const RosterFile = z.object({
  name: z.string(),
  /** Null: not one that is imported. */
  kind: RosterKind.nullable(),
  rows: z.number().int(),
  encoding: z.string(),
  problems: z.array(z.object({ issue: RosterFileIssue, value: z.string() })),
});
export type RosterFile = z.infer<typeof RosterFile>;

export const RosterCounts = z.record(RosterKind, z.partialRecord(RosterFate, z.number().int()));
export type RosterCounts = z.infer<typeof RosterCounts>;

export const RosterImport = z.object({
  importId: Id,
  organizationId: Id,
  organizationName: z.string(),
  state: z.enum(['receiving', 'planned', 'applied']),
  /** What it is busy with, and how far; null: it waits for somebody. */
  busy: z.enum(['plan', 'apply']).nullable(),
  missing: RosterMissing,
  progress: z.object({ done: z.number().int(), total: z.number().int() }),
  /** Why the last plan or import came to nothing. */
  failure: ErrorCode.nullable(),
  files: z.array(RosterFile),
  /** Once it is planned. */
  counts: RosterCounts.nullable(),
  /** Whether it can be done as it is: nothing refused, and something to do. */
  ready: z.boolean(),
  expiresAt: WallMs,
  appliedAt: WallMs.nullable(),
});
export type RosterImport = z.infer<typeof RosterImport>;

export const RosterBegin = z.object({ organizationId: Id });
/** Without `missing` it stays as it was. */
export const RosterPlanAsk = z.object({ missing: RosterMissing.optional() });
export const RosterRowsQuery = TableQuery.extend({
  fate: RosterFate.optional(),
  kind: RosterKind.optional(),
});
export type RosterRowsQuery = z.infer<typeof RosterRowsQuery>;
export const RosterRows = tablePage(RosterRow);
const YesNo = z
  .enum(['true', 'false'])
  .default('false')
  .transform((value) => value === 'true');
export const RosterExportQuery = z.object({ organization: Id, excel: YesNo });
export const RosterTemplateQuery = z.object({ standard: YesNo });

/** Rows of all files together, and bytes of one. */
export const ROSTER_MAX_ROWS = 100_000;
export const ROSTER_MAX_BYTES = 48_000_000;
