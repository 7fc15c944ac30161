import type { CameraRole } from '../lesson/session.ts';

/** The cameras that a master classroom may have at the same time. */
export const MASTER_CAMERAS = ['teacher', 'pupils', 'board', 'studio'] as const satisfies CameraRole[];
export type MasterCamera = (typeof MASTER_CAMERAS)[number];
export type DeviceUse = 'camera' | 'mic' | Exclude<MasterCamera, 'teacher'>;

const key = (use: DeviceUse) => `device.${use}`;
const useOf = (role: MasterCamera): DeviceUse => (role === 'teacher' ? 'camera' : role);

/** The device that was chosen last on this machine for a use, if any. */
export const rememberedDevice = (use: DeviceUse): string | undefined =>
  localStorage.getItem(key(use)) ?? undefined;

export const rememberDevice = (use: DeviceUse, deviceId: string): void =>
  localStorage.setItem(key(use), deviceId);

export const rememberFeed = (role: MasterCamera, deviceId: string): void =>
  rememberDevice(useOf(role), deviceId);

/** The room does not show this picture any more; a reload will not bring it back. */
export const forgetFeed = (role: MasterCamera): void => localStorage.removeItem(key(useOf(role)));

/** The pictures beside the teacher's that this room showed last, with their cameras. */
export function rememberedFeeds(): { role: MasterCamera; deviceId: string }[] {
  return MASTER_CAMERAS.flatMap((role) => {
    const deviceId = role === 'teacher' ? undefined : rememberedDevice(role);
    return deviceId ? [{ role, deviceId }] : [];
  });
}
