import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { PairingCode, RoomDevices } from '#protocol/device.ts';
import { call } from '../api/call.ts';

const WAITING_MS = 2_000;
const LIST_MS = 20_000;

export const devicesQuery = (classroomId: string) =>
  queryOptions({
    queryKey: ['devices', classroomId],
    queryFn: () => call(RoomDevices, `/api/classrooms/${classroomId}/devices`),
    // While a code is open somebody stands before the room's screen and types it.
    refetchInterval: ({ state }) => (state.data?.codeExpiresAt ? WAITING_MS : LIST_MS),
  });

export const devicesApi = {
  openCode: (classroomId: string) =>
    call(PairingCode, `/api/classrooms/${classroomId}/pairing-code`, { method: 'POST' }),
  closeCode: (classroomId: string) =>
    call(z.unknown(), `/api/classrooms/${classroomId}/pairing-code`, { method: 'DELETE' }),
  rename: (deviceId: string, name: string) =>
    call(RoomDevices, `/api/devices/${deviceId}`, { method: 'PUT', body: { name } }),
  revoke: (deviceId: string) => call(RoomDevices, `/api/devices/${deviceId}`, { method: 'DELETE' }),
};
