import { z } from 'zod';
import { Code, LoginName, Name } from './directory-text.ts';
import { OrganizationKind, Role } from './domain.ts';
import { Id, WallMs } from './ids.ts';
import { TableQuery } from './table.ts';
import { sharedText } from './text.ts';

/*
 * The directory: who and what there is. Every list takes `format=csv|xlsx` (`table.ts`); every change of a row sends
 * the `version` it saw. Errors: FORBIDDEN, NOT_FOUND, FIELDS, OVERTAKEN, IN_USE.
 *
 *   GET    /api/organizations?archived=        Organization[]         (the tree from the caller's own down, as a list)
 *   POST   /api/organizations                  NewOrganization → Organization
 *   PUT    /api/organizations/:id              OrganizationChange → Organization
 *   POST   /api/organizations/:id/move         OrganizationMove → Organization   (rights on both ends, no cycles)
 *   POST   /api/organizations/:id/archive      { version } → Organization   (with all below; IN_USE while lessons are to come)
 *   POST   /api/organizations/:id/restore      { version } → Organization   (with all that went with it)
 *   GET    /api/people?…                       PeopleQuery → tablePage(Person)
 *   GET    /api/people/:id                     Person
 *   GET    /api/people/login?name=             { login }              (free, from the name's pinyin)
 *   POST   /api/people                         NewPerson → Person
 *   PUT    /api/people/:id                     PersonChange → Person
 *   PUT    /api/people/:id/roles               RolesChange → Person   (for who grants but does not edit)
 *   POST   /api/people/:id/archive, restore    { version } → Person
 *   POST   /api/people/bulk                    BulkAct → BulkResult
 *   POST   /api/people/lines, directory/lines  many at once, as pasted from a spreadsheet: `directory-lines.ts`
 *   GET    /api/classrooms?…                   RoomQuery → tablePage(ClassroomRow)
 *   POST   /api/classrooms                     NewClassroom → ClassroomRow    (with its account)
 *   GET|PUT /api/classrooms/:id                ClassroomChange → ClassroomRow
 *   POST   /api/classrooms/:id/archive, restore   { version } → ClassroomRow
 *   GET    /api/class-groups?…                 ClassGroupQuery → tablePage(ClassGroup)
 *   POST   /api/class-groups                   NewClassGroup → ClassGroup
 *   GET|PUT /api/class-groups/:id              ClassGroupChange → ClassGroup
 *   POST   /api/class-groups/:id/archive, restore   { version } → ClassGroup
 *   GET    /api/class-groups/:id/members       Member[]
 *   PUT|DELETE /api/class-groups/:id/members/:accountId   → {}
 *   POST   /api/class-groups/promote           Promotion → PromotionResult    (a whole year up, or back down again)
 *   GET    /api/courses?…                      CourseQuery → tablePage(Course)
 *   POST   /api/courses                        NewCourse → Course
 *   GET|PUT /api/courses/:id                   CourseChange → Course
 *   POST   /api/courses/:id/archive, restore   { version } → Course
 *   …      /api/reference                      `reference.ts`
 */

const Version = z.number().int().positive();
export const Versioned = z.object({ version: Version });
const flag = z.enum(['true', 'false']).transform((value) => value === 'true');

export const Organization = z.object({
  organizationId: Id,
  parentId: Id.nullable(),
  kind: OrganizationKind,
  name: z.string(),
  /** The ministry's school code, or what else it is known by. */
  code: z.string().nullable(),
  /** Whom to call there when a room does not come; empty: not known. */
  phone: z.string(),
  /** Its place among its siblings. */
  ordinal: z.number().int(),
  archivedAt: WallMs.nullable(),
  version: Version,
  /** Of its own, without those below. */
  people: z.number().int(),
  classrooms: z.number().int(),
  classGroups: z.number().int(),
});
export type Organization = z.infer<typeof Organization>;
export const OrganizationQuery = z.object({ archived: flag.optional(), format: TableQuery.shape.format });
const organizationText = {
  name: Name,
  kind: OrganizationKind,
  code: Code.nullable().default(null),
  /** Left out: as it is. */
  phone: sharedText({ min: 0, max: 40 }).optional(),
};
export const NewOrganization = z.object({ parentId: Id, ...organizationText });
export type NewOrganization = z.input<typeof NewOrganization>;
export const OrganizationChange = z.object({ ...organizationText, version: Version });
export type OrganizationChange = z.input<typeof OrganizationChange>;
/** Below `parentId`, before that sibling; null: last. */
export const OrganizationMove = z.object({
  parentId: Id,
  beforeId: Id.nullable().default(null),
  version: Version,
});
export type OrganizationMove = z.input<typeof OrganizationMove>;

/** What a person can be; a classroom's role belongs to its device. */
export const PersonRole = Role.exclude(['classroom']);
export type PersonRole = z.infer<typeof PersonRole>;
export const RoleAt = z.object({ role: PersonRole, organizationId: Id });
export type RoleAt = z.infer<typeof RoleAt>;
/** `archived`: has left. */
export const PersonState = z.enum(['active', 'disabled', 'archived']);
export type PersonState = z.infer<typeof PersonState>;
export const Person = z.object({
  accountId: Id,
  name: z.string(),
  isNickname: z.boolean(),
  login: z.string().nullable(),
  number: z.string().nullable(),
  organizationId: Id,
  organizationName: z.string(),
  roles: z.array(RoleAt.extend({ organizationName: z.string() })),
  classGroups: z.array(z.object({ classGroupId: Id, name: z.string() })),
  state: PersonState,
  version: Version,
});
export type Person = z.infer<typeof Person>;
/** Everyone at `organization` and below it. Without a `state`: who has not left. */
export const PeopleQuery = TableQuery.extend({
  organization: Id.optional(),
  role: PersonRole.optional(),
  state: PersonState.optional(),
  classGroup: Id.optional(),
});
export type PeopleQuery = z.infer<typeof PeopleQuery>;
const Roles = z.array(RoleAt).max(20);
const personText = {
  name: Name,
  isNickname: z.boolean().default(false),
  login: LoginName.nullable().default(null),
  number: Code.nullable().default(null),
  organizationId: Id,
  classGroupIds: z.array(Id).max(20).default([]),
};
export const NewPerson = z.object({ ...personText, roles: Roles.min(1) });
export type NewPerson = z.input<typeof NewPerson>;
export const PersonChange = z.object({ ...personText, roles: Roles, version: Version });
export type PersonChange = z.input<typeof PersonChange>;
export const RolesChange = z.object({ roles: Roles, version: Version });
export const LoginQuestion = z.object({ name: Name });
export const LoginSuggestion = z.object({ login: z.string() });

/** One act on many people at once. */
export const BulkAct = z.object({
  accountIds: z.array(Id).min(1).max(1_000),
  act: z.discriminatedUnion('kind', [
    z.object({ kind: z.enum(['disable', 'enable', 'archive', 'restore']) }),
    z.object({ kind: z.enum(['giveRole', 'takeRole']), role: PersonRole, organizationId: Id }),
    z.object({ kind: z.literal('move'), organizationId: Id }),
  ]),
});
export type BulkAct = z.infer<typeof BulkAct>;
/** Why one of many was left as it was. */
export const BulkRefusal = z.enum(['notYours', 'yourself', 'separateRoles', 'already']);
export type BulkRefusal = z.infer<typeof BulkRefusal>;
export const BulkResult = z.object({
  done: z.array(Id),
  refused: z.array(z.object({ accountId: Id, name: z.string(), reason: BulkRefusal })),
});
export type BulkResult = z.infer<typeof BulkResult>;

const placed = { organizationId: Id, organizationName: z.string() };
const kept = { archivedAt: WallMs.nullable(), version: Version };
const inOrganization = { organization: Id.optional(), archived: flag.optional() };

export const ClassroomRow = z.object({
  classroomId: Id,
  name: z.string(),
  ...placed,
  classGroups: z.array(z.object({ classGroupId: Id, name: z.string() })),
  /** Devices that open as this room, and when one was last there. */
  devices: z.number().int(),
  seenAt: WallMs.nullable(),
  ...kept,
});
export type ClassroomRow = z.infer<typeof ClassroomRow>;
export const RoomQuery = TableQuery.extend(inOrganization);
export const NewClassroom = z.object({ name: Name, organizationId: Id });
export type NewClassroom = z.input<typeof NewClassroom>;
export const ClassroomChange = NewClassroom.extend({ version: Version });
export type ClassroomChange = z.input<typeof ClassroomChange>;

export const ClassGroup = z.object({
  classGroupId: Id,
  name: z.string(),
  ...placed,
  stage: z.string().nullable(),
  grade: z.string(),
  enrolledYear: z.number().int().nullable(),
  classroomId: Id.nullable(),
  classroomName: z.string().nullable(),
  headTeacherId: Id.nullable(),
  headTeacherName: z.string().nullable(),
  pupils: z.number().int(),
  ...kept,
});
export type ClassGroup = z.infer<typeof ClassGroup>;
export const ClassGroupQuery = TableQuery.extend({ ...inOrganization, grade: z.string().max(80).optional() });
export const NewClassGroup = z.object({
  name: Name,
  organizationId: Id,
  grade: Name,
  enrolledYear: z.number().int().min(1990).max(2100).nullable().default(null),
  classroomId: Id.nullable().default(null),
  headTeacherId: Id.nullable().default(null),
});
export type NewClassGroup = z.input<typeof NewClassGroup>;
export const ClassGroupChange = NewClassGroup.extend({ version: Version });
export type ClassGroupChange = z.input<typeof ClassGroupChange>;
export const Member = z.object({
  accountId: Id,
  name: z.string(),
  isNickname: z.boolean(),
  number: z.string().nullable(),
  login: z.string().nullable(),
});
export type Member = z.infer<typeof Member>;
export const Promotion = z.object({
  classGroupIds: z.array(Id).min(1).max(500),
  direction: z.enum(['up', 'down']).default('up'),
  dryRun: z.boolean().default(false),
});
export type Promotion = z.input<typeof Promotion>;
/** `graduates`: was in the last grade of its stage and is archived; `stays`: its grade is not one of the list. */
export const PromotionFate = z.enum(['moves', 'graduates', 'stays']);
export const PromotionResult = z.array(
  z.object({
    classGroupId: Id,
    name: z.string(),
    newName: z.string(),
    grade: z.string(),
    newGrade: z.string(),
    fate: PromotionFate,
  }),
);
export type PromotionResult = z.infer<typeof PromotionResult>;

export const Course = z.object({
  courseId: Id,
  title: z.string(),
  ...placed,
  stage: z.string().nullable(),
  grade: z.string(),
  subject: z.string(),
  textbook: z.string().nullable(),
  lessons: z.number().int(),
  ...kept,
});
export type Course = z.infer<typeof Course>;
export const CourseQuery = TableQuery.extend({
  ...inOrganization,
  subject: z.string().max(80).optional(),
  grade: z.string().max(80).optional(),
});
export const NewCourse = z.object({
  title: Name,
  organizationId: Id,
  grade: Name,
  subject: Name,
  textbook: Name.nullable().default(null),
});
export type NewCourse = z.input<typeof NewCourse>;
export const CourseChange = NewCourse.extend({ version: Version });
export type CourseChange = z.input<typeof CourseChange>;
