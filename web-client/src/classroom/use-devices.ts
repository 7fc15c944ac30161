import { useEffect, useState } from 'react';

export interface Devices {
  cameras: MediaDeviceInfo[];
  mics: MediaDeviceInfo[];
}

/**
 * Cameras and microphones of this machine, kept current as they are plugged in and out. `granted` is
 * anything that changes once the browser has given a device: only then do they have names.
 */
export function useDevices(granted: unknown): Devices {
  const [devices, setDevices] = useState<Devices>({ cameras: [], mics: [] });
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again when a permission was given
  useEffect(() => {
    const { mediaDevices } = navigator;
    if (!mediaDevices) return;
    const list = async () => {
      const all = (await mediaDevices.enumerateDevices()).filter(({ deviceId }) => deviceId !== '');
      setDevices({
        cameras: all.filter(({ kind }) => kind === 'videoinput'),
        mics: all.filter(({ kind }) => kind === 'audioinput'),
      });
    };
    void list();
    mediaDevices.addEventListener('devicechange', list);
    return () => mediaDevices.removeEventListener('devicechange', list);
  }, [granted]);
  return devices;
}
