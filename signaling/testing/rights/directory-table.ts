import { type OfficeAction, scopeOf } from '#protocol/office.ts';
import { asSaid, body, office, officeList, type Rule, signedIn } from './rules.ts';

const version = body({ version: 1 });
const NAMED = { name: '走一走', version: 1 };
const at = (more: object): Pick<Rule, 'body'> => ({
  body: ({ organization }) => ({ organizationId: organization, ...more }),
});

/** What a place's own people may not do with the place itself: it is its bureau's matter. */
const fromAbove = (action: OfficeAction, more: Pick<Rule, 'body'>): Rule => {
  const rule = office(action, more);
  return {
    ...rule,
    expects: (walker, place) =>
      walker.at === 'school' && rule.expects(walker, place) === 'granted'
        ? 'hidden'
        : rule.expects(walker, place),
  };
};

/** Pupils' and colleagues' rows: a list says by its rows what somebody may see. */
const person = { params: { accountId: 'person' } } as const;
const GROUP = { name: '走一班', grade: '五年级' };
const COURSE = { title: '走一走', grade: '五年级', subject: '数学' };

/** The directory's routes; see `table.ts`. */
export const directoryRights: Record<string, Rule> = {
  'GET /api/organizations': officeList('directory.see'),
  'POST /api/organizations': office('directory.edit', {
    body: ({ organization }) => ({ parentId: organization, name: '走一走', kind: 'teachingPoint' }),
  }),
  'PUT /api/organizations/:organizationId': office('directory.edit', body({ ...NAMED, kind: 'school' })),
  'POST /api/organizations/:organizationId/move': fromAbove('directory.edit', {
    body: ({ organization }) => ({ parentId: organization, version: 1 }),
  }),
  'POST /api/organizations/:organizationId/archive': fromAbove('directory.edit', version),
  'POST /api/organizations/:organizationId/restore': fromAbove('directory.edit', version),
  'GET /api/people': officeList('person.see'),
  'GET /api/people/login': officeList('person.edit', { query: () => `name=${encodeURIComponent('王芳')}` }),
  'POST /api/people/bulk': asSaid(
    ({ account }) => (scopeOf(account.role, 'person.access') ? 'granted' : 'forbidden'),
    { placeless: true, body: (ids) => ({ accountIds: [ids.person], act: { kind: 'disable' } }) },
  ),
  'POST /api/people/lines': office('person.edit', at({ role: 'teacher', text: '王芳', dryRun: true })),
  'POST /api/directory/lines': office(
    'directory.edit',
    at({ of: 'classroom', text: '录播教室', dryRun: true }),
  ),
  'GET /api/people/:accountId': office('person.see', person),
  'POST /api/people': office('person.edit', {
    body: ({ organization }) => ({
      ...{ name: '走一走', organizationId: organization },
      roles: [{ role: 'teacher', organizationId: organization }],
    }),
  }),
  'PUT /api/people/:accountId': office('person.edit', { ...person, ...at({ ...NAMED, roles: [] }) }),
  'PUT /api/people/:accountId/roles': office('person.grant', {
    ...person,
    ...body({ roles: [], version: 1 }),
  }),
  'POST /api/people/:accountId/archive': office('person.edit', { ...person, ...version }),
  'POST /api/people/:accountId/restore': office('person.edit', { ...person, ...version }),
  'GET /api/classrooms': officeList('directory.see'),
  'POST /api/classrooms': office('directory.edit', at({ name: '走一室' })),
  'GET /api/classrooms/:classroomId': office('directory.see'),
  'PUT /api/classrooms/:classroomId': office('directory.edit', at(NAMED)),
  'POST /api/classrooms/:classroomId/archive': office('directory.edit', version),
  'POST /api/classrooms/:classroomId/restore': office('directory.edit', version),
  'GET /api/class-groups': officeList('directory.see'),
  'POST /api/class-groups': office('directory.edit', at(GROUP)),
  'POST /api/class-groups/promote': office('directory.edit', {
    body: ({ classGroup }) => ({ classGroupIds: [classGroup], dryRun: true }),
  }),
  'GET /api/class-groups/:classGroupId': office('directory.see'),
  'PUT /api/class-groups/:classGroupId': office('directory.edit', at({ ...GROUP, version: 1 })),
  'POST /api/class-groups/:classGroupId/archive': office('directory.edit', version),
  'POST /api/class-groups/:classGroupId/restore': office('directory.edit', version),
  'GET /api/class-groups/:classGroupId/members': office('person.edit'),
  'PUT /api/class-groups/:classGroupId/members/:accountId': office('person.edit', person),
  'DELETE /api/class-groups/:classGroupId/members/:accountId': office('person.edit', person),
  'GET /api/courses': officeList('directory.see'),
  'POST /api/courses': office('directory.edit', at(COURSE)),
  'GET /api/courses/:courseId': office('directory.see'),
  'PUT /api/courses/:courseId': office('directory.edit', at({ ...COURSE, version: 1 })),
  'POST /api/courses/:courseId/archive': office('directory.edit', version),
  'POST /api/courses/:courseId/restore': office('directory.edit', version),
  'GET /api/reference': signedIn(),
  'POST /api/reference': officeList('directory.edit', body({ kind: 'subject', name: '走路' })),
  'POST /api/reference/archive': officeList('directory.edit', body({ kind: 'subject', name: '数学' })),
  'POST /api/reference/restore': officeList('directory.edit', body({ kind: 'subject', name: '数学' })),
};
