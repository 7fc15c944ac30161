import { Router } from 'express';
import { DeviceName, PairingTry } from '#protocol/device.ts';
import { AppError } from '#protocol/errors.ts';
import { Id } from '#protocol/ids.ts';
import { actorOf } from '../audit/audit.ts';
import { accountOf } from '../http/guards.ts';
import { signIn } from '../http/session-routes.ts';
import type { OfficeParts } from '../office/office-api.ts';
import { DEVICE_SESSION_MS, DeviceRepository } from './device-repository.ts';
import { PairingTries } from './pairing-tries.ts';

/** The devices of classrooms: the office's side, and the one door through which a room comes in. */
export function deviceRoutes({ db, config, accounts, office, audit }: OfficeParts): Router {
  const router = Router();
  const devices = new DeviceRepository(db, config.nodes.secret);
  const tries = new PairingTries(db);

  router.get('/classrooms/:classroomId/devices', async (request, response) => {
    const classroomId = Id.parse(request.params.classroomId);
    const place = await devices.organizationOf(classroomId);
    await office.mustMay(accountOf(request), 'classroom.pair', place);
    response.json(await devices.ofClassroom(classroomId));
  });

  router.post('/classrooms/:classroomId/pairing-code', async (request, response) => {
    const account = accountOf(request);
    const classroomId = Id.parse(request.params.classroomId);
    await office.mustMay(account, 'classroom.pair', await devices.organizationOf(classroomId));
    response.status(201).json(await devices.openCode(classroomId, account.accountId));
  });

  router.delete('/classrooms/:classroomId/pairing-code', async (request, response) => {
    const classroomId = Id.parse(request.params.classroomId);
    const place = await devices.organizationOf(classroomId);
    await office.mustMay(accountOf(request), 'classroom.pair', place);
    await devices.closeCode(classroomId);
    response.json({});
  });

  router.put('/devices/:deviceId', async (request, response) => {
    const deviceId = Id.parse(request.params.deviceId);
    const device = await devices.find(deviceId);
    await office.mustMay(accountOf(request), 'classroom.pair', device?.organizationId ?? null);
    await devices.rename(deviceId, DeviceName.parse(request.body).name);
    response.json(await devices.ofClassroom(device!.classroomId));
  });

  router.delete('/devices/:deviceId', async (request, response) => {
    const deviceId = Id.parse(request.params.deviceId);
    const device = await devices.find(deviceId);
    await office.mustMay(accountOf(request), 'classroom.pair', device?.organizationId ?? null);
    if (!device!.revoked) {
      await devices.revoke(deviceId);
      await accounts.endSessions({ deviceId }, 'device');
      await audit.write(actorOf(request), {
        action: 'device.revoked',
        organizationId: device!.organizationId,
        object: { kind: 'device', id: deviceId },
        detail: { classroomId: device!.classroomId },
      });
    }
    response.json(await devices.ofClassroom(device!.classroomId));
  });

  router.post('/pair', async (request, response) => {
    const { code } = PairingTry.parse(request.body);
    const address = request.ip ?? '';
    await tries.take(address);
    const paired = await devices.pair(code, request.headers['user-agent'] ?? '');
    if (!paired) {
      await audit.write(actorOf(request), {
        action: 'device.paired',
        result: 'refused',
        organizationId: null,
      });
      throw new AppError('PAIRING_WRONG', 'no pairing code that is open reads so');
    }
    await tries.giveBack(address);
    const { deviceId, classroomId, organizationId, openedBy } = paired;
    const account = await accounts.find(classroomId);
    await audit.write(
      { account, address },
      {
        action: 'device.paired',
        organizationId,
        object: { kind: 'device', id: deviceId },
        detail: { classroomId, openedBy },
      },
    );
    const how = { way: 'device', deviceId, strong: true, ttlMs: DEVICE_SESSION_MS } as const;
    response.status(201).json(await signIn(request, response, { accounts, audit }, classroomId, how));
  });

  return router;
}
