import { Device } from 'mediasoup-client';
import type { AppData, Transport, TransportOptions } from 'mediasoup-client/types';
import { io } from 'socket.io-client';
import type { Reply } from '#protocol/errors.ts';
import type { SfuCommand, SfuCommandType, SfuReply } from '#protocol/sfu-node.ts';

/*
 * The page of a bare call: `publish()` sends the camera, the button watches it. Everything a first frame
 * needs begins with the click, the line to the server included, as in the real page.
 */

const ROOM = { roomId: 'bare', participantId: 'bare', feedId: 'bare' };
const LAYERS = [
  { scalabilityMode: 'L1T1', scaleResolutionDownBy: 4, maxBitrate: 150_000 },
  { scalabilityMode: 'L1T1', scaleResolutionDownBy: 2, maxBitrate: 500_000 },
  { scalabilityMode: 'L1T1', scaleResolutionDownBy: 1, maxBitrate: 1_800_000 },
];

let socket: ReturnType<typeof io>;

async function ask<T extends SfuCommandType>(
  command: Extract<SfuCommand, { type: T }>,
): Promise<SfuReply<T>> {
  const reply = (await socket.emitWithAck('command', command)) as Reply<SfuReply<T>>;
  if (!reply.ok) throw new Error(reply.error.message);
  return reply.data;
}

async function join(direction: 'send' | 'recv'): Promise<{ device: Device; transport: Transport<AppData> }> {
  socket = io({ transports: ['websocket'] });
  const { routerRtpCapabilities } = await ask({ type: 'room.ensure', ...ROOM });
  const device = await Device.factory();
  await device.load({ routerRtpCapabilities: routerRtpCapabilities as never });
  const { transportId, ...options } = await ask({ type: 'transport.create', ...ROOM, direction });
  const full = { ...options, id: transportId } as TransportOptions;
  const transport =
    direction === 'send' ? device.createSendTransport(full) : device.createRecvTransport(full);
  transport.on('connect', ({ dtlsParameters }, done, failed) => {
    ask({ type: 'transport.connect', ...ROOM, transportId, dtlsParameters }).then(done, failed);
  });
  return { device, transport };
}

async function publish(): Promise<void> {
  const stream = await navigator.mediaDevices.getUserMedia({
    video: { width: 1280, height: 720, frameRate: 30 },
  });
  const { device, transport } = await join('send');
  transport.on('produce', ({ kind, rtpParameters }, done, failed) => {
    ask({
      type: 'producer.create',
      ...ROOM,
      transportId: transport.id,
      role: 'teacher',
      kind,
      rtpParameters: rtpParameters as never,
      paused: false,
    }).then(({ producerId }) => done({ id: producerId }), failed);
  });
  await transport.produce({
    track: stream.getVideoTracks()[0],
    encodings: LAYERS,
    codec: device.sendRtpCapabilities.codecs?.find(({ mimeType }) => mimeType === 'video/H264'),
    codecOptions: { videoGoogleStartBitrate: 1000 },
  });
}

async function watch(): Promise<void> {
  const { device, transport } = await join('recv');
  const { consumerId, producerId, kind, rtpParameters } = await ask({
    type: 'consumer.create',
    ...ROOM,
    transportId: transport.id,
    rtpCapabilities: device.recvRtpCapabilities as never,
  });
  const consumer = await transport.consume({
    id: consumerId,
    producerId,
    kind,
    rtpParameters: rtpParameters as never,
  });
  document.querySelector('video')!.srcObject = new MediaStream([consumer.track]);
  await ask({ type: 'consumer.resume', ...ROOM, consumerId });
}

document.querySelector('button')!.onclick = () => void watch();
Object.assign(globalThis, { publish });
