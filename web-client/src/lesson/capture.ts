import type { FeedRole } from '#protocol/domain.ts';
import { ClientError } from './client-error.ts';
import type { ClientErrorCode } from './snapshot.ts';

/** The `audio` constraints of a room: forty pupils and a loudspeaker, so echo must not come back. */
const ROOM_MIC: MediaTrackConstraints = {
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
  channelCount: 1,
};
const CAMERA: MediaTrackConstraints = {
  width: { ideal: 1280 },
  height: { ideal: 720 },
  frameRate: { ideal: 30, max: 30 },
};
/** A document camera over paper: sharp and slow. */
const BOARD: MediaTrackConstraints = {
  width: { ideal: 1920 },
  height: { ideal: 1080 },
  frameRate: { ideal: 10, max: 15 },
};

/**
 * Opens the device of a feed and returns a stream with exactly one track. Asks the person at the first
 * time. Throws a ClientError with the code a person can act on.
 * @param deviceId the one wanted; any when left out.
 */
export async function capture(role: FeedRole, deviceId?: string): Promise<MediaStream> {
  const devices = mediaDevices();
  try {
    if (role === 'screen')
      return await devices.getDisplayMedia({ video: { frameRate: { ideal: 8, max: 10 } }, audio: false });
    const chosen = deviceId === undefined ? {} : { deviceId: { exact: deviceId } };
    if (role === 'mic') return await devices.getUserMedia({ audio: { ...ROOM_MIC, ...chosen } });
    return await devices.getUserMedia({ video: { ...(role === 'board' ? BOARD : CAMERA), ...chosen } });
  } catch (error) {
    const code = captureErrorCode(role, (error as DOMException).name);
    throw new ClientError(code, String(error), { cause: error });
  }
}

/** The browser's name for what went wrong with a device, as a code (Media Capture and Streams, 10.2). */
export function captureErrorCode(role: FeedRole, name: string): ClientErrorCode {
  if (role === 'screen') return 'SCREEN_DENIED';
  const device = role === 'mic' ? 'MIC' : 'CAMERA';
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return `${device}_DENIED`;
    case 'NotFoundError':
    case 'OverconstrainedError':
      return `${device}_MISSING`;
    default:
      return `${device}_BUSY`;
  }
}

/** Calls back whenever a device is plugged in or out; returns how to stop it. */
export function onDeviceChange(listener: () => void): () => void {
  const devices = globalThis.navigator?.mediaDevices;
  devices?.addEventListener('devicechange', listener);
  return () => devices?.removeEventListener('devicechange', listener);
}

function mediaDevices(): MediaDevices {
  // Browsers hide the devices from pages that are not secure, as if there were none.
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (!devices) throw new ClientError('INSECURE_PAGE');
  return devices;
}
