import type { Role } from '#protocol/domain.ts';
import { type LessonRole, mayResource } from '#protocol/permission.ts';
import { PROMISE_TEXT } from '#protocol/review.ts';
import { directoryRights } from './directory-table.ts';
import { officeRights } from './office-table.ts';
import type { Walker } from './places.ts';
import {
  anybody,
  asSaid,
  body,
  lesson,
  lessonRoleOf,
  type Outcome,
  othersOwn,
  type Rule,
  resource,
  resourceRoleOf,
  roles,
  signedIn,
} from './rules.ts';
import { signInRights } from './sign-in-table.ts';
import { timetableRights } from './timetable-table.ts';

/*
 * Every route of the application and what the permission table says of it; the walk refuses a route without a line.
 * A line says by which rule it goes (`rules.ts`) and, where it changes something, with a body that would be carried
 * out: a request that is refused for its form says nothing about rights. Routes of the office: `office-table.ts`.
 */

const BRINGS_IN: readonly Role[] = ['administrator', 'researcher', 'teacher', 'assistant', 'operator'];
const seen = { version: 1 };
const clip = (recordingId: string, lessonId: string) => ({ recordingId, lessonId, fromMs: 0, toMs: 1_000 });
const NOTE = body({ atMs: 0, text: '很好' });
const CAPTIONS = {
  body: () => 'WEBVTT\n\n00:00.000 --> 00:01.000\n好\n',
  headers: { 'content-type': 'text/vtt' },
  query: () => 'version=0&label=x',
};
const HERE = { fixed: 'A'.repeat(22) };
const LANGUAGE = { language: { fixed: 'zh-CN' }, name: { fixed: 'zh-CN' } };
const OF_LESSON = { subjectId: 'recordedLesson', lessonId: 'recordedLesson' } as const;
const OF_RESOURCE = { subjectId: 'resource' } as const;

/** Who watches a replay and may do something with its captions or comments; others see it but not this. */
const atLesson = (action: Parameters<typeof lesson>[0], more: Parameters<typeof lesson>[1] = {}) =>
  lesson(action, { ...more, params: { ...OF_LESSON, ...more.params } });
const atResource = (action: Parameters<typeof resource>[0], more: Parameters<typeof resource>[1] = {}) =>
  resource(action, { ...more, params: { ...OF_RESOURCE, ...more.params } });

/** Of an open lesson's public stream: who sees the lesson and is one of these. */
const byRights = (has: (role: LessonRole) => boolean, more: Parameters<typeof asSaid>[1] = {}): Rule =>
  asSaid((walker, place) => {
    const role = lessonRoleOf(walker, place);
    if (role === 'stranger') return 'hidden';
    return has(role) ? 'granted' : 'seen';
  }, more);
/** There is none in this world: it is not there for anybody. */
const toNobody = (more: Parameters<typeof asSaid>[1] = {}): Rule => asSaid(() => 'hidden', more);
/** Of a programme nobody: what recordings say is changed at their lessons. */
const toNobodysCaptions = (more: Parameters<typeof asSaid>[1] = {}): Rule =>
  asSaid((walker, place) => (resourceRoleOf(walker, place) === 'stranger' ? 'hidden' : 'seen'), {
    ...more,
    params: { ...OF_RESOURCE, ...LANGUAGE },
  });
/** Author and reviewers. */
const concerned = (more: Parameters<typeof asSaid>[1] = {}): Rule =>
  asSaid((walker, place) => (resourceRoleOf(walker, place) === 'stranger' ? 'hidden' : 'granted'), more);
/** Another's upload, another's list. */
const [upload, playlist] = [toNobody, toNobody];
/** Of one's own organization, though nothing of it is published. */
const near = asSaid(({ at }, place) => (at === 'school' && place === 'own' ? 'granted' : 'hidden'), {
  anonymous: 'hidden',
});
const QUESTION = body({ question: { kind: 'trueFalse', text: '', by: 'room' }, right: null });
/** Who teaches the course, or at its school. */
const keepsQuestions = (more: Parameters<typeof asSaid>[1] = {}): Rule =>
  asSaid(
    ({ account, at }, place) =>
      at === 'school' &&
      place === 'own' &&
      ['teacher', 'classroom', 'operator', 'administrator'].includes(account.role)
        ? 'granted'
        : 'forbidden',
    more,
  );
/** A bureau's list, by its administrator. */
const keepsWords = ({ account, at }: Walker): Outcome =>
  account.role === 'administrator' && at === 'bureau' ? 'granted' : 'forbidden';

const lessons: Record<string, Rule> = {
  'GET /api/lessons': signedIn(),
  'GET /api/lessons/:lessonId': lesson('lesson.see'),
  'POST /api/lessons/:lessonId/state': lesson('lesson.start', body({ to: 'live' })),
  'POST /api/lessons/:lessonId/ingest-keys': lesson('lesson.ingest'),
  'POST /api/lessons/:lessonId/demo': lesson('lesson.demo'),
  'GET /api/lessons/:lessonId/timeline': lesson('timeline.read'),
  'GET /api/lessons/:lessonId/roster': lesson('class.rollCall'),
  'POST /api/lessons/:lessonId/documents': lesson('board.upload'),
  'GET /api/lessons/:lessonId/recording': lesson('record.control'),
  'PUT /api/lessons/:lessonId/recording': lesson('record.control', body({ policy: 'off' })),
  'GET /api/lessons/:lessonId/replay': atLesson('replay.watch'),
  'GET /api/lessons/:lessonId/exports': atLesson('lesson.export'),
  'POST /api/lessons/:lessonId/exports': atLesson('lesson.export', body({ what: 'programme' })),
  'GET /media/courseware/:lessonId/:documentId/:file': lesson('timeline.read', {
    params: { documentId: HERE, file: { fixed: 'pages.pdf' } },
    nothing: 404,
  }),
  'GET /api/lessons/:lessonId/edit': asSaid(
    (walker, place) => {
      const role = resourceRoleOf(walker, place);
      if (mayResource(role, 'resource.edit')) return 'granted';
      return mayResource(role, 'resource.see') ? 'seen' : 'hidden';
    },
    { params: OF_LESSON },
  ),
  'GET /api/lessons/:lessonId/live-stream': lesson('lesson.see'),
  'PUT /api/lessons/:lessonId/live-stream': byRights(
    (role) => ['presenter', 'administrator', 'operator'].includes(role),
    {
      ...body({ enabled: true, delaySeconds: 30 }),
    },
  ),
  'POST /api/lessons/:lessonId/live-stream/approve': byRights(
    (role) => role === 'administrator',
    body({ approved: true }),
  ),
  'POST /api/lessons/:lessonId/live-stream/stop': byRights(
    (role) => ['presenter', 'administrator', 'operator'].includes(role),
    body({ stopped: true }),
  ),
  'GET /api/live/:lessonId': toNobody({ anonymous: 'hidden' }),
  'GET /media/live/:lessonId/:trackId/*path': toNobody({
    anonymous: 'hidden',
    refusal: 409,
    params: { trackId: HERE, path: { fixed: 'master.m3u8' } },
  }),
  'GET /api/lessons/:subjectId/captions': atLesson('replay.watch'),
  'GET /api/lessons/:subjectId/captions/:name': atLesson('replay.watch', {
    params: LANGUAGE,
    nothing: 404,
  }),
  'PUT /api/lessons/:subjectId/captions/:language': atLesson('caption.edit', {
    ...CAPTIONS,
    params: LANGUAGE,
  }),
  'DELETE /api/lessons/:subjectId/captions/:language': atLesson('caption.edit', { params: LANGUAGE }),
  'POST /api/lessons/:subjectId/captions/:language/restore': atLesson('caption.edit', { params: LANGUAGE }),
  'GET /api/lessons/:subjectId/notes': atLesson('replay.watch'),
  'GET /api/lessons/:subjectId/notes.md': atLesson('replay.watch'),
  'POST /api/lessons/:subjectId/notes': atLesson('replay.watch', NOTE),
  'PUT /api/lessons/:subjectId/notes/:noteId': atLesson('replay.watch', {
    ...NOTE,
    params: { noteId: HERE },
  }),
  'DELETE /api/lessons/:subjectId/notes/:noteId': atLesson('replay.watch', { params: { noteId: HERE } }),
  'POST /api/lessons/:subjectId/notes/:noteId/restore': atLesson('replay.watch', {
    params: { noteId: HERE },
  }),
  'GET /api/lessons/:subjectId/comments': atLesson('replay.watch'),
  'POST /api/lessons/:subjectId/comments': atLesson('comment.write', NOTE),
  'POST /api/lessons/:subjectId/comments/:commentId/approve': atLesson('comment.moderate', {
    params: { commentId: HERE },
  }),
  'DELETE /api/lessons/:subjectId/comments/:commentId': atLesson('replay.watch', {
    params: { commentId: HERE },
  }),
  'POST /api/lessons/:subjectId/comments/:commentId/restore': atLesson('replay.watch', {
    params: { commentId: HERE },
  }),
  'GET /api/lessons/:subjectId/progress': atLesson('replay.watch'),
  'POST /api/lessons/:subjectId/progress': atLesson(
    'replay.watch',
    body({ positionMs: 1, watchedMs: 1, durationMs: 9 }),
  ),
};

const resources: Record<string, Rule> = {
  'GET /api/resources/mine': signedIn(),
  'GET /api/resources/review': signedIn(),
  'GET /api/resources/:resourceId': resource('resource.see', { anonymous: 'hidden' }),
  'GET /api/resources/:resourceId/replay': resource('resource.watch', { anonymous: 'hidden' }),
  'GET /api/resources/:resourceId/timeline': resource('resource.watch', {
    anonymous: 'hidden',
    query: ({ recording }) => `recordingId=${recording}`,
  }),
  'POST /api/resources/:resourceId/stream': resource('resource.watch', { anonymous: 'hidden' }),
  'GET /api/resources/:resourceId/files': resource('resource.see', { anonymous: 'hidden', nothing: 409 }),
  'GET /api/resources/:resourceId/metadata': resource('resource.see', { anonymous: 'hidden' }),
  'POST /api/resources/:resourceId/text': resource(
    'resource.edit',
    body({ ...seen, title: '课', description: '' }),
  ),
  'POST /api/resources/:resourceId/submit': resource(
    'resource.submit',
    body({ ...seen, name: '陈静', promise: PROMISE_TEXT, reach: 'school', licence: 'reserved' }),
  ),
  'POST /api/resources/:resourceId/publish': resource(
    'resource.publish',
    body({ ...seen, reach: 'school', licence: 'reserved' }),
  ),
  'POST /api/resources/:resourceId/withdraw': resource('resource.withdraw', body({ ...seen, reason: '旧' })),
  'POST /api/resources/:resourceId/revise': resource('resource.edit', body(seen)),
  'POST /api/resources/:resourceId/keep': resource('resource.withdraw', body({ months: 6 })),
  'DELETE /api/resources/:resourceId': resource('resource.delete', body({ ...seen, why: '旧' })),
  'GET /api/resources/:resourceId/exports': resource('resource.export'),
  'POST /api/resources/:resourceId/exports': resource('resource.export', body({ what: 'programme' })),
  'GET /api/resources/:resourceId/edit': resource('resource.edit'),
  'GET /api/resources/:resourceId/edit/sources': resource('resource.edit'),
  'GET /api/resources/:resourceId/versions': resource('resource.edit'),
  'POST /api/resources/:resourceId/versions': resource('resource.edit', body({ seen: 1, version: 1 })),
  'PUT /api/resources/:resourceId/programme': resource('resource.edit', {
    body: ({ recording, recordedLesson }) => ({
      seen: 1,
      programme: { clips: [clip(recording, recordedLesson)], hiddenTrackIds: [], shots: null },
    }),
  }),
  'POST /api/resources/:resourceId/split': resource('resource.edit', {
    body: ({ recording, recordedLesson }) => ({
      seen: 1,
      parts: [{ title: '微课', clips: [clip(recording, recordedLesson)] }],
    }),
  }),
  'GET /api/resources/:resourceId/edit/sources/:recordingId': resource('resource.edit'),
  'GET /api/resources/:resourceId/edit/timelines/:recordingId': resource('resource.edit'),
  'GET /api/resources/:resourceId/review': concerned(),
  'GET /api/resources/:resourceId/missing': concerned({ query: () => 'reach=school' }),
  'POST /api/resources/:resourceId/remarks': concerned(body({ text: '好', atMs: null })),
  'POST /api/resources/:resourceId/remarks/:remarkId': concerned({
    ...body({ done: true }),
    params: { remarkId: HERE },
  }),
  'POST /api/resources/:resourceId/decision': asSaid(
    (walker, place) => {
      const role = resourceRoleOf(walker, place);
      if (role === 'school' || role === 'bureau') return 'granted';
      return role === 'author' ? 'seen' : 'hidden';
    },
    body({ ...seen, decision: 'pass' }),
  ),
  'POST /api/resources/:resourceId/unlock': resource('resource.see', {
    ...body({ password: 'none' }),
    anonymous: 'hidden',
    onlyFor: ['student', 'assistant'],
  }),
  'POST /api/resources/:resourceId/take-out': toNobody(),
  'GET /api/resources/:resourceId/proof': toNobody(),
  'GET /api/exports/:exportId': toNobody({ params: { exportId: HERE } }),
  'POST /api/exports/:exportId/cancel': toNobody({ params: { exportId: HERE } }),
  'POST /api/exports/:exportId/retry': toNobody({ params: { exportId: HERE } }),
  'GET /api/consent': roles(['administrator']),
  'POST /api/consent': asSaid(
    ({ account, at }, place) => {
      if (account.role !== 'administrator') return 'forbidden';
      return place === 'own' || (at === 'bureau' && place === 'sibling') ? 'granted' : 'hidden';
    },
    { body: ({ classGroup }) => ({ classGroupIds: [classGroup], scope: 'school' }) },
  ),
  'GET /api/retention': signedIn(),
  'PUT /api/retention/rules': roles(
    ['administrator'],
    body({ mode: 'delivery', months: 12, after: 'remind' }),
  ),
  'PUT /api/resources/:subjectId/captions/:language': toNobodysCaptions(CAPTIONS),
  'DELETE /api/resources/:subjectId/captions/:language': toNobodysCaptions(),
  'POST /api/resources/:subjectId/captions/:language/restore': toNobodysCaptions(),
  'GET /api/resources/:subjectId/captions': atResource('resource.watch', { anonymous: 'hidden' }),
  'GET /api/resources/:subjectId/captions/:name': atResource('resource.watch', {
    anonymous: 'hidden',
    params: LANGUAGE,
    nothing: 404,
  }),
  'GET /api/resources/:subjectId/notes': atResource('resource.watch'),
  'GET /api/resources/:subjectId/notes.md': atResource('resource.watch'),
  'POST /api/resources/:subjectId/notes': atResource('resource.watch', NOTE),
  'PUT /api/resources/:subjectId/notes/:noteId': atResource('resource.watch', {
    ...NOTE,
    params: { noteId: HERE },
  }),
  'DELETE /api/resources/:subjectId/notes/:noteId': atResource('resource.watch', {
    params: { noteId: HERE },
  }),
  'POST /api/resources/:subjectId/notes/:noteId/restore': atResource('resource.watch', {
    params: { noteId: HERE },
  }),
  'GET /api/resources/:subjectId/comments': atResource('resource.watch'),
  'POST /api/resources/:subjectId/comments': atResource('resource.comment', NOTE),
  'POST /api/resources/:subjectId/comments/:commentId/approve': atResource('resource.moderate', {
    params: { commentId: HERE },
  }),
  'DELETE /api/resources/:subjectId/comments/:commentId': atResource('resource.watch', {
    params: { commentId: HERE },
  }),
  'POST /api/resources/:subjectId/comments/:commentId/restore': atResource('resource.watch', {
    params: { commentId: HERE },
  }),
  'GET /api/resources/:subjectId/progress': atResource('resource.watch'),
  'POST /api/resources/:subjectId/progress': atResource(
    'resource.watch',
    body({ positionMs: 1, watchedMs: 1, durationMs: 9 }),
  ),
};

const library: Record<string, Rule> = {
  'GET /api/library/search': anybody(),
  'GET /api/library/suggestions': anybody({ query: () => 'q=x' }),
  'GET /api/library/catalogue': anybody(),
  'GET /api/library/resources/:resourceId/related': resource('resource.see', { anonymous: 'hidden' }),
  'POST /api/library/resources/:resourceId/plays': resource('resource.watch', { anonymous: 'hidden' }),
  'POST /api/library/reindex': roles(['administrator']),
  'GET /api/library/favourites': signedIn(),
  'PUT /api/library/favourites/:resourceId': resource('resource.see'),
  'DELETE /api/library/favourites/:resourceId': signedIn(),
  'GET /api/library/playlists': signedIn(),
  'POST /api/library/playlists': signedIn(body({ title: '我的' })),
  'POST /api/library/known': roles(BRINGS_IN, body({ name: 'x.pdf', bytes: 9, sha256: '0'.repeat(64) })),
  'GET /api/library/intakes': signedIn(),
  'GET /api/library/package': resource('resource.export', { query: ({ resource }) => `ids=${resource}` }),
  'GET /api/progress': signedIn(),
  'POST /api/library/uploads': roles(BRINGS_IN, {
    headers: { 'tus-resumable': '1.0.0', 'upload-length': '9', 'upload-metadata': 'filename eC5wZGY=' },
  }),
  'HEAD /api/library/uploads/:intakeId': upload(),
  'PATCH /api/library/uploads/:intakeId': upload(),
  'DELETE /api/library/uploads/:intakeId': upload(),
  'GET /api/library/intakes/:intakeId': upload(),
  'POST /api/library/intakes/:intakeId/proof': upload(body({ sha256: '0'.repeat(64) })),
  'POST /api/library/intakes/:intakeId/retry': upload(),
  'POST /api/library/intakes/:intakeId/withdraw': upload(),
  'POST /api/library/intakes/catalogue': othersOwn({
    body: ({ intake }) => ({ intakeIds: [intake], title: '课' }),
  }),
  'GET /api/library/packages/:intakeId': upload(),
  'POST /api/library/packages/:intakeId/import': upload(body({})),
  'GET /api/library/playlists/:playlistId': playlist({ anonymous: 'hidden' }),
  'POST /api/library/playlists/:playlistId': playlist(body({ title: '我的' })),
  'DELETE /api/library/playlists/:playlistId': playlist(),
  'POST /api/library/playlists/:playlistId/restore': playlist(),
  'PUT /api/library/playlists/:playlistId/items': playlist(body({ resourceIds: [] })),
  'POST /api/library/playlists/:playlistId/items/:resourceId': asSaid(() => 'seen', { placeless: true }),
  'DELETE /api/library/playlists/:playlistId/items/:resourceId': playlist(),
  'GET /api/library/teachers/:accountId': near,
  'GET /api/library/schools/:organizationId': near,
  'GET /api/library/courses/:courseId': toNobody({ anonymous: 'hidden' }),
  'GET /media/s/*path': asSaid(() => 'seen', {
    anonymous: 'seen',
    placeless: true,
    params: { path: { fixed: '9999999999/none/tracks/x' } },
  }),
};

const courses: Record<string, Rule> = {
  'GET /api/courses/:courseId/questions': keepsQuestions(),
  'POST /api/courses/:courseId/questions': keepsQuestions(QUESTION),
  'POST /api/courses/:courseId/questions/:questionId': keepsQuestions({
    ...QUESTION,
    params: { questionId: HERE },
  }),
  'DELETE /api/courses/:courseId/questions/:questionId': keepsQuestions({ params: { questionId: HERE } }),
  'GET /api/moderation/words': asSaid(keepsWords, { placeless: true }),
  'POST /api/moderation/words': asSaid(keepsWords, {
    ...{ placeless: true, body: () => '词', headers: { 'content-type': 'text/plain' } },
    query: () => 'class=hold',
  }),
  'DELETE /api/moderation/words': asSaid(keepsWords, { placeless: true, ...body({ ids: [HERE.fixed] }) }),
};

const sessions: Record<string, Rule> = {
  // Whoever tries the platform chooses among all of the demo.
  'GET /api/demo/accounts': anybody({ mayName: ['own', 'sibling', 'foreign'] }),
  'POST /api/session': asSaid(() => 'seen', {
    anonymous: 'seen',
    placeless: true,
    ...body({ accountId: HERE.fixed }),
  }),
  'POST /api/demo/lessons': roles(['administrator', 'teacher', 'assistant', 'operator', 'classroom']),
  'GET /api/session': anybody(),
  'DELETE /api/session': anybody(),
};

export const RIGHTS: Record<string, Rule> = {
  ...lessons,
  ...resources,
  ...library,
  ...courses,
  ...sessions,
  ...signInRights,
  ...directoryRights,
  ...officeRights,
  ...timetableRights,
};
