import { ErrorBody, type ErrorCode } from '#protocol/errors.ts';
import type { Db } from '../../src/database/database.ts';
import type { TestPerson } from '../person.ts';
import { Asker, type Reply } from './asker.ts';
import { makeSchool, type Walker, type World } from './places.ts';
import type { Rule } from './rules.ts';

/**
 * What is granted and yet not done in this world, and what is said of it: there is nothing to do it with, it is not at
 * that step yet, or others use it still.
 */
export const UNDONE: Record<string, ErrorCode> = {
  'DELETE /api/account/totp': 'WRONG_STATE',
  'DELETE /api/calendar-feeds/:feedId': 'NOT_FOUND',
  'DELETE /api/courses/:courseId/questions/:questionId': 'NOT_FOUND',
  'DELETE /api/lessons/:subjectId/comments/:commentId': 'NOT_FOUND',
  'DELETE /api/lessons/:subjectId/notes/:noteId': 'NOT_FOUND',
  'DELETE /api/moderation/words': 'BAD_REQUEST',
  'DELETE /api/resources/:subjectId/comments/:commentId': 'NOT_FOUND',
  'DELETE /api/resources/:subjectId/notes/:noteId': 'NOT_FOUND',
  'DELETE /api/series/:seriesId': 'WRONG_STATE',
  'DELETE /api/terms/:termId': 'IN_USE',
  'POST /api/account/passkeys': 'BAD_REQUEST',
  'POST /api/account/password': 'BAD_REQUEST',
  'POST /api/account/recovery-codes': 'WRONG_STATE',
  'POST /api/account/totp/confirm': 'BAD_REQUEST',
  'POST /api/bells/copies': 'NOT_FOUND',
  'POST /api/class-groups/:classGroupId/archive': 'IN_USE',
  'POST /api/classrooms/:classroomId/archive': 'IN_USE',
  'POST /api/courses/:courseId/archive': 'IN_USE',
  'POST /api/courses/:courseId/questions/:questionId': 'NOT_FOUND',
  'POST /api/demo/lessons': 'NOT_FOUND',
  'POST /api/lessons/:lessonId/demo': 'NOT_READY',
  'POST /api/lessons/:lessonId/documents': 'FILE_UNREADABLE',
  'POST /api/lessons/:lessonId/live-stream/approve': 'FORBIDDEN',
  'POST /api/lessons/:lessonId/move': 'FIELDS',
  'POST /api/lessons/:lessonId/restore': 'WRONG_STATE',
  'POST /api/lessons/:subjectId/comments/:commentId/approve': 'NOT_FOUND',
  'POST /api/lessons/:subjectId/comments/:commentId/restore': 'NOT_FOUND',
  'POST /api/lessons/:subjectId/notes/:noteId/restore': 'NOT_FOUND',
  'POST /api/organizations/:organizationId/archive': 'IN_USE',
  'POST /api/organizations/:organizationId/move': 'FIELDS',
  'POST /api/pairings/:pairingId/state': 'WRONG_STATE',
  'POST /api/resources/:resourceId/decision': 'WRONG_STATE',
  'POST /api/resources/:resourceId/publish': 'WRONG_STATE',
  'POST /api/resources/:resourceId/remarks/:remarkId': 'NOT_FOUND',
  'POST /api/resources/:resourceId/revise': 'WRONG_STATE',
  'POST /api/resources/:resourceId/withdraw': 'WRONG_STATE',
  'POST /api/resources/:subjectId/comments/:commentId/approve': 'NOT_FOUND',
  'POST /api/resources/:subjectId/comments/:commentId/restore': 'NOT_FOUND',
  'POST /api/resources/:subjectId/notes/:noteId/restore': 'NOT_FOUND',
  'POST /api/timetable/lessons': 'FIELDS',
  'PUT /api/lessons/:lessonId/live-stream': 'FORBIDDEN',
  'PUT /api/lessons/:subjectId/notes/:noteId': 'NOT_FOUND',
  'PUT /api/resources/:subjectId/notes/:noteId': 'NOT_FOUND',
};

/** Actions of which nothing is done here, but elsewhere: with a document, a film, a comment, a resource under review. */
export const DONE_ELSEWHERE: readonly string[] = [
  'board.upload',
  'comment.moderate',
  'lesson.demo',
  'resource.moderate',
  'resource.publish',
];

export interface CarriedOut {
  /** What was done at least once. */
  actions: Set<string>;
  /** Routes that change something and were granted, and the code with which they did not. */
  refused: Record<string, ErrorCode>;
}

/**
 * Does everything that is granted once, as the first to whom it is: at a school of its own where all is as it was made,
 * since what is done may stand in the way of what comes after it.
 */
export async function carryOut(
  db: Db,
  world: World,
  signIn: (account: Walker['account']) => Promise<TestPerson>,
  port: number,
  rights: Readonly<Record<string, Rule>>,
): Promise<CarriedOut> {
  const asker = new Asker(port);
  const done: CarriedOut = { actions: new Set(), refused: {} };
  let school = await makeSchool(db, '东山三小', world.county);
  const once = async (route: string, rule: Rule): Promise<Reply | null> => {
    const walkers = [...school.walkers, ...world.walkers.filter(({ at }) => at === 'bureau')];
    const walker = walkers.find((one) => mayDo(one, rule));
    return walker ? await asker.ask(await signIn(walker.account), route, rule, school.ids) : null;
  };
  for (const [route, rule] of Object.entries(rights)) {
    if (/^(GET|HEAD) /.test(route)) continue;
    let reply = await once(route, rule);
    if (reply && reply.status >= 400 && codeOf(reply) !== UNDONE[route]) {
      school = await makeSchool(db, '东山三小', world.county);
      reply = await once(route, rule);
    }
    if (!reply) continue;
    if (reply.status >= 400) done.refused[route] = codeOf(reply);
    else if (rule.action) done.actions.add(rule.action);
  }
  asker.close();
  return done;
}

const mayDo = (walker: Walker, { expects, onlyFor }: Rule): boolean =>
  expects(walker, 'own') === 'granted' && (onlyFor?.includes(walker.account.role) ?? true);

const codeOf = ({ text }: Reply): ErrorCode => ErrorBody.parse(JSON.parse(text).error).code;
