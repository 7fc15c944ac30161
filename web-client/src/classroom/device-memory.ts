export type DeviceUse = 'camera' | 'mic' | 'board';

const key = (use: DeviceUse) => `device.${use}`;

/** The device that was chosen last on this machine for a use, if any. */
export const rememberedDevice = (use: DeviceUse): string | undefined =>
  localStorage.getItem(key(use)) ?? undefined;

export const rememberDevice = (use: DeviceUse, deviceId: string): void =>
  localStorage.setItem(key(use), deviceId);
