import { scopeOf } from '#protocol/office.ts';
import { asSaid, body, office, officeList, type Rule, signedIn } from './rules.ts';

const CLASSROOM_ONLY = asSaid(({ account }) => (account.kind === 'classroom' ? 'granted' : 'forbidden'), {
  placeless: true,
});

/** An import of somebody's own: the walkers have none. */
const OWN_IMPORT = asSaid(
  ({ account }) => (scopeOf(account.role, 'roster.import') ? 'hidden' : 'forbidden'),
  {
    placeless: true,
    params: { importId: { fixed: 'roster-import-of-none0' } },
  },
);

/** The office's routes, one line each; see `table.ts`. */
export const officeRights: Record<string, Rule> = {
  'GET /api/classrooms/:classroomId/devices': office('classroom.pair'),
  'POST /api/classrooms/:classroomId/pairing-code': office('classroom.pair'),
  'DELETE /api/classrooms/:classroomId/pairing-code': office('classroom.pair'),
  'PUT /api/devices/:deviceId': office('classroom.pair', body({ name: '一体机' })),
  'DELETE /api/devices/:deviceId': office('classroom.pair'),
  'POST /api/pair': asSaid(() => 'seen', {
    anonymous: 'seen',
    placeless: true,
    onlyFor: ['classroom'],
    ...body({ code: '000000' }),
  }),
  'GET /api/room/screen': CLASSROOM_ONLY,
  'POST /api/room/here': CLASSROOM_ONLY,
  'GET /api/readiness': signedIn({ query: ({ lesson }) => `lessons=${lesson}` }),
  'POST /api/roster/imports': office('roster.import', {
    body: ({ organization }) => ({ organizationId: organization }),
  }),
  'PUT /api/roster/imports/:importId/files/:name': {
    ...OWN_IMPORT,
    params: { ...OWN_IMPORT.params, name: { fixed: 'users.csv' } },
  },
  'POST /api/roster/imports/:importId/plan': OWN_IMPORT,
  'GET /api/roster/imports/:importId': OWN_IMPORT,
  'GET /api/roster/imports/:importId/rows': OWN_IMPORT,
  'POST /api/roster/imports/:importId/apply': OWN_IMPORT,
  'DELETE /api/roster/imports/:importId': OWN_IMPORT,
  'GET /api/roster/export': office('roster.export', {
    query: ({ organization }) => `organization=${organization}`,
  }),
  'GET /api/roster/template': officeList('roster.import'),
  'GET /api/notices': signedIn(),
  'POST /api/notices/read': signedIn(body({ noticeIds: ['A'.repeat(22)] })),
};
