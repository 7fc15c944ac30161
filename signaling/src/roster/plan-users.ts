import { Role } from '#protocol/domain.ts';
import { SEPARATE_ROLES, scopeOf } from '#protocol/office.ts';
import { codeCell, loginCell, nameCell } from './cells.ts';
import type { Entry } from './entry.ts';
import type { KnownPerson, RoleAt } from './existing.ts';
import { joinName } from './oneroster.ts';
import type { Planning } from './planning.ts';

/** OneRoster's roles; those that are only said in `metadata.roles` stand as the nearest of these. */
const ROLES: Record<string, Role> = {
  ...{ administrator: 'administrator', teacher: 'teacher', aide: 'assistant', student: 'student' },
};
const UNUSED = ['guardian', 'parent', 'relative', 'proctor'];
/** In `metadata.roles`: a child that belongs to a class and signs in nowhere. */
export const NO_ROLE = 'none';

/** What will be written of a person's roles. */
export interface RoleChanges {
  given: RoleAt[];
  taken: RoleAt[];
}

export function planUser(planning: Planning, entry: Entry): void {
  const { existing } = planning;
  const role = entry.cell('role').toLowerCase();
  if (UNUSED.includes(role)) entry.skip('role', 'notUsed');
  else if (!ROLES[role]) entry.refuse('role', role === '' ? 'required' : 'format');
  if (entry.fate !== 'unchanged') return;
  const [family, given] = [entry.cell('familyName'), entry.cell('givenName')];
  const name = nameCell(entry, family && !given ? 'familyName' : 'givenName', joinName(family, given));
  const toldLogin = loginCell(entry, 'username');
  const toldNumber = codeCell(entry, 'identifier');
  const places = entry
    .list('orgSourcedIds')
    .map((sourcedId) => planning.refer(entry, 'orgSourcedIds', 'orgs', sourcedId));
  if (entry.list('orgSourcedIds').length === 0) entry.refuse('orgSourcedIds', 'required');
  const home = places[0];
  if (!home || places.includes(null) || entry.fate !== 'unchanged') return;
  entry.label = name;
  planning.match(entry, 'users', () => planning.alike('users', [toldLogin], [home.id, toldNumber]));
  const known = entry.isNew ? undefined : existing.users.get(entry.id);
  // Logins are given here: a list that has none, or whose column is missing, takes nobody's away.
  const login = toldLogin ?? known?.login ?? null;
  const number = toldNumber ?? known?.number ?? null;
  const yourself = entry.id === planning.account.accountId;
  if (entry.refused) return;
  if (yourself && entry.toBeDeleted) entry.refuse('status', 'yourself');
  if (entry.refused || planning.archive(entry, known)) return;
  planning.claim(entry, 'username', login, planning.logins);
  const off = entry.cell('enabledUser').toLowerCase() === 'false';
  if (yourself && off) entry.refuse('enabledUser', 'yourself');
  const roles = planRoles(planning, entry, {
    known,
    role: ROLES[role]!,
    places: places.map((place) => place!.id),
  });
  const isNickname = entry.cell('metadata.nickname').toLowerCase() === 'true';
  if (known) comparePerson(planning, entry, known, { name, login, number, home: home.id, off, isNickname });
  entry.values = {
    ...{ organization_id: home.id, name, login, number, roles },
    is_nickname: 'metadata.nickname' in entry.raw.cells ? isNickname : (known?.isNickname ?? false),
    // Nobody is switched on again by a list: whoever switched them off had a reason.
    disabled: off || (known?.disabled ?? false),
  };
  entry.settle();
}

function comparePerson(
  planning: Planning,
  entry: Entry,
  known: KnownPerson,
  next: {
    name: string;
    login: string | null;
    number: string | null;
    home: string;
    off: boolean;
    isNickname: boolean;
  },
): void {
  entry.compare('name', known.name, next.name);
  entry.compare('username', known.login, next.login);
  entry.compare('identifier', known.number, next.number);
  if (known.organizationId !== next.home)
    entry.compare('orgSourcedIds', planning.nameOf(known.organizationId), placeName(planning, next.home));
  if ('metadata.nickname' in entry.raw.cells)
    entry.compare('metadata.nickname', String(known.isNickname), String(next.isNickname));
  if (next.off && !known.disabled) entry.changes.push({ field: 'enabledUser', from: 'true', to: 'false' });
  if (known.archived) entry.changes.push({ field: 'status', from: 'tobedeleted', to: 'active' });
}

/** Which roles a row gives and takes: without `metadata.roles` it only ever gives. */
function planRoles(
  planning: Planning,
  entry: Entry,
  { known, role, places }: { known: KnownPerson | undefined; role: Role; places: readonly string[] },
): RoleChanges {
  const exact = entry.cell('metadata.roles');
  const wanted =
    exact === '' ? places.map((organizationId) => ({ role, organizationId })) : readRoles(planning, entry);
  const has = known?.roles ?? [];
  const same = (one: RoleAt) => (other: RoleAt) =>
    one.role === other.role && one.organizationId === other.organizationId;
  const given = wanted.filter((one) => !has.some(same(one)));
  const taken =
    exact === ''
      ? []
      : has.filter((one) => planning.existing.orgs.has(one.organizationId) && !wanted.some(same(one)));
  const all = [...has.filter((one) => !taken.includes(one)), ...given].map((one) => one.role);
  if (new Set(all.filter((one) => SEPARATE_ROLES.includes(one))).size > 1)
    entry.refuse('role', 'separateRoles');
  // Who decides on access and who reads the audit is not for a list of an administrator's to say.
  if ([...given, ...taken].some((one) => one.role === 'security' || one.role === 'auditor'))
    entry.refuse('role', 'notYours');
  if (given.some((one) => one.role === 'administrator') && !scopeOf(planning.account.role, 'person.grant'))
    entry.refuse('role', 'notYours');
  if (entry.id === planning.account.accountId && taken.length > 0) entry.refuse('metadata.roles', 'yourself');
  if (known && (given.length > 0 || taken.length > 0))
    entry.changes.push({
      field: 'role',
      from: taken.map((one) => told(planning, one)).join('; '),
      to: given.map((one) => told(planning, one)).join('; '),
    });
  return { given, taken };
}

/** `teacher@<sourcedId>;researcher@<sourcedId>`, or `none`. */
function readRoles(planning: Planning, entry: Entry): RoleAt[] {
  const text = entry.cell('metadata.roles');
  if (text === NO_ROLE) return [];
  return text.split(';').flatMap((one) => {
    const [name = '', sourcedId = ''] = one.trim().split(/@(.*)/s);
    const role = Role.exclude(['classroom']).safeParse(name);
    const place = planning.refer(entry, 'metadata.roles', 'orgs', sourcedId);
    if (!role.success) entry.refuse('metadata.roles', 'format', one);
    return role.success && place ? [{ role: role.data, organizationId: place.id }] : [];
  });
}

const told = (planning: Planning, { role, organizationId }: RoleAt): string =>
  `${role}@${placeName(planning, organizationId)}`;

const placeName = (planning: Planning, organizationId: string): string =>
  planning.nameOf(organizationId) || organizationId;
