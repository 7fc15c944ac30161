import { type Request, Router } from 'express';
import { z } from 'zod';
import type { Account } from '#protocol/domain.ts';
import { Id, WallMs } from '#protocol/ids.ts';
import {
  type Activity,
  ActivityCancel,
  ActivityChange,
  type ActivityChoices,
  ActivityDraft,
  GuestList,
  InvitationAnswer,
  NameList,
} from '#protocol/invitation.ts';
import { actorOf } from '../audit/audit.ts';
import { accountOf } from '../http/guards.ts';
import type { OfficeParts } from '../office/office-api.ts';
import { ActivityRepository } from './activity-repository.ts';
import { countyOf, matchNames, roomsWithin, searchPeople, subjectsAndGrades } from './county.ts';
import { InvitationRepository } from './invitation-repository.ts';
import { RubricRepository } from './rubric-repository.ts';
import { rubricRoutes } from './rubric-routes.ts';

const Range = z.object({
  from: z.coerce.number().pipe(WallMs),
  to: z.coerce.number().pipe(WallMs),
});
const Place = z.object({ organizationId: Id });
const PeopleQuery = Place.extend({ q: z.string().max(100).default('') });

/** Activities, who is invited to them, and their rubrics; see `protocol/invitation.ts`. */
export function invitationRoutes(parts: OfficeParts, clock: () => number = Date.now): Router {
  const { db, office, audit, config } = parts;
  const rubrics = new RubricRepository(db, office);
  const { timeZone } = config.school;
  const activities = new ActivityRepository({ db, office, rubrics, timeZone, clock });
  const invitations = new InvitationRepository(db, clock);
  const router = Router();

  const idOf = (request: Request): Id => Id.parse(request.params.lessonId);
  const mayAt = async (account: Account, organizationId: Id) =>
    await office.mustMay(account, 'invitation.edit', organizationId);

  async function traced(
    request: Request,
    activity: Activity,
    what: string,
    more: object = {},
  ): Promise<Activity> {
    const { organizationId, lessonId: id, title } = activity;
    await audit.write(actorOf(request), {
      action: 'invitation.changed',
      organizationId,
      object: { kind: 'lesson', id },
      detail: { what, title, ...more },
    });
    return activity;
  }

  router.get('/activities', async (request, response) => {
    const { from, to } = Range.parse(request.query);
    response.json(await activities.between(accountOf(request), new Date(from), new Date(to)));
  });
  router.post('/activities', async (request, response) => {
    const activity = await activities.make(accountOf(request), ActivityDraft.parse(request.body));
    response.status(201).json(await traced(request, activity, 'made'));
  });
  router.get('/activities/choices', async (request, response) => {
    const account = accountOf(request);
    const { organizationId } = Place.parse(request.query);
    await mayAt(account, organizationId);
    response.json({
      organizations: await db
        .selectFrom('organization')
        .select(['id as organizationId', 'name'])
        .where(office.where(account, 'invitation.edit', 'organization.id'))
        .where('archived_at', 'is', null)
        .orderBy('ordinal')
        .orderBy('name')
        .execute(),
      rooms: await roomsWithin(db, countyOf(organizationId)),
      ...(await subjectsAndGrades(db, organizationId)),
    } satisfies ActivityChoices);
  });
  router.get('/activities/people', async (request, response) => {
    const { organizationId, q } = PeopleQuery.parse(request.query);
    await mayAt(accountOf(request), organizationId);
    response.json(await searchPeople(db, countyOf(organizationId), q));
  });
  router.post('/activities/names', async (request, response) => {
    const { organizationId, names } = NameList.parse(request.body);
    await mayAt(accountOf(request), organizationId);
    response.json(await matchNames(db, countyOf(organizationId), names));
  });
  router.get('/activities/:lessonId', async (request, response) => {
    response.json(await activities.find(accountOf(request), idOf(request)));
  });
  router.put('/activities/:lessonId', async (request, response) => {
    const change = ActivityChange.parse(request.body);
    const activity = await activities.change(accountOf(request), idOf(request), change);
    response.json(await traced(request, activity, 'changed'));
  });
  router.post('/activities/:lessonId/cancel', async (request, response) => {
    const { version, reason } = ActivityCancel.parse(request.body);
    const activity = await activities.cancel(accountOf(request), idOf(request), version, reason);
    response.json(await traced(request, activity, 'cancelled', { reason }));
  });
  router.post('/activities/:lessonId/guests', async (request, response) => {
    const { part, accountIds } = GuestList.parse(request.body);
    const activity = await activities.invite(accountOf(request), idOf(request), part, accountIds);
    response.json(await traced(request, activity, 'invited', { part, accountIds }));
  });
  router.delete('/activities/:lessonId/guests/:accountId', async (request, response) => {
    const accountId = Id.parse(request.params.accountId);
    const activity = await activities.uninvite(accountOf(request), idOf(request), accountId);
    response.json(await traced(request, activity, 'uninvited', { accountIds: [accountId] }));
  });

  router.get('/invitations', async (request, response) => {
    response.json(await invitations.of(accountOf(request)));
  });
  router.post('/invitations/:lessonId', async (request, response) => {
    const { answer } = InvitationAnswer.parse(request.body);
    const invitation = await invitations.answer(accountOf(request), idOf(request), answer);
    const { organizationId, lessonId: id } = invitation;
    await audit.write(actorOf(request), {
      action: 'invitation.changed',
      organizationId,
      object: { kind: 'lesson', id },
      detail: { what: answer },
    });
    response.json(invitation);
  });

  router.use(rubricRoutes(rubrics, audit));
  return router;
}
