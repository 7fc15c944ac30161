import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import {
  type BulkAct,
  BulkResult,
  ClassGroup,
  type ClassGroupChange,
  type ClassroomChange,
  ClassroomRow,
  Course,
  type CourseChange,
  LoginSuggestion,
  Member,
  type NewClassGroup,
  type NewClassroom,
  type NewCourse,
  type NewOrganization,
  type NewPerson,
  Organization,
  type OrganizationChange,
  type OrganizationMove,
  Person,
  type PersonChange,
  type Promotion,
  PromotionResult,
  type RoleAt,
} from '#protocol/directory.ts';
import {
  LinesResult,
  type PeopleLines,
  type PlaceLines,
  PlaceLinesResult,
} from '#protocol/directory-lines.ts';
import type { Id } from '#protocol/ids.ts';
import { type NewReferenceItem, ReferenceItem } from '#protocol/reference.ts';
import { tablePage } from '#protocol/table.ts';
import { TABLE } from '../admin/kit/DataTable.tsx';
import { call } from '../api/call.ts';
import { queryClient } from '../api/query-client.ts';

const Anything = z.unknown();
type Act = 'archive' | 'restore';
const post = (body: unknown = {}) => ({ method: 'POST' as const, body });
const put = (body: unknown = {}) => ({ method: 'PUT' as const, body });

/** The routes of the directory; shapes are in `protocol/directory.ts`. */
export const directory = {
  organizations: (archived: boolean) =>
    call(z.array(Organization), `/api/organizations${archived ? '?archived=true' : ''}`),
  createOrganization: (body: NewOrganization) => call(Organization, '/api/organizations', post(body)),
  changeOrganization: (id: Id, body: OrganizationChange) =>
    call(Organization, `/api/organizations/${id}`, put(body)),
  moveOrganization: (id: Id, body: OrganizationMove) =>
    call(Organization, `/api/organizations/${id}/move`, post(body)),
  closeOrganization: (id: Id, act: Act, version: number) =>
    call(Organization, `/api/organizations/${id}/${act}`, post({ version })),

  placeLines: (body: PlaceLines) => call(PlaceLinesResult, '/api/directory/lines', post(body)),

  person: (id: Id) => call(Person, `/api/people/${id}`),
  suggestLogin: (name: string) => call(LoginSuggestion, `/api/people/login?name=${encodeURIComponent(name)}`),
  createPerson: (body: NewPerson) => call(Person, '/api/people', post(body)),
  changePerson: (id: Id, body: PersonChange) => call(Person, `/api/people/${id}`, put(body)),
  changeRoles: (id: Id, roles: RoleAt[], version: number) =>
    call(Person, `/api/people/${id}/roles`, put({ roles, version })),
  bulk: (body: BulkAct) => call(BulkResult, '/api/people/bulk', post(body)),
  lines: (body: PeopleLines) => call(LinesResult, '/api/people/lines', post(body)),
  teachers: (organization: Id) =>
    call(
      tablePage(Person),
      `/api/people?role=teacher&organization=${organization}&state=active&pageSize=500`,
    ),

  room: (id: Id) => call(ClassroomRow, `/api/classrooms/${id}`),
  rooms: (organization: Id) =>
    call(tablePage(ClassroomRow), `/api/classrooms?organization=${organization}&pageSize=500`),
  createRoom: (body: NewClassroom) => call(ClassroomRow, '/api/classrooms', post(body)),
  changeRoom: (id: Id, body: ClassroomChange) => call(ClassroomRow, `/api/classrooms/${id}`, put(body)),
  closeRoom: (id: Id, act: Act, version: number) =>
    call(ClassroomRow, `/api/classrooms/${id}/${act}`, post({ version })),

  group: (id: Id) => call(ClassGroup, `/api/class-groups/${id}`),
  groups: (organization: Id) =>
    call(tablePage(ClassGroup), `/api/class-groups?organization=${organization}&pageSize=500`),
  createGroup: (body: NewClassGroup) => call(ClassGroup, '/api/class-groups', post(body)),
  changeGroup: (id: Id, body: ClassGroupChange) => call(ClassGroup, `/api/class-groups/${id}`, put(body)),
  closeGroup: (id: Id, act: Act, version: number) =>
    call(ClassGroup, `/api/class-groups/${id}/${act}`, post({ version })),
  members: (id: Id) => call(z.array(Member), `/api/class-groups/${id}/members`),
  addMember: (id: Id, accountId: Id) => call(Anything, `/api/class-groups/${id}/members/${accountId}`, put()),
  removeMember: (id: Id, accountId: Id) =>
    call(Anything, `/api/class-groups/${id}/members/${accountId}`, { method: 'DELETE' }),
  promote: (body: Promotion) => call(PromotionResult, '/api/class-groups/promote', post(body)),

  course: (id: Id) => call(Course, `/api/courses/${id}`),
  createCourse: (body: NewCourse) => call(Course, '/api/courses', post(body)),
  changeCourse: (id: Id, body: CourseChange) => call(Course, `/api/courses/${id}`, put(body)),
  closeCourse: (id: Id, act: Act, version: number) =>
    call(Course, `/api/courses/${id}/${act}`, post({ version })),

  reference: () => call(z.array(ReferenceItem), '/api/reference'),
  addReference: (body: NewReferenceItem) => call(ReferenceItem, '/api/reference', post(body)),
  closeReference: ({ kind, name, subject }: ReferenceItem, act: Act) =>
    call(ReferenceItem, `/api/reference/${act}`, post({ kind, name, subject })),
};

export const organizationsQuery = (archived = false) =>
  queryOptions({ queryKey: ['organizations', archived], queryFn: () => directory.organizations(archived) });

export const referenceQuery = queryOptions({
  queryKey: ['reference'],
  queryFn: directory.reference,
  staleTime: 60_000,
});

/** Lists that show something of the directory ask again. */
export async function directoryChanged(): Promise<void> {
  await Promise.all(
    [[TABLE], ['organizations'], ['reference'], ['members']].map((queryKey) =>
      queryClient.invalidateQueries({ queryKey }),
    ),
  );
}
