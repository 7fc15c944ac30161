import { z } from 'zod';
import { Id, WallMs } from './ids.ts';

/** The three kinds of shared lesson: 专递课堂, 名师课堂, 名校网络课堂. */
export const LessonMode = z.enum(['delivery', 'master', 'open']);
export type LessonMode = z.infer<typeof LessonMode>;

/** A lesson's life, in order. */
export const LessonState = z.enum(['scheduled', 'open', 'live', 'ended', 'ready']);
export type LessonState = z.infer<typeof LessonState>;

/** Which state may follow which. `ready` is reached by the recorder's word, never by a person's. */
export const LESSON_TRANSITIONS: Record<LessonState, readonly LessonState[]> = {
  scheduled: ['open', 'live'],
  open: ['live', 'scheduled'],
  live: ['ended'],
  ended: ['ready'],
  ready: [],
};

export const OrganizationKind = z.enum(['bureau', 'school', 'teachingPoint']);
export type OrganizationKind = z.infer<typeof OrganizationKind>;

/** Who signs in: a person, or a classroom with its own device credential. */
export const AccountKind = z.enum(['person', 'classroom']);
export type AccountKind = z.infer<typeof AccountKind>;

/**
 * What a person is at an organization; a classroom has the role `classroom` there. Who administers, who decides on
 * access (`security`) and who reads the audit (`auditor`) are never one person.
 */
export const Role = z.enum([
  'administrator',
  'security',
  'auditor',
  'researcher',
  'teacher',
  'assistant',
  'operator',
  'student',
  'classroom',
]);
export type Role = z.infer<typeof Role>;

/** Feed roles (画面). `mic` is audio; all others are video. */
export const FeedRole = z.enum(['teacher', 'pupils', 'board', 'screen', 'studio', 'mic']);
export type FeedRole = z.infer<typeof FeedRole>;
export const MediaKind = z.enum(['audio', 'video']);
export type MediaKind = z.infer<typeof MediaKind>;
export const kindOfFeed = (role: FeedRole): MediaKind => (role === 'mic' ? 'audio' : 'video');

export const Account = z.object({
  accountId: Id,
  kind: AccountKind,
  name: z.string(),
  role: Role,
  organizationId: Id,
  organizationName: z.string(),
});
export type Account = z.infer<typeof Account>;

/** Who may plan one more demo lesson, where the demo is on: those who hold lessons, not those who watch. */
export const mayPlanDemo = ({ role }: Account): boolean =>
  !['student', 'researcher', 'security', 'auditor'].includes(role);

/** A classroom as a lesson's plan names it. */
export const PlannedClassroom = z.object({
  accountId: Id,
  name: z.string(),
  organizationName: z.string(),
  classGroupName: z.string().nullable(),
  /** By the bells of its own school; null: none, or not within one. */
  period: z.number().int().nullable(),
});
export type PlannedClassroom = z.infer<typeof PlannedClassroom>;

export const Lesson = z.object({
  lessonId: Id,
  courseId: Id,
  mode: LessonMode,
  state: LessonState,
  title: z.string(),
  subject: z.string(),
  grade: z.string(),
  /** Period of the school day (第 n 节), when the timetable gave one. */
  period: z.number().int().nullable(),
  /** Of its term, the first is 1; null: it belongs to none. */
  week: z.number().int().nullable(),
  plannedStart: WallMs,
  plannedEnd: WallMs,
  actualStart: WallMs.nullable(),
  actualEnd: WallMs.nullable(),
  /** It is called off: it stays where it stood, and nobody can open it. */
  cancelled: z.object({ reason: z.string() }).nullable(),
  /** Opens by itself at the bell. */
  autoOpen: z.boolean(),
  teacherName: z.string(),
  /** Whose lesson it was before this teacher took it. */
  substituteFor: z.string().nullable(),
  masterClassroom: PlannedClassroom,
  remoteClassrooms: z.array(PlannedClassroom),
  /** The rooms that sit in it with the asking account's own; all of them for who has none. */
  partners: z.array(PlannedClassroom),
  organizationName: z.string(),
  /** How long the replay is; null until `ready` or when nothing was recorded. */
  replayMs: z.number().nullable(),
  /** Of its row: who changes it says which one was seen. */
  version: z.number().int(),
  /** What the asking account may do here, from the permission table. */
  may: z.array(z.string()),
  /** What the asking account is in this lesson. */
  role: z.string(),
  /** The classroom that the asking account helps here as an assistant. */
  helpsAccountId: Id.nullable(),
});
export type Lesson = z.infer<typeof Lesson>;
