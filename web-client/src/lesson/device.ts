import { Device, detectDevice, type types } from 'mediasoup-client';
import { Chrome74 } from 'mediasoup-client/handlers/Chrome74';
import { Chrome111 } from 'mediasoup-client/handlers/Chrome111';
import { Firefox120 } from 'mediasoup-client/handlers/Firefox120';
import { Safari12 } from 'mediasoup-client/handlers/Safari12';
import type { RtpCapabilities } from '#protocol/media.ts';
import { ClientError } from './client-error.ts';

const HANDLERS = { Chrome111, Chrome74, Firefox120, Safari12 } as const;
type Direction = types.HandlerGetNativeRtpCapabilitiesOptions['direction'];

let ours: types.HandlerFactory | null = null;

/**
 * mediasoup-client's handler for this browser, which asks the browser only once what it can: every question
 * costs a peer connection, and the first one starts all of WebRTC's machinery.
 * @throws ClientError UNSUPPORTED_MEDIA
 */
function handlerFactory(): types.HandlerFactory {
  if (ours) return ours;
  const name = detectDevice();
  if (!name || !(name in HANDLERS)) throw new ClientError('UNSUPPORTED_MEDIA', 'no WebRTC that fits');
  const factory = HANDLERS[name as keyof typeof HANDLERS].createFactory({});
  const answers = new Map<Direction, Promise<types.RtpCapabilities>>();
  ours = {
    ...factory,
    getNativeRtpCapabilities: (options) => {
      const answer = answers.get(options.direction) ?? factory.getNativeRtpCapabilities(options);
      answers.set(options.direction, answer);
      return answer;
    },
  };
  return ours;
}

/** Asks the browser what it can before that is needed: tens of milliseconds less to the first picture. Never fails. */
export async function warmUp(): Promise<void> {
  try {
    const { getNativeRtpCapabilities } = handlerFactory();
    await Promise.all([
      getNativeRtpCapabilities({ direction: 'recvonly' }),
      getNativeRtpCapabilities({ direction: 'sendonly' }),
    ]);
  } catch {
    // Whoever really needs it hears why.
  }
}

/** @throws ClientError UNSUPPORTED_MEDIA, and mediasoup-client's own errors. */
export async function loadDevice(router: RtpCapabilities): Promise<Device> {
  const device = new Device({ handlerFactory: handlerFactory() });
  await device.load({ routerRtpCapabilities: router as types.RtpCapabilities });
  return device;
}
