import type { RosterKind } from '#protocol/roster.ts';

/**
 * The columns of OneRoster 1.1's files, in the standard's order, and after them what only this platform knows, as the
 * standard has it: `metadata.…`. See "OneRoster: CSV Tables" 1.1.1 of 1EdTech.
 */
export const COLUMNS: Record<RosterKind, readonly string[]> = {
  orgs: ['sourcedId', 'status', 'dateLastModified', 'name', 'type', 'identifier', 'parentSourcedId'],
  academicSessions: [
    ...['sourcedId', 'status', 'dateLastModified', 'title', 'type', 'startDate', 'endDate'],
    ...['parentSourcedId', 'schoolYear', 'metadata.orgSourcedId'],
  ],
  courses: [
    ...['sourcedId', 'status', 'dateLastModified', 'schoolYearSourcedId', 'title', 'courseCode', 'grades'],
    ...['orgSourcedId', 'subjects', 'subjectCodes', 'metadata.stage', 'metadata.textbook'],
  ],
  users: [
    ...[
      'sourcedId',
      'status',
      'dateLastModified',
      'enabledUser',
      'orgSourcedIds',
      'role',
      'username',
      'userIds',
    ],
    ...['givenName', 'familyName', 'middleName', 'identifier', 'email', 'sms', 'phone', 'agentSourcedIds'],
    ...['grades', 'password', 'metadata.roles', 'metadata.nickname'],
  ],
  classes: [
    ...[
      'sourcedId',
      'status',
      'dateLastModified',
      'title',
      'grades',
      'courseSourcedId',
      'classCode',
      'classType',
    ],
    ...['location', 'schoolSourcedId', 'termSourcedIds', 'subjects', 'subjectCodes', 'periods'],
    ...['metadata.stage', 'metadata.enrolledYear'],
  ],
  enrollments: [
    ...[
      'sourcedId',
      'status',
      'dateLastModified',
      'classSourcedId',
      'schoolSourcedId',
      'userSourcedId',
      'role',
    ],
    ...['primary', 'beginDate', 'endDate'],
  ],
};

/** Without these nothing can be made of a file. */
export const NEEDED: Record<RosterKind, readonly string[]> = {
  orgs: ['sourcedId', 'name', 'type'],
  academicSessions: ['sourcedId', 'title', 'type', 'startDate', 'endDate'],
  courses: ['sourcedId', 'title', 'orgSourcedId'],
  users: ['sourcedId', 'orgSourcedIds', 'role', 'givenName', 'familyName'],
  classes: ['sourcedId', 'title', 'schoolSourcedId'],
  enrollments: ['classSourcedId', 'userSourcedId', 'role'],
};

/** Every file that OneRoster 1.1 knows; the manifest says of each whether it is there. */
export const ALL_FILES = [
  ...['academicSessions', 'categories', 'classes', 'classResources', 'courses', 'courseResources'],
  ...['demographics', 'enrollments', 'lineItems', 'orgs', 'resources', 'results', 'users'],
];

/** A course that stands for a class as such: OneRoster's classes always belong to a course. */
export const HOMEROOM = 'HOMEROOM';

/** Before the id of a row that no other system has named: such a name never looks like a formula. */
const OWN = 'tc-';
export const ownSourcedId = (id: string): string => OWN + id;
export const idOfOwn = (sourcedId: string): string | null =>
  sourcedId.startsWith(OWN) ? sourcedId.slice(OWN.length) : null;

const GRADES = [
  ...['一年级', '二年级', '三年级', '四年级', '五年级', '六年级', '七年级', '八年级', '九年级'],
  ...['高一', '高二', '高三'],
];
/** CEDS codes (`05`) are what OneRoster says for grades; a platform's own words pass as they are. */
export const gradeOf = (code: string): string =>
  /^\d{1,2}$/.test(code) ? (GRADES[Number(code) - 1] ?? code) : code;
export const gradeCode = (grade: string): string => {
  const at = GRADES.indexOf(grade);
  return at < 0 ? grade : String(at + 1).padStart(2, '0');
};

export function stageOfGrade(grade: string): string | null {
  const at = GRADES.indexOf(grade);
  return at < 0 ? null : at < 6 ? '小学' : at < 9 ? '初中' : '高中';
}

/** Surnames of two characters; all other Chinese surnames are of one. */
const DOUBLE =
  /^(欧阳|上官|司马|诸葛|夏侯|皇甫|尉迟|公孙|慕容|令狐|宇文|长孙|司徒|司空|东方|独孤|南宫|西门|端木|百里|呼延|申屠|轩辕)/;
const HAN = /^\p{Script=Han}+$/u;

/** A name in OneRoster's two parts; put together by {@link joinName} they are the name again. */
export function splitName(name: string): { familyName: string; givenName: string } {
  if (HAN.test(name)) {
    const family = DOUBLE.test(name) && name.length > 2 ? 2 : 1;
    return { familyName: name.slice(0, family), givenName: name.slice(family) };
  }
  const space = name.lastIndexOf(' ');
  if (space < 0 || HAN.test(name.slice(0, space)) || HAN.test(name.slice(space + 1)))
    return { familyName: '', givenName: name };
  return { familyName: name.slice(space + 1), givenName: name.slice(0, space) };
}

/** As it is written: 王小明, but Mary Smith. */
export function joinName(familyName: string, givenName: string): string {
  if (!familyName || !givenName) return familyName || givenName;
  return HAN.test(familyName) || HAN.test(givenName)
    ? `${familyName}${givenName}`
    : `${givenName} ${familyName}`;
}
