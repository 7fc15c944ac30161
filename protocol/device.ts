import { z } from 'zod';
import { Id, WallMs } from './ids.ts';
import { sharedText } from './text.ts';

/*
 * The devices of a classroom. Whoever may `classroom.pair` opens a code, the room's browser types it once, and from
 * then on that browser is the classroom until it is revoked.
 *
 *   GET    /api/classrooms/:classroomId/devices        RoomDevices
 *   POST   /api/classrooms/:classroomId/pairing-code   → PairingCode  (an earlier one of the room ends)
 *   DELETE /api/classrooms/:classroomId/pairing-code   → {}
 *   PUT    /api/devices/:deviceId                      DeviceName → RoomDevices
 *   DELETE /api/devices/:deviceId                      → RoomDevices  (its session ends at once)
 *   POST   /api/pair                                   PairingTry → Session  (sets the cookie; asked by nobody yet)
 *
 * Pages: /admin/classrooms/:classroomId/devices for the office, /pair in the room.
 */

/** How long a code can be typed. */
export const PAIRING_MS = 10 * 60_000;

export const RoomDevice = z.object({
  deviceId: Id,
  name: z.string(),
  /** Browser and system, as the browser tells them; empty when it tells nothing. */
  browser: z.string(),
  pairedAt: WallMs,
  pairedByName: z.string().nullable(),
  seenAt: WallMs.nullable(),
  /** Since when it is no longer let in. */
  revokedAt: WallMs.nullable(),
});
export type RoomDevice = z.infer<typeof RoomDevice>;

export const RoomDevices = z.object({
  classroomId: Id,
  name: z.string(),
  organizationId: Id,
  organizationName: z.string(),
  /** Until when the code that is open now can be typed; the code itself is shown once. */
  codeExpiresAt: WallMs.nullable(),
  /** Newest first; the ones that are let in before the revoked. */
  devices: z.array(RoomDevice),
});
export type RoomDevices = z.infer<typeof RoomDevices>;

export const PairingCode = z.object({ code: z.string().regex(/^\d{6}$/), expiresAt: WallMs });
export type PairingCode = z.infer<typeof PairingCode>;

/** What is typed in the room. Spaces between the digits are as they are shown. */
export const PairingTry = z.object({
  code: z
    .string()
    .max(20)
    .transform((typed) => typed.replace(/\s/g, ''))
    .pipe(z.string().regex(/^\d{6}$/)),
});
export const DeviceName = z.object({ name: sharedText({ max: 40 }) });
