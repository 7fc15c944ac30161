import { z } from 'zod';
import { PersonRole } from './directory.ts';
import { Id } from './ids.ts';

/*
 * Many at once, as they are copied out of a spreadsheet: first what would become of every line (`dryRun`), then all of
 * them or none. Errors: FORBIDDEN, NOT_FOUND, FIELDS: too many lines, or one of them wrong when it is no dry run.
 *
 *   POST   /api/people/lines                   PeopleLines → LinesResult
 *   POST   /api/directory/lines                PlaceLines → PlaceLinesResult
 */

export const LINES_MAX = 1_000;
/** People as they are pasted from a spreadsheet: a line each; name, role, number, login, in any order with a head. */
export const PeopleLines = z.object({
  organizationId: Id,
  /** Of lines that name none. */
  role: PersonRole,
  classGroupId: Id.nullable().default(null),
  text: z.string().min(1).max(50_000),
  dryRun: z.boolean(),
});
export type PeopleLines = z.input<typeof PeopleLines>;
/** `new`: is made; `known`: there already, left alone; `wrong`: has to be mended first. */
export const LineFate = z.enum(['new', 'known', 'wrong']);
export type LineFate = z.infer<typeof LineFate>;
export const LineProblem = z.enum([
  'noName',
  'nameTooLong',
  'roleUnknown',
  'numberFormat',
  'numberTwice',
  'loginFormat',
  'loginTaken',
  'sameName',
  'sameNumber',
]);
export type LineProblem = z.infer<typeof LineProblem>;
export const PersonLine = z.object({
  /** From 1, as in what was pasted. */
  line: z.number().int().positive(),
  name: z.string(),
  role: PersonRole.nullable(),
  number: z.string().nullable(),
  login: z.string().nullable(),
  fate: LineFate,
  problem: LineProblem.nullable(),
  /** Once it is made. */
  accountId: Id.nullable(),
});
export type PersonLine = z.infer<typeof PersonLine>;
/** Nothing is made while a line is wrong. */
export const LinesResult = z.object({ lines: z.array(PersonLine), created: z.number().int() });
export type LinesResult = z.infer<typeof LinesResult>;

/** Organizations, rooms, classes and courses: hundreds of a county. */
export const PlaceKind = z.enum(['organization', 'classroom', 'classGroup', 'course']);
export type PlaceKind = z.infer<typeof PlaceKind>;
/** The columns of each, in the order in which they stand where no heading says otherwise. */
export const PLACE_COLUMNS = {
  organization: ['name', 'kind', 'parent', 'code'],
  classroom: ['name', 'school'],
  classGroup: ['name', 'school', 'grade', 'room', 'headTeacher', 'year'],
  course: ['subject', 'grade', 'school', 'textbook', 'name'],
} as const satisfies Record<PlaceKind, readonly string[]>;
export const PlaceColumn = z.enum([
  ...['name', 'kind', 'parent', 'code', 'school', 'grade'],
  ...['room', 'headTeacher', 'year', 'subject', 'textbook'],
] as const);
export type PlaceColumn = z.infer<typeof PlaceColumn>;

export const PLACE_LINES_MAX = 500;
export const PlaceLines = z.object({
  of: PlaceKind,
  /** Of lines that name no school; above lines that name no parent. */
  organizationId: Id,
  text: z.string().min(1).max(100_000),
  dryRun: z.boolean(),
});
export type PlaceLines = z.input<typeof PlaceLines>;
export const PlaceProblem = z.enum([
  'missing',
  'tooLong',
  'format',
  /** No such thing, or none that is the caller's to change. */
  'unknown',
  /** More than one has this name. */
  'ambiguous',
  /** It is there already. */
  'same',
  'taken',
  /** Such an organization may not lie there. */
  'place',
]);
export type PlaceProblem = z.infer<typeof PlaceProblem>;
export const PlaceLine = z.object({
  /** From 1, as in what was pasted. */
  line: z.number().int().positive(),
  /** As it is understood, in words. */
  cells: z.partialRecord(PlaceColumn, z.string()),
  fate: LineFate,
  problem: z.object({ column: PlaceColumn, problem: PlaceProblem }).nullable(),
  /** Once it is made. */
  id: Id.nullable(),
});
export type PlaceLine = z.infer<typeof PlaceLine>;
export const PlaceLinesResult = z.object({ lines: z.array(PlaceLine), created: z.number().int() });
export type PlaceLinesResult = z.infer<typeof PlaceLinesResult>;
