import { z } from 'zod';
import { BellSchedule, BellsSaved } from '#protocol/bells.ts';
import {
  ClassGroup,
  ClassroomRow,
  Course,
  LoginSuggestion,
  type NewClassGroup,
  type NewOrganization,
  Organization,
  Person,
} from '#protocol/directory.ts';
import type { Role } from '#protocol/domain.ts';
import type { PairingDraft } from '#protocol/pairing.ts';
import { Pairing, PairingSaved } from '#protocol/pairing.ts';
import { ReferenceItem } from '#protocol/reference.ts';
import { tablePage } from '#protocol/table.ts';
import { Term, type TermDraft } from '#protocol/term.ts';
import { call } from '../api/call.ts';

/** What the guide finds or makes: one by its name, at one organization. */
interface Named {
  name: string;
  organizationId: string;
}

const post = <S extends z.ZodType>(schema: S, path: string, body: unknown) =>
  call(schema, path, { method: 'POST', body });

/** Rows of a list of the office at one organization that have exactly this name. */
async function named<Row>(
  path: string,
  row: z.ZodType<Row>,
  { name, organizationId }: Named,
  nameOf: (row: Row) => string,
  more: Record<string, string> = {},
): Promise<Row | undefined> {
  const question = new URLSearchParams({
    ...{ search: name, organization: organizationId, pageSize: '200' },
    ...more,
  });
  const { rows } = await call(tablePage(row), `${path}?${question}`);
  return rows.find((each) => nameOf(each) === name);
}

export const organizations = () => call(z.array(Organization), '/api/organizations');
export const reference = () => call(z.array(ReferenceItem), '/api/reference');
export const makeOrganization = (body: NewOrganization) => post(Organization, '/api/organizations', body);

export const classroom = async (wanted: Named): Promise<ClassroomRow> =>
  (await named('/api/classrooms', ClassroomRow, wanted, ({ name }) => name)) ??
  (await post(ClassroomRow, '/api/classrooms', wanted));

export const classGroup = async (wanted: NewClassGroup): Promise<ClassGroup> =>
  (await named('/api/class-groups', ClassGroup, wanted, ({ name }) => name)) ??
  (await post(ClassGroup, '/api/class-groups', wanted));

export async function person(wanted: Named, role: Role): Promise<Person> {
  const known = await named('/api/people', Person, wanted, ({ name }) => name, { role });
  if (known) return known;
  const question = new URLSearchParams({ name: wanted.name });
  const { login } = await call(LoginSuggestion, `/api/people/login?${question}`);
  const { organizationId } = wanted;
  return await post(Person, '/api/people', { ...wanted, login, roles: [{ role, organizationId }] });
}

export async function course(wanted: Named & { subject: string; grade: string }): Promise<Course> {
  const { name: title, ...rest } = wanted;
  return (
    (await named('/api/courses', Course, wanted, (each) => each.title)) ??
    (await post(Course, '/api/courses', { title, ...rest }))
  );
}

export async function term(wanted: TermDraft): Promise<Term> {
  const question = new URLSearchParams({ organizationId: wanted.organizationId });
  const terms = await call(z.array(Term), `/api/terms?${question}`);
  return terms.find(({ name }) => name === wanted.name) ?? (await post(Term, '/api/terms', wanted));
}

export const bellsOf = (organizationId: string) =>
  call(z.array(BellSchedule), `/api/bells/${organizationId}`);
export const makeBells = (body: unknown) => post(BellsSaved, '/api/bells', body);

/** The pairing of this master class in the term, or a new one; submitted and agreed to as far as I may. */
export async function pairing(wanted: PairingDraft): Promise<Pairing> {
  const known = (await call(z.array(Pairing), `/api/pairings?termId=${wanted.termId}`)).find(
    ({ master, remotes }) =>
      master.classGroup.id === wanted.masterClassGroupId &&
      remotes.some(({ classGroup: { id } }) => id === wanted.remotes[0]?.classGroupId),
  );
  const made = known ?? (await post(PairingSaved, '/api/pairings', wanted)).pairing;
  const path = `/api/pairings/${made.pairingId}/state`;
  if (made.state !== 'draft') return made;
  return (await post(PairingSaved, path, { act: 'submit', version: made.version })).pairing;
}

export async function approve({ pairingId, version, state }: Pairing): Promise<Pairing> {
  const path = `/api/pairings/${pairingId}/state`;
  return state === 'pending'
    ? (await post(PairingSaved, path, { act: 'approve', version })).pairing
    : await call(Pairing, `/api/pairings/${pairingId}`);
}
