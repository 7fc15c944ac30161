import type { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { RosterKind } from '#protocol/roster.ts';
import type { Db } from '../database/database.ts';
import { writeCsv } from './csv-text.ts';
import { type Existing, readExisting } from './existing.ts';
import { ALL_FILES, COLUMNS, gradeCode, HOMEROOM, idOfOwn, ownSourcedId, splitName } from './oneroster.ts';
import { NO_ROLE } from './plan-users.ts';

type Row = Record<string, string>;
export type RosterTables = Record<RosterKind, string[][]>;

/** What is at an organization and below it, without what is archived, as OneRoster's tables. */
export async function exportTables(db: Db, rootId: string): Promise<RosterTables> {
  const existing = await readExisting(db, rootId);
  const names = new Map([...existing.external].map(([name, id]) => [`${name.split(' ', 1)[0]} ${id}`, name]));
  const sourcedId = (kind: RosterKind, id: string) =>
    names.get(`${kind} ${id}`)?.slice(kind.length + 1) ?? ownSourcedId(id);
  const rows = rowsOf(existing, sourcedId);
  const table = (kind: RosterKind) =>
    rows[kind].map((row) => COLUMNS[kind].map((column) => row[column] ?? '')).sort(bySourcedId);
  return Object.fromEntries(RosterKind.options.map((kind) => [kind, table(kind)])) as RosterTables;
}

const bySourcedId = ([one = '']: string[], [other = '']: string[]) =>
  one < other ? -1 : one > other ? 1 : 0;

function rowsOf(
  existing: Existing,
  sourcedId: (kind: RosterKind, id: string) => string,
): Record<RosterKind, Row[]> {
  const here = <T extends { archived: boolean }>(all: ReadonlyMap<string, T>) =>
    [...all.values()].filter(({ archived }) => !archived);
  const org = (id: string) => sourcedId('orgs', id);
  const classes = here(existing.classes).filter(
    ({ organizationId }) => !existing.orgs.get(organizationId)?.archived,
  );
  const schools = new Set(classes.map(({ organizationId }) => organizationId));
  const people = new Map(here(existing.users).map((person) => [person.id, person]));
  return {
    orgs: here(existing.orgs).map(({ id, parentId, kind, name, code }) => ({
      ...{
        sourcedId: org(id),
        name,
        type: kind === 'bureau' ? 'district' : 'school',
        identifier: code ?? '',
      },
      parentSourcedId: parentId && id !== existing.rootId ? org(parentId) : '',
    })),
    academicSessions: [...existing.academicSessions.values()].map((term) => ({
      ...{ sourcedId: sourcedId('academicSessions', term.id), title: term.name, type: 'semester' },
      ...{ startDate: term.startsOn, endDate: term.endsOn, schoolYear: schoolYearOf(term.startsOn) },
      'metadata.orgSourcedId': org(term.organizationId),
    })),
    courses: [
      ...here(existing.courses).map((course) => ({
        ...{
          sourcedId: sourcedId('courses', course.id),
          title: course.title,
          orgSourcedId: org(course.organizationId),
        },
        ...{ subjects: course.subject, grades: gradeCode(course.grade) },
        ...{ 'metadata.stage': course.stage ?? '', 'metadata.textbook': course.textbook ?? '' },
      })),
      ...[...schools].map((id) => ({
        ...{ sourcedId: homeroomOf(org(id)), title: '班级', courseCode: HOMEROOM, orgSourcedId: org(id) },
      })),
    ],
    users: [...people.values()].map((person) => userRow(existing, person, sourcedId)),
    classes: classes.map((group) => ({
      ...{ sourcedId: sourcedId('classes', group.id), title: group.name, grades: gradeCode(group.grade) },
      ...{ courseSourcedId: homeroomOf(org(group.organizationId)), classType: 'homeroom' },
      location: (group.classroomId && existing.roomNames.get(group.classroomId)) || '',
      schoolSourcedId: org(group.organizationId),
      termSourcedIds: termsAt(existing, group.organizationId)
        .map(({ id }) => sourcedId('academicSessions', id))
        .join(','),
      ...{
        'metadata.stage': group.stage ?? '',
        'metadata.enrolledYear': group.enrolledYear?.toString() ?? '',
      },
    })),
    enrollments: enrollmentRows(existing, { classes, people, sourcedId }),
  };
}

/** The standard wants a username of everybody: the same one for the same row, wherever it is exported. */
const nobodysLogin = (name: string): string => (idOfOwn(name) === null ? ownSourcedId(name) : name);

/** Terms of an organization and of those above it, as far as they are exported. */
function termsAt({ orgs, academicSessions }: Existing, organizationId: string) {
  const above = new Set<string>();
  for (let at: string | null = organizationId; at !== null; at = orgs.get(at)?.parentId ?? null)
    above.add(at);
  return [...academicSessions.values()].filter((term) => above.has(term.organizationId));
}

function userRow(
  existing: Existing,
  person: Existing['users'] extends Map<string, infer P> ? P : never,
  sourcedId: (kind: RosterKind, id: string) => string,
): Row {
  const org = (id: string) => sourcedId('orgs', id);
  const roles = person.roles.filter(({ organizationId }) => existing.orgs.has(organizationId));
  const places = new Set([person.organizationId, ...roles.map(({ organizationId }) => organizationId)]);
  return {
    ...{ sourcedId: sourcedId('users', person.id), enabledUser: String(!person.disabled) },
    ...{ orgSourcedIds: [...places].map(org).join(','), role: nearestRole(roles[0]?.role) },
    ...{
      username: person.login ?? nobodysLogin(sourcedId('users', person.id)),
      identifier: person.number ?? '',
      ...splitName(person.name),
    },
    'metadata.roles':
      roles.map(({ role, organizationId }) => `${role}@${org(organizationId)}`).join(';') || NO_ROLE,
    'metadata.nickname': person.isNickname ? 'true' : '',
  };
}

/** OneRoster has few roles; what somebody really is stands in `metadata.roles`. */
function nearestRole(role: string | undefined): string {
  if (role === 'teacher' || role === 'researcher') return 'teacher';
  if (role === 'assistant' || role === 'operator') return 'aide';
  return role === undefined || role === 'student' ? 'student' : 'administrator';
}

function enrollmentRows(
  existing: Existing,
  {
    classes,
    people,
    sourcedId,
  }: {
    classes: readonly { id: string; organizationId: string; headTeacherId: string | null }[];
    people: ReadonlyMap<string, unknown>;
    sourcedId: (kind: RosterKind, id: string) => string;
  },
): Row[] {
  const groups = new Map(classes.map((group) => [group.id, group]));
  const row = (classId: string, accountId: string, role: 'student' | 'teacher'): Row[] => {
    const group = groups.get(classId);
    if (!group || !people.has(accountId)) return [];
    const [classSourcedId, userSourcedId] = [sourcedId('classes', classId), sourcedId('users', accountId)];
    return [
      {
        // Only what it joins names an enrolment: the same pair has the same name, wherever it is exported.
        ...{ sourcedId: `${classSourcedId}.${userSourcedId}${role === 'teacher' ? '.head' : ''}` },
        ...{ classSourcedId, userSourcedId, schoolSourcedId: sourcedId('orgs', group.organizationId) },
        ...{ role, primary: role === 'teacher' ? 'true' : 'false' },
      },
    ];
  };
  const heads = classes.flatMap(({ id, headTeacherId }) =>
    headTeacherId ? row(id, headTeacherId, 'teacher') : [],
  );
  const members = [...existing.members].flatMap((both) => {
    const [classId = '', accountId = ''] = both.split(' ');
    return row(classId, accountId, 'student');
  });
  return [...heads, ...members];
}

const homeroomOf = (organization: string) => `${organization}.homeroom`;

/** OneRoster names a school year by the year in which it ends. */
const schoolYearOf = (startsOn: string): string => {
  const [year = 0, month = 1] = startsOn.split('-').map(Number);
  return String(month >= 8 ? year + 1 : year);
};

/** The tables as one zip, with their manifest. @param excel with the mark by which Excel knows UTF-8 */
export function zipTables(
  tables: RosterTables,
  { excel, system }: { excel: boolean; system: string },
): Readable {
  const zip = new ZipFile();
  const add = (name: string, text: string) =>
    zip.addBuffer(Buffer.from(excel ? `\ufeff${text}` : text), name);
  add('manifest.csv', manifest(system));
  for (const kind of RosterKind.options) add(`${kind}.csv`, writeCsv(COLUMNS[kind], tables[kind]));
  zip.end();
  return zip.outputStream as Readable;
}

export function manifest(system: string): string {
  const here = new Set<string>(RosterKind.options);
  return writeCsv(
    ['propertyName', 'value'],
    [
      ['manifest.version', '1.0'],
      ['oneroster.version', '1.1'],
      ...ALL_FILES.map((name) => [`file.${name}`, here.has(name) ? 'bulk' : 'absent']),
      ['source.systemName', system],
      ['source.systemCode', 'three-classrooms'],
    ],
  );
}
