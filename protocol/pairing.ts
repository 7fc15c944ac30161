import { z } from 'zod';
import { BellPeriod, MAX_PERIODS } from './bells.ts';
import { Weekday, Weeks } from './calendar.ts';
import { Id, WallMs } from './ids.ts';
import { TableFormat } from './table.ts';
import { LessonChanges } from './term.ts';
import { sharedText } from './text.ts';

/*
 * Pairings (结对): which remote class groups follow a master class group, in which subjects, in which weekly periods of
 * a term. Seen by every side (`pairing.see` at the master's or a remote's organization); edited by the master's
 * (`pairing.edit`); approved by each for itself (`pairing.approve`), or for several by who may act for them.
 *
 *   GET    /api/pairings?termId=&state=&format=  Pairing[]       (or, with a format, the same as a file)
 *   GET    /api/pairings/mine                   Pairing[]        (待我处理: those that wait for my approval)
 *   GET    /api/pairings/:id                    Pairing
 *   GET    /api/pairings/schools                PartnerSchool[]  (who can be paired: all below the same topmost bureau)
 *   GET    /api/pairings/choices?organizationId=&day= PairingChoices  (what a form offers of one school)
 *   POST   /api/pairings                        PairingDraft → 201 PairingSaved
 *   PUT    /api/pairings/:id                    PairingChange → PairingSaved   (OVERTAKEN)
 *   POST   /api/pairings/:id/state              PairingAct → PairingSaved      (OVERTAKEN, WRONG_STATE)
 *   DELETE /api/pairings/:id?version=           → {}             (a draft)
 *   POST   /api/pairings/bulk                   PairingBulk → BulkReport       (`dry`: nothing is kept)
 *   POST   /api/pairings/duplicates             PairingDuplicate → BulkReport  (last term's, for another term)
 *   POST   /api/pairings/acts                   PairingActs → ActReport        (one act on many)
 */

export const PairingState = z.enum(['draft', 'pending', 'active', 'frozen', 'expired', 'cancelled']);
export type PairingState = z.infer<typeof PairingState>;

/**
 * Which state may follow which. `pending` → `draft`: a side sent it back. `active` or `frozen` → `pending`: it was
 * changed in something that a side has to agree to; its lessons stay as they are until then.
 */
export const PAIRING_TRANSITIONS: Record<PairingState, readonly PairingState[]> = {
  draft: ['pending', 'active', 'cancelled'],
  pending: ['draft', 'active', 'expired', 'cancelled'],
  active: ['pending', 'frozen', 'expired', 'cancelled'],
  frozen: ['pending', 'active', 'expired', 'cancelled'],
  expired: [],
  cancelled: [],
};
export const mayBecome = (from: PairingState, to: PairingState): boolean =>
  PAIRING_TRANSITIONS[from].includes(to);
/** States in which it may still be changed. */
export const isOpen = (state: PairingState): boolean => PAIRING_TRANSITIONS[state].length > 0;

export const MAX_REMOTES = 3;

const Named = z.object({ id: Id, name: z.string() });
export type Named = z.infer<typeof Named>;

export const PairingSlotDraft = z.object({
  /** Of a slot that is there already: its lessons move along with it. */
  slotId: Id.optional(),
  courseId: Id,
  weekday: Weekday,
  /** Of the master school's bells. */
  period: z.number().int().min(1).max(MAX_PERIODS),
  weeks: Weeks,
});
export type PairingSlotDraft = z.infer<typeof PairingSlotDraft>;

export const PairingDraft = z.object({
  termId: Id,
  masterClassGroupId: Id,
  masterClassroomId: Id,
  /** Whether its lessons open by themselves at the bell. */
  autoOpen: z.boolean(),
  note: sharedText({ min: 0, max: 500, lines: 10 }),
  courses: z.array(z.object({ courseId: Id, teacherId: Id })).max(10),
  remotes: z
    .array(z.object({ classGroupId: Id, classroomId: Id, assistantId: Id.nullable() }))
    .max(MAX_REMOTES),
  slots: z.array(PairingSlotDraft).max(40),
});
export type PairingDraft = z.infer<typeof PairingDraft>;
export const PairingChange = PairingDraft.extend({ version: z.number().int() });
export type PairingChange = z.infer<typeof PairingChange>;

/** One of those who have to agree: the master's organization or a remote class's. */
export const PairingSide = z.object({
  organizationId: Id,
  organizationName: z.string(),
  approvedBy: z.string().nullable(),
  approvedAt: WallMs.nullable(),
  /** Whether I may agree for it. */
  mayApprove: z.boolean(),
});
export type PairingSide = z.infer<typeof PairingSide>;

export const PairingSlot = z.object({
  slotId: Id,
  courseId: Id,
  weekday: Weekday,
  period: z.number().int(),
  weeks: Weeks,
});
export type PairingSlot = z.infer<typeof PairingSlot>;

export const Pairing = z.object({
  pairingId: Id,
  state: PairingState,
  version: z.number().int(),
  term: Named.extend({ startsOn: z.string(), endsOn: z.string() }),
  master: PairingSide.extend({ classGroup: Named, classroom: Named }),
  remotes: z.array(PairingSide.extend({ classGroup: Named, classroom: Named, assistant: Named.nullable() })),
  courses: z.array(z.object({ courseId: Id, title: z.string(), subject: z.string(), teacher: Named })),
  slots: z.array(PairingSlot),
  autoOpen: z.boolean(),
  note: z.string(),
  /** Why it was cancelled; of a draft: why it was sent back. */
  cancelReason: z.string().nullable(),
  createdBy: z.string(),
  createdAt: WallMs,
  /** Lessons that are still to come, and those that were held. */
  lessonsAhead: z.number().int(),
  lessonsHeld: z.number().int(),
  /** May edit it, submit it and delete the draft: the master's side. */
  mayEdit: z.boolean(),
  /** May freeze, thaw and cancel it: every side. */
  maySteer: z.boolean(),
});
export type Pairing = z.infer<typeof Pairing>;

export const PairingQuery = z.object({
  termId: Id.optional(),
  state: PairingState.optional(),
  search: z.string().trim().max(100).optional(),
  format: TableFormat.optional(),
});
export type PairingQuery = z.infer<typeof PairingQuery>;

const reason = sharedText({ max: 200 });
/**
 * `submit` is also the approval of the submitting side. `approve` agrees for every side for which the caller may, or
 * for those named. `return` sends it back with a reason, `cancel` ends it with one.
 */
const ACTS = [
  z.object({ act: z.literal('submit') }),
  z.object({
    act: z.literal('approve'),
    organizationIds: z
      .array(Id)
      .max(MAX_REMOTES + 1)
      .optional(),
  }),
  z.object({ act: z.literal('return'), reason }),
  z.object({ act: z.literal('freeze') }),
  z.object({ act: z.literal('thaw') }),
  z.object({ act: z.literal('cancel'), reason }),
] as const;
export const PairingActKind = z.discriminatedUnion('act', ACTS);
export type PairingActKind = z.infer<typeof PairingActKind>;
export const PairingAct = z.intersection(PairingActKind, z.object({ version: z.number().int() }));
export type PairingAct = z.infer<typeof PairingAct>;
export const PairingActs = z.intersection(
  PairingActKind,
  z.object({
    pairings: z
      .array(z.object({ pairingId: Id, version: z.number().int() }))
      .min(1)
      .max(200),
  }),
);
export type PairingActs = z.infer<typeof PairingActs>;
/** Each is done or refused by itself; `refused` tells the error's code. */
export const ActReport = z.object({
  done: z.array(Id),
  refused: z.array(z.object({ pairingId: Id, code: z.string() })),
  lessons: LessonChanges,
});
export type ActReport = z.infer<typeof ActReport>;

export const PairingSaved = z.object({ pairing: Pairing, lessons: LessonChanges });
export type PairingSaved = z.infer<typeof PairingSaved>;

export const PartnerSchool = z.object({
  organizationId: Id,
  name: z.string(),
  kind: z.enum(['school', 'teachingPoint']),
  parentName: z.string().nullable(),
  /** Whether a pairing that I make may have its master class there. */
  mayLead: z.boolean(),
});
export type PartnerSchool = z.infer<typeof PartnerSchool>;

/** What one school has that a pairing can be made of, and its bells on the day. */
export const PairingChoices = z.object({
  organizationId: Id,
  classGroups: z.array(Named.extend({ grade: z.string(), classroomId: Id.nullable() })),
  classrooms: z.array(Named),
  /** Of a school whose people I may not see: none. */
  teachers: z.array(Named),
  assistants: z.array(Named),
  courses: z.array(z.object({ courseId: Id, title: z.string(), subject: z.string(), grade: z.string() })),
  bells: z.array(BellPeriod),
});
export type PairingChoices = z.infer<typeof PairingChoices>;

/** One line of a table that was pasted; names as people write them. Lines of one master class become one pairing. */
export const PairingLine = z.object({
  masterSchool: z.string().max(200),
  masterClass: z.string().max(200),
  masterRoom: z.string().max(200),
  subject: z.string().max(200),
  teacher: z.string().max(200),
  /** '周二第3节、周四第1节单周' */
  times: z.string().max(500),
  remoteSchool: z.string().max(200),
  remoteClass: z.string().max(200),
  remoteRoom: z.string().max(200),
  assistant: z.string().max(200),
});
export type PairingLine = z.infer<typeof PairingLine>;
export const PAIRING_COLUMNS = Object.keys(PairingLine.shape) as (keyof PairingLine)[];

export const PairingBulk = z.object({
  termId: Id,
  dry: z.boolean(),
  /** Submits what was made at once. */
  submit: z.boolean(),
  lines: z.array(PairingLine).min(1).max(500),
});
export type PairingBulk = z.infer<typeof PairingBulk>;
export const PairingDuplicate = z.object({
  fromTermId: Id,
  toTermId: Id,
  dry: z.boolean(),
  submit: z.boolean(),
});
export type PairingDuplicate = z.infer<typeof PairingDuplicate>;

/** Why a line makes no pairing. */
export const BulkIssue = z.enum([
  'empty',
  'unknown',
  'several',
  'times',
  'tooMany',
  'twice',
  'sameClass',
  'differs',
]);
export type BulkIssue = z.infer<typeof BulkIssue>;
/**
 * What becomes of each line: it makes a pairing, joins the one of an earlier line, is there already in this term,
 * or cannot be; `path` is the column. In order, `line` counts from 1.
 */
export const BulkLine = z.object({
  line: z.number().int(),
  fate: z.enum(['new', 'joins', 'exists', 'error']),
  /** Who with whom, as it was understood. */
  label: z.string(),
  issues: z.array(z.object({ path: z.string(), issue: BulkIssue, value: z.string() })),
});
export type BulkLine = z.infer<typeof BulkLine>;
export const BulkReport = z.object({
  lines: z.array(BulkLine),
  /** How many pairings it makes, or has made. */
  pairings: z.number().int(),
  dry: z.boolean(),
});
export type BulkReport = z.infer<typeof BulkReport>;
