import { Router } from 'express';
import type { Account } from '#protocol/domain.ts';
import { AppError } from '#protocol/errors.ts';
import { ReadinessQuery } from '#protocol/room-screen.ts';
import type { DeviceRepository } from '../device/device-repository.ts';
import { accountOf } from '../http/guards.ts';
import { sessionCookie, sessionTokenOf } from '../http/session-cookie.ts';
import type { Presences } from './presences.ts';
import type { Readiness } from './readiness.ts';
import type { RoomScreens } from './room-screens.ts';

export interface RoomRouteParts {
  screens: RoomScreens;
  readiness: Readiness;
  presences: Presences;
  devices: DeviceRepository;
}

/** A classroom's own screen, and for everybody in a lesson whether its rooms are ready. */
export function roomRoutes({ screens, readiness, presences, devices }: RoomRouteParts): Router {
  const router = Router();

  router.get('/room/screen', async (request, response) => {
    response.json(await screens.of(classroom(accountOf(request))));
  });

  router.post('/room/here', async (request, response) => {
    const room = classroom(accountOf(request));
    await presences.here(room.accountId);
    const session = response.locals.session;
    const token = sessionTokenOf(request.headers.cookie);
    if (session?.deviceId && token) {
      await devices.seen(session.deviceId);
      // A browser forgets a cookie after some months, however long it is meant to be kept: it is given anew.
      const renewed = sessionCookie(token, { secure: request.secure, expires: session.expiresAt });
      response.setHeader('Set-Cookie', renewed);
    }
    response.json(await screens.of(room));
  });

  router.get('/readiness', async (request, response) => {
    const account = accountOf(request);
    const { lessons } = ReadinessQuery.parse(request.query);
    response.json(await readiness.ofLessons(lessons, account));
  });

  return router;
}

function classroom(account: Account): Account {
  if (account.kind !== 'classroom') throw new AppError('FORBIDDEN', 'only a classroom has a screen');
  return account;
}
