import { type OfficeAction, scopeOf } from '#protocol/office.ts';
import type { Ids } from './places.ts';
import { anybody, asSaid, body, office, officeAny, officeList, type Rule, signedIn } from './rules.ts';

type More = Parameters<typeof office>[1];

const HERE = { fixed: 'A'.repeat(22) };
const DAY = '2026-10-12';
const version = body({ version: 1 });
const ofVersion: More = { query: () => 'version=1' };
/** Of the whole county one may ask for people and rooms to take part. */
const OF_COUNTY: More = { mayName: ['sibling'] };
const ofPlace: More = { query: ({ organization }) => `organizationId=${organization}` };
const at = (more: object | ((ids: Ids) => object)): Pick<Rule, 'body'> => ({
  body: (ids) => ({ organizationId: ids.organization, ...(typeof more === 'function' ? more(ids) : more) }),
});
const REASON = body({ version: 1, reason: '走一走' });
const RANGE = 'from=2026-09-01&to=2026-10-31';

/* Terms and bells. */

const TERM = { name: '走一学期', startsOn: '2028-02-20', endsOn: '2028-07-01', holidays: [], workdays: [] };
const BELLS = {
  ...{ name: '走一走', startsOn: '2028-02-20' },
  periods: [{ period: 1, startsMinute: 480, endsMinute: 520 }],
};

const calendar: Record<string, Rule> = {
  'GET /api/terms': office('term.see', ofPlace),
  'POST /api/terms': office('term.edit', at(TERM)),
  'GET /api/terms/:termId': office('term.see'),
  'PUT /api/terms/:termId': office('term.edit', body({ ...TERM, version: 1 })),
  'DELETE /api/terms/:termId': office('term.edit', ofVersion),
  'GET /api/bells': officeList('term.see'),
  'POST /api/bells': office('term.edit', at(BELLS)),
  'POST /api/bells/copies': office('term.edit', {
    body: ({ bells, organization }) => ({
      ...{ scheduleId: bells, startsOn: '2028-02-20', organizationIds: [organization] },
    }),
  }),
  'GET /api/bells/:organizationId': office('term.see'),
  'PUT /api/bells/:scheduleId': office('term.edit', body({ ...BELLS, version: 1 })),
  'DELETE /api/bells/:scheduleId': office('term.edit', ofVersion),
};

/* Pairings. */

const pairingOf = (ids: Ids) => ({
  ...{ termId: ids.term, masterClassGroupId: ids.classGroup, masterClassroomId: ids.classroom },
  ...{ autoOpen: true, note: '', courses: [], remotes: [], slots: [] },
});
const LINE = {
  ...{ masterSchool: '东山一小', masterClass: '', masterRoom: '', subject: '', teacher: '', times: '' },
  ...{ remoteSchool: '西岭一小', remoteClass: '', remoteRoom: '', assistant: '' },
};

const pairings: Record<string, Rule> = {
  'GET /api/pairings': officeList('pairing.see'),
  'GET /api/pairings/mine': officeList('pairing.see'),
  'GET /api/pairings/schools': officeList('pairing.edit', OF_COUNTY),
  // Every school of a county may be asked to take part.
  'GET /api/pairings/choices': asSaid(
    ({ account }, place) => {
      if (!scopeOf(account.role, 'pairing.edit')) return 'forbidden';
      return place === 'foreign' ? 'hidden' : 'granted';
    },
    { ...ofPlace, ...OF_COUNTY },
  ),
  // What a draft names and what is not within reach is said beside its field.
  'POST /api/pairings': asSaid(
    (walker, place) => {
      const outcome = office('pairing.edit').expects(walker, place);
      return outcome === 'hidden' ? 'alike' : outcome;
    },
    { body: pairingOf },
  ),
  'POST /api/pairings/bulk': officeList('pairing.edit', {
    carriedOut: true,
    body: ({ term }) => ({ termId: term, dry: true, submit: false, lines: [LINE] }),
  }),
  'POST /api/pairings/duplicates': officeList('pairing.edit', {
    carriedOut: true,
    body: ({ term }) => ({ fromTermId: term, toTermId: term, dry: true, submit: false }),
  }),
  'POST /api/pairings/acts': officeList('pairing.edit', {
    body: ({ pairing }) => ({ act: 'freeze', pairings: [{ pairingId: pairing, version: 1 }] }),
  }),
  'GET /api/pairings/:pairingId': office('pairing.see'),
  'PUT /api/pairings/:pairingId': office('pairing.edit', {
    body: (ids) => ({ ...pairingOf(ids), version: 1 }),
  }),
  'POST /api/pairings/:pairingId/state': office('pairing.edit', body({ act: 'freeze', version: 1 })),
  'DELETE /api/pairings/:pairingId': office('pairing.edit', ofVersion),
  'POST /api/pairings/:pairingId/lessons': office('timetable.edit'),
};

/* The week, its lessons, a school's own lessons, calendars. */

const LOCAL = { weekday: 1, period: 1, subject: '数学' };
const local = ({ term, classGroup }: Ids) => ({ termId: term, classGroupId: classGroup });
const PLACE = { day: DAY, startsMinute: 600, endsMinute: 640 };

/** One's own, and of a room of a school whose timetable one edits. */
const feeds = (more: More): Rule =>
  asSaid(
    (walker, place) =>
      walker.account.role === 'classroom' && place === 'own'
        ? 'granted'
        : office('timetable.edit').expects(walker, place),
    more,
  );
/** Everybody has a week of their own; another's is not there. */
const weekOf = (action: OfficeAction, more: More): Rule =>
  asSaid(
    (walker, place) => (office(action).expects(walker, place) === 'granted' ? 'granted' : 'hidden'),
    more,
  );

const timetable: Record<string, Rule> = {
  'GET /api/timetable/schools': officeList('timetable.see'),
  'GET /api/timetable/week': office('timetable.see', ofPlace),
  'GET /api/timetable/export': office('timetable.see', {
    query: ({ organization }) => `organizationId=${organization}&format=csv`,
  }),
  'GET /api/timetable/choices': office('timetable.edit', ofPlace),
  'GET /api/timetable/own': weekOf('timetable.see', {
    query: ({ classroom }) => `view=classroom&id=${classroom}`,
  }),
  'GET /api/timetable/clashes': office('timetable.edit', ofPlace),
  'POST /api/timetable/clashes': officeAny(['timetable.edit', 'invitation.edit', 'series.edit'], {
    carriedOut: true,
    ...at(({ person, lesson }) => ({
      ...{ kind: 'lesson', lessonId: lesson, parties: { teacherId: person }, places: [PLACE] },
    })),
  }),
  'POST /api/timetable/lessons': office(
    'timetable.edit',
    at(({ course, person, classroom }) => ({
      ...{ courseId: course, place: PLACE, teacherId: person, masterClassroomId: classroom },
    })),
  ),
  'POST /api/timetable/terms/:termId/lessons': office('timetable.edit', at({})),
  'GET /api/lessons/:lessonId/plan': office('timetable.see'),
  'POST /api/lessons/:lessonId/move': office('timetable.edit', body({ version: 1, place: PLACE })),
  'POST /api/lessons/:lessonId/substitute': office('timetable.edit', {
    body: ({ person }) => ({ version: 1, teacherId: person }),
  }),
  'POST /api/lessons/:lessonId/cancel': office('timetable.edit', REASON),
  'POST /api/lessons/:lessonId/restore': office('timetable.edit', version),
  'GET /api/local-lessons': office('timetable.see', {
    query: ({ organization, term }) => `organizationId=${organization}&termId=${term}`,
  }),
  'GET /api/local-lessons/export': office('timetable.see', {
    query: ({ organization, term }) => `organizationId=${organization}&termId=${term}&format=csv`,
  }),
  'POST /api/local-lessons': office(
    'timetable.edit',
    at((ids) => ({ ...LOCAL, ...local(ids) })),
  ),
  'POST /api/local-lessons/import': office(
    'timetable.edit',
    at((ids) => ({ ...local(ids), dryRun: true, cells: [LOCAL] })),
  ),
  'PUT /api/local-lessons/:localLessonId': office(
    'timetable.edit',
    at((ids) => ({ ...LOCAL, ...local(ids) })),
  ),
  'DELETE /api/local-lessons/:localLessonId': office('timetable.edit'),
  'GET /api/calendar-feeds': feeds({ query: ({ classroom }) => `accountId=${classroom}` }),
  'POST /api/calendar-feeds': feeds({ body: ({ classroom }) => ({ accountId: classroom }) }),
  'DELETE /api/calendar-feeds/:feedId': feeds({
    params: { feedId: HERE },
    query: ({ classroom }) => `accountId=${classroom}`,
  }),
};

/* Activities with their invitations and rubrics, programmes, and what came of it all. */

const WHEN = { day: '2028-03-01', startsMinute: 600, endsMinute: 640 };
const shown = ({ person, classroom }: Ids) => ({
  ...{ title: '走一走', subject: '数学', grade: '五年级', ...WHEN },
  ...{ teacherId: person, masterClassroomId: classroom },
});
const activity = (ids: Ids) => ({
  ...{ ...shown(ids), period: null, remoteClassroomIds: [], rubricId: null, note: '' },
});
const ACTIVITY: More = { params: { lessonId: 'activity' } };
const RUBRIC = { title: '走一走', items: [{ name: '准备', maximum: 10, hint: '' }] };
const SERIES = { title: '走一走', summary: '' };
const ofSeries = (more: More): Rule =>
  office('series.edit', { ...more, params: { lessonId: 'seriesLesson' } });
const seriesLesson: More = { body: (ids) => ({ ...shown(ids), version: 1 }) };
/** Nobody's yet: a draft is not public. */
const unpublished = asSaid(() => 'hidden', { anonymous: 'hidden' });

const activities: Record<string, Rule> = {
  'GET /api/activities': officeList('invitation.edit', { query: () => 'from=0&to=2000000000000' }),
  'POST /api/activities': office('invitation.edit', at(activity)),
  'GET /api/activities/choices': office('invitation.edit', { ...ofPlace, ...OF_COUNTY }),
  'GET /api/activities/people': office('invitation.edit', { ...ofPlace, ...OF_COUNTY }),
  'POST /api/activities/names': office('invitation.edit', { carriedOut: true, ...at({ names: ['王芳'] }) }),
  'GET /api/activities/:lessonId': office('invitation.edit', ACTIVITY),
  'PUT /api/activities/:lessonId': office('invitation.edit', {
    ...ACTIVITY,
    body: (ids) => ({ ...activity(ids), version: 1 }),
  }),
  'POST /api/activities/:lessonId/cancel': office('invitation.edit', { ...ACTIVITY, ...REASON }),
  'POST /api/activities/:lessonId/guests': office('invitation.edit', {
    ...ACTIVITY,
    body: ({ person }) => ({ part: 'guest', accountIds: [person] }),
  }),
  'DELETE /api/activities/:lessonId/guests/:accountId': office('invitation.edit', ACTIVITY),
  'GET /api/invitations': signedIn(),
  // None of the walkers is invited.
  'POST /api/invitations/:lessonId': asSaid(() => 'hidden', { ...ACTIVITY, ...body({ answer: 'accepted' }) }),
  'GET /api/rubrics': office('invitation.edit', ofPlace),
  'POST /api/rubrics': office('invitation.edit', at(RUBRIC)),
  'PUT /api/rubrics/:rubricId': office('invitation.edit', body({ ...RUBRIC, version: 1 })),
  'DELETE /api/rubrics/:rubricId': office('invitation.edit'),
  'POST /api/rubrics/:rubricId/restore': office('invitation.edit'),
  'GET /api/series': officeList('series.edit'),
  'POST /api/series': office('series.edit', at(SERIES)),
  'GET /api/series/choices': office('series.edit', ofPlace),
  'GET /api/series/people': office('series.edit', ofPlace),
  'GET /api/series/:seriesId': office('series.edit'),
  'PUT /api/series/:seriesId': office('series.edit', body({ ...SERIES, version: 1 })),
  'DELETE /api/series/:seriesId': office('series.edit'),
  'POST /api/series/:seriesId/state': office('series.edit', body({ to: 'published', version: 1 })),
  'POST /api/series/:seriesId/lessons': office('series.edit', seriesLesson),
  'PUT /api/series/:seriesId/lessons/:lessonId': ofSeries(seriesLesson),
  'POST /api/series/:seriesId/lessons/:lessonId/cancel': ofSeries(REASON),
  'DELETE /api/series/:seriesId/lessons/:lessonId': ofSeries({}),
  'GET /api/open': anybody(),
  'GET /api/open/:seriesId': unpublished,
  'GET /api/open/:seriesId/calendar.ics': unpublished,
};

const counted: Record<string, Rule> = {
  'GET /api/attendance/report': officeList('attendance.see', { query: () => RANGE }),
  'GET /api/attendance/lessons': officeList('attendance.see', { query: () => RANGE }),
  'GET /api/attendance/lessons/:lessonId': office('attendance.see'),
  'GET /api/attendance/export': officeList('attendance.see', {
    query: () => `${RANGE}&table=lessons&format=csv`,
  }),
  'GET /api/now': officeList('alarm.see'),
  'GET /api/now/count': officeList('alarm.see'),
  'GET /api/audit': officeList('audit.read'),
  'GET /api/audit/chain': officeList('audit.read'),
  'GET /api/audit/alarm': officeList('audit.alarm'),
};

/** Terms, pairings, the timetable, activities and what is counted of them; see `table.ts`. */
export const timetableRights: Record<string, Rule> = {
  ...calendar,
  ...pairings,
  ...timetable,
  ...activities,
  ...counted,
};
