import { z } from 'zod';
import { Day, MinuteOfDay } from './calendar.ts';
import { Id, WallMs } from './ids.ts';
import { sharedText } from './text.ts';
import { despiteClashes } from './timetable.ts';

/*
 * Master mode: an activity (名师课堂、教研活动) is ONE lesson that somebody of the bureau or the school invites others to.
 *
 *   GET    /api/activities?from=&to=         Activity[]        (of one's schools; wall ms, planned start in [from, to))
 *   POST   /api/activities                   ActivityDraft → Activity
 *   GET    /api/activities/:lessonId         Activity
 *   PUT    /api/activities/:lessonId         ActivityChange → Activity     (who had answered is asked again when it moved)
 *   POST   /api/activities/:lessonId/cancel  ActivityCancel → Activity
 *   POST   /api/activities/:lessonId/guests  GuestList → Activity
 *   DELETE /api/activities/:lessonId/guests/:accountId  → Activity
 *   GET    /api/activities/choices?organizationId=       ActivityChoices   (rooms, rubrics and schools to choose from)
 *   GET    /api/activities/people?organizationId=&q=     InvitablePerson[] (of the county, at most 20)
 *   POST   /api/activities/names             NameList → NameMatch[]        (pasted names, each with who it may be)
 *   GET    /api/rubrics?organizationId=      Rubric[]          (usable there; without: all of one's schools, the archived too)
 *   POST   /api/rubrics                      RubricDraft → Rubric
 *   PUT    /api/rubrics/:id                  RubricChange → Rubric
 *   DELETE /api/rubrics/:id                  → Rubric          (archived; activities keep it)
 *   POST   /api/rubrics/:id/restore          → Rubric
 *   GET    /api/invitations                  Invitation[]      (one's own: those to come, and the last 30 days')
 *   POST   /api/invitations/:lessonId        InvitationAnswer → Invitation
 */

/** 观摩 and 评课: a reviewer is shown the rubric. */
export const GuestPart = z.enum(['guest', 'reviewer']);
export type GuestPart = z.infer<typeof GuestPart>;
export const InvitationState = z.enum(['invited', 'accepted', 'declined']);
export type InvitationState = z.infer<typeof InvitationState>;

export const RubricItem = z.object({
  name: sharedText({ max: 40 }),
  /** The most points that it gives. */
  maximum: z.number().int().min(1).max(100),
  hint: sharedText({ min: 0, max: 200, lines: 4 }),
});
export type RubricItem = z.infer<typeof RubricItem>;
export const RubricDraft = z.object({
  organizationId: Id,
  title: sharedText({ max: 60 }),
  items: z.array(RubricItem).min(1).max(30),
});
export type RubricDraft = z.infer<typeof RubricDraft>;
export const RubricChange = RubricDraft.omit({ organizationId: true }).extend({ version: z.number().int() });
export type RubricChange = z.infer<typeof RubricChange>;
export const Rubric = RubricDraft.extend({
  rubricId: Id,
  title: z.string(),
  items: z.array(z.object({ name: z.string(), maximum: z.number().int(), hint: z.string() })),
  organizationName: z.string(),
  archived: z.boolean(),
  /** Whether the asking account may change it; others' are used as they are. */
  mayEdit: z.boolean(),
  version: z.number().int(),
});
export type Rubric = z.infer<typeof Rubric>;
export const rubricTotal = ({ items }: Pick<Rubric, 'items'>): number =>
  items.reduce((sum, { maximum }) => sum + maximum, 0);

/** When, as the school's calendar says it. */
const When = {
  day: Day,
  /** Of the master school's bells; null: a free time. */
  period: z.number().int().min(1).max(20).nullable(),
  startsMinute: MinuteOfDay,
  endsMinute: MinuteOfDay,
};

export const ActivityDraft = z.object({
  organizationId: Id,
  title: sharedText({ max: 60 }),
  subject: sharedText({ max: 20 }),
  grade: sharedText({ max: 20 }),
  ...When,
  teacherId: Id,
  masterClassroomId: Id,
  /** Rooms that follow it as a class. */
  remoteClassroomIds: z.array(Id).max(60),
  rubricId: Id.nullable(),
  note: sharedText({ min: 0, max: 500, lines: 12 }),
  despiteClashes,
});
export type ActivityDraft = z.infer<typeof ActivityDraft>;
export const ActivityChange = ActivityDraft.omit({ organizationId: true }).extend({
  version: z.number().int(),
});
export type ActivityChange = z.infer<typeof ActivityChange>;
export const ActivityCancel = z.object({
  version: z.number().int(),
  reason: sharedText({ max: 200, lines: 4 }),
});

export const GuestList = z.object({
  part: GuestPart,
  accountIds: z.array(Id).min(1).max(500),
});
export type GuestList = z.infer<typeof GuestList>;

export const Guest = z.object({
  accountId: Id,
  name: z.string(),
  organizationName: z.string(),
  part: GuestPart,
  state: InvitationState,
  answeredAt: WallMs.nullable(),
});
export type Guest = z.infer<typeof Guest>;

const Shown = z.object({
  lessonId: Id,
  organizationId: Id,
  organizationName: z.string(),
  title: z.string(),
  subject: z.string(),
  grade: z.string(),
  state: z.enum(['planned', 'running', 'over', 'cancelled']),
  plannedStart: WallMs,
  plannedEnd: WallMs,
  period: z.number().int().nullable(),
  teacherName: z.string(),
  roomName: z.string(),
  /** When it was to be before it was moved. */
  movedFrom: WallMs.nullable(),
  cancelReason: z.string().nullable(),
  note: z.string(),
});

/** An activity as who invites sees it. */
export const Activity = Shown.extend({
  ...When,
  teacherId: Id,
  masterClassroomId: Id,
  remoteClassrooms: z.array(z.object({ accountId: Id, name: z.string(), organizationName: z.string() })),
  rubricId: Id.nullable(),
  rubricTitle: z.string().nullable(),
  guests: z.array(Guest),
  version: z.number().int(),
});
export type Activity = z.infer<typeof Activity>;

/** An activity as who is invited sees it. */
export const Invitation = Shown.extend({
  part: GuestPart,
  answer: InvitationState,
  invitedByName: z.string(),
  /** For reviewers. */
  rubric: z
    .object({
      title: z.string(),
      items: z.array(z.object({ name: z.string(), maximum: z.number().int(), hint: z.string() })),
    })
    .nullable(),
});
export type Invitation = z.infer<typeof Invitation>;
export const InvitationAnswer = z.object({ answer: z.enum(['accepted', 'declined']) });

export const InvitablePerson = z.object({
  accountId: Id,
  name: z.string(),
  organizationName: z.string(),
  role: z.string(),
});
export type InvitablePerson = z.infer<typeof InvitablePerson>;

/** Names as they are pasted from a list; separated by lines, commas or tabs on the page. */
export const NameList = z.object({ organizationId: Id, names: z.array(z.string().max(200)).min(1).max(500) });
export const NameMatch = z.object({ name: z.string(), people: z.array(InvitablePerson) });
export type NameMatch = z.infer<typeof NameMatch>;

export const ActivityChoices = z.object({
  organizations: z.array(z.object({ organizationId: Id, name: z.string() })),
  rooms: z.array(
    z.object({ accountId: Id, name: z.string(), organizationId: Id, organizationName: z.string() }),
  ),
  subjects: z.array(z.string()),
  grades: z.array(z.string()),
});
export type ActivityChoices = z.infer<typeof ActivityChoices>;
