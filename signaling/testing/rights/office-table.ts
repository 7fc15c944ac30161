import { asSaid, body, office, type Rule, signedIn } from './rules.ts';

const CLASSROOM_ONLY = asSaid(({ account }) => (account.kind === 'classroom' ? 'granted' : 'forbidden'), {
  placeless: true,
});

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
};
