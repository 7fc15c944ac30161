import type { ChildProcess } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { newId } from '#platform/ids.ts';
import { freePort } from '#platform/testing/free-port.ts';
import type { SfuCommand } from '#protocol/sfu-node.ts';
import { ControlServer, until } from '../testing/control-server.ts';
import { RtcPeer, videoParameters } from '../testing/rtc-peer.ts';
import { readRtp } from '../testing/rtp.ts';
import { startSfu, stopSfu } from '../testing/sfu-process.ts';
import { isKeyFrame } from '../testing/synthetic-video.ts';

const PORT = await freePort();

let control: ControlServer;
let sfu: ChildProcess;
const dtlsParameters = {
  role: 'client' as const,
  fingerprints: [{ algorithm: 'sha-256', value: Array(32).fill('AB').join(':') }],
};

const endpoint = { ip: '127.0.0.1', port: 9 };

beforeAll(async () => {
  control = await ControlServer.start();
  sfu = await startSfu(control.url, PORT);
});
afterAll(async () => {
  await stopSfu(sfu);
  await control.close();
});

async function room() {
  const roomId = newId();
  const { routerRtpCapabilities } = await control.command({ type: 'room.ensure', roomId });
  return { roomId, routerRtpCapabilities };
}

async function teacherIn(roomId: string, ssrcs = [11, 12]) {
  const participantId = newId();
  const feedId = newId();
  const { transportId } = await control.command({
    type: 'transport.create',
    roomId,
    participantId,
    direction: 'send',
  });
  const produce = (overrides: Partial<Extract<SfuCommand, { type: 'producer.create' }>> = {}) =>
    control.command({
      type: 'producer.create',
      roomId,
      transportId,
      feedId,
      role: 'teacher',
      kind: 'video',
      rtpParameters: videoParameters('0', ssrcs),
      paused: false,
      ...overrides,
    });
  return { participantId, feedId, transportId, produce };
}

test('a room is made once, closed once, and made again', async () => {
  const roomId = newId();
  const answers = await Promise.all([1, 2, 3].map(() => control.command({ type: 'room.ensure', roomId })));
  expect(answers[1]).toEqual(answers[0]);
  expect(answers[0]!.routerRtpCapabilities.codecs!.map(({ mimeType }) => mimeType)).toEqual([
    'audio/opus',
    'video/H264',
    'video/rtx',
    'video/VP8',
    'video/rtx',
  ]);
  await control.command({ type: 'room.close', roomId });
  await control.command({ type: 'room.close', roomId });
  const create = { type: 'transport.create', roomId, participantId: newId(), direction: 'send' } as const;
  expect(await control.codeOf(create)).toBe('MEDIA_GONE');
  await control.command({ type: 'room.ensure', roomId });
  expect(await control.codeOf(create)).toBe('ok');
});

test('closing a room while it or its transports are being made leaves nothing behind', async () => {
  const roomId = newId();
  const codes = await Promise.all([
    control.codeOf({ type: 'room.ensure', roomId }),
    control.codeOf({ type: 'room.close', roomId }),
  ]);
  expect(['MEDIA_GONE', 'ok']).toContain(codes[0]);
  expect(await control.codeOf({ type: 'record.start', roomId, recordingId: newId(), endpoint })).toBe(
    'MEDIA_GONE',
  );
  await control.command({ type: 'room.ensure', roomId });
  const create = { type: 'transport.create', roomId, participantId: newId(), direction: 'send' } as const;
  const [created, closed] = await Promise.all([
    control.codeOf(create),
    control.codeOf({ type: 'room.close', roomId }),
  ]);
  expect(['MEDIA_GONE', 'ok']).toContain(created);
  expect(closed).toBe('ok');
});

test('a transport listens on one UDP and one TCP port and takes its DTLS parameters once', async () => {
  const { roomId } = await room();
  const transport = await control.command({
    type: 'transport.create',
    roomId,
    participantId: newId(),
    direction: 'send',
  });
  expect(transport.iceCandidates.map(({ protocol, port }) => [protocol, port])).toEqual([
    ['udp', PORT],
    ['tcp', PORT],
  ]);
  const { transportId } = transport;
  const restarted = await control.command({ type: 'transport.restartIce', roomId, transportId });
  expect(restarted.iceParameters.usernameFragment).not.toBe(transport.iceParameters.usernameFragment);
  const connect = { type: 'transport.connect', roomId, transportId, dtlsParameters } as const;
  expect(await Promise.all([control.codeOf(connect), control.codeOf(connect)])).toEqual(['ok', 'ok']);
  const other = { ...dtlsParameters, role: 'server' as const };
  expect(await control.codeOf({ ...connect, dtlsParameters: other })).toBe('WRONG_STATE');
  const close = { type: 'transport.close', roomId, transportId } as const;
  expect([await control.codeOf(close), await control.codeOf(close)]).toEqual(['ok', 'ok']);
  expect(await control.codeOf(connect)).toBe('MEDIA_GONE');
});

test('a feed is published, paused, replaced and closed; its viewers are told', async () => {
  const { roomId, routerRtpCapabilities } = await room();
  const { feedId, produce } = await teacherIn(roomId);
  const viewer = newId();
  const first = await produce();
  const { transportId } = await control.command({
    type: 'transport.create',
    roomId,
    participantId: viewer,
    direction: 'recv',
  });
  const watch = {
    type: 'consumer.create',
    roomId,
    transportId,
    feedId,
    rtpCapabilities: routerRtpCapabilities,
  } as const;
  const consumer = await control.command(watch);
  expect(consumer).toMatchObject({ producerId: first.producerId, type: 'simulcast', producerPaused: false });
  const { consumerId } = consumer;
  for (const type of ['consumer.resume', 'consumer.resume', 'consumer.pause'] as const)
    await control.command({ type, roomId, consumerId });
  await control.command({
    type: 'consumer.setLayers',
    roomId,
    consumerId,
    preferredLayers: { spatialLayer: 0 },
  });
  await control.command({ type: 'producer.pause', roomId, feedId, paused: true });
  await control.command({ type: 'producer.pause', roomId, feedId, paused: true });

  control.events.length = 0;
  const second = await produce();
  expect(second.producerId).not.toBe(first.producerId);
  const closed = { type: 'consumer.closed', roomId, participantId: viewer };
  await until(() => control.events.length === 1, 'no event');
  expect(control.events).toEqual([{ ...closed, consumerId }]);
  expect(await control.codeOf({ type: 'consumer.resume', roomId, consumerId })).toBe('NOT_FOUND');

  const again = await control.command(watch);
  control.events.length = 0;
  await control.command({ type: 'producer.close', roomId, feedId });
  await control.command({ type: 'producer.close', roomId, feedId });
  await until(() => control.events.length === 1, 'no event');
  expect(control.events).toEqual([{ ...closed, consumerId: again.consumerId }]);
  expect(await control.codeOf(watch)).toBe('NOT_FOUND');
});

test('what mediasoup refuses comes back as a code', async () => {
  const { roomId, routerRtpCapabilities } = await room();
  const { participantId, feedId, transportId, produce } = await teacherIn(roomId);
  const code = (run: Promise<unknown>) =>
    run.then(
      () => 'ok',
      (error) => error.code,
    );
  const parameters = videoParameters('0', [11]);
  const codec = parameters.codecs[0]!;
  expect(await code(produce({ role: 'mic' }))).toBe('BAD_REQUEST');
  expect(
    await code(produce({ rtpParameters: { ...parameters, encodings: [{ ssrc: 1 }, { ssrc: 1 }] } })),
  ).toBe('BAD_REQUEST');
  const unknown = { ...parameters, codecs: [{ ...codec, mimeType: 'video/AV1', parameters: {} }] };
  expect(await code(produce({ rtpParameters: unknown }))).toBe('UNSUPPORTED_MEDIA');
  const odd = { ...parameters, codecs: [{ ...codec, parameters: { odd: null } }] };
  expect(await code(produce({ rtpParameters: odd }))).toBe('BAD_REQUEST');
  await produce();
  expect(await code(produce({ feedId: newId() }))).toBe('BAD_REQUEST');
  const other = await teacherIn(roomId);
  expect(await code(other.produce({ feedId }))).toBe('FORBIDDEN');
  const watch = { type: 'consumer.create', roomId, transportId, feedId } as const;
  expect(await control.codeOf({ ...watch, rtpCapabilities: routerRtpCapabilities })).toBe('BAD_REQUEST');
  const recv = await control.command({ type: 'transport.create', roomId, participantId, direction: 'recv' });
  const codecs = [{ kind: 'audio' as const, mimeType: 'audio/opus', clockRate: 48_000, channels: 2 }];
  expect(await control.codeOf({ ...watch, transportId: recv.transportId, rtpCapabilities: { codecs } })).toBe(
    'UNSUPPORTED_MEDIA',
  );
  expect(await code(produce({ transportId: recv.transportId, feedId: newId() }))).toBe('BAD_REQUEST');
  const recording = { type: 'record.start', roomId, recordingId: newId() } as const;
  expect(await control.codeOf({ ...recording, endpoint: { ip: 'not an address', port: 1 } })).toBe(
    'BAD_REQUEST',
  );
});

test('unknown ids are coded; ending what is not there is no error', async () => {
  const { roomId } = await room();
  const ids = { roomId, feedId: newId(), recordingId: newId(), consumerId: 'x', transportId: 'x' };
  const expected = {
    'transport.restartIce': 'MEDIA_GONE',
    'transport.close': 'ok',
    'producer.close': 'ok',
    'consumer.resume': 'NOT_FOUND',
    'consumer.pause': 'NOT_FOUND',
    'consumer.close': 'ok',
    'record.addFeed': 'NOT_FOUND',
    'record.resumeFeed': 'NOT_FOUND',
    'record.stop': 'ok',
  };
  const codes: Record<string, string> = {};
  for (const type of Object.keys(expected)) codes[type] = await control.codeOf({ type, ...ids });
  expect(codes).toEqual(expected);
  const nowhere = { ...ids, roomId: newId() };
  expect(await control.codeOf({ type: 'producer.pause', ...nowhere, paused: true })).toBe('MEDIA_GONE');
  expect(await control.codeOf({ type: 'participant.close', ...nowhere, participantId: newId() })).toBe('ok');
});

test('media flows from one peer to another, and ends for the viewer with the sender', async () => {
  const { roomId, routerRtpCapabilities } = await room();
  const teacher = newId();
  const feedId = newId();
  const sender = await RtcPeer.connect(control, roomId, teacher, [
    { mid: '0', kind: 'video', direction: 'SendOnly', payloadType: 102, ssrcs: [51] },
  ]);
  const rtpParameters = videoParameters('0', [51]);
  const { transportId } = sender;
  await control.command({
    type: 'producer.create',
    roomId,
    transportId,
    feedId,
    role: 'teacher',
    kind: 'video',
    rtpParameters,
    paused: false,
  });
  sender.startVideo('0', [51]);
  const pupils = newId();
  const prepared = await control.command({
    type: 'transport.create',
    roomId,
    participantId: pupils,
    direction: 'recv',
  });
  const consumer = await control.command({
    type: 'consumer.create',
    roomId,
    transportId: prepared.transportId,
    feedId,
    rtpCapabilities: routerRtpCapabilities,
  });
  const { codecs, encodings } = consumer.rtpParameters;
  const receiver = await RtcPeer.connect(
    control,
    roomId,
    pupils,
    [
      {
        mid: consumer.rtpParameters.mid!,
        kind: 'video',
        direction: 'RecvOnly',
        payloadType: codecs[0]!.payloadType,
        ssrcs: [encodings![0]!.ssrc!],
      },
    ],
    { transport: prepared },
  );
  // Bandwidth probes come under an SSRC of their own.
  const frames = () =>
    receiver.received
      .map(readRtp)
      .filter((packet) => packet !== null)
      .filter(({ ssrc }) => ssrc === encodings![0]!.ssrc);
  await control.command({ type: 'consumer.resume', roomId, consumerId: consumer.consumerId });
  await until(() => frames().length > 10, 'the viewer gets nothing');
  expect(isKeyFrame(frames()[0]!.payload)).toBe(true);

  control.events.length = 0;
  await control.command({ type: 'participant.close', roomId, participantId: teacher });
  expect((await control.event('consumer.closed')).consumerId).toBe(consumer.consumerId);
  // What a command ended is not echoed as an event of its own.
  expect(control.events.map(({ type }) => type)).toEqual(['consumer.closed']);
  sender.close();
  await control.command({ type: 'participant.close', roomId, participantId: pupils });
  expect(
    await control.codeOf({ type: 'transport.restartIce', roomId, transportId: prepared.transportId }),
  ).toBe('MEDIA_GONE');
  receiver.close();
});

test('a transport whose DTLS fails is closed and told of', async () => {
  const { roomId } = await room();
  const participantId = newId();
  const prepared = await control.command({
    type: 'transport.create',
    roomId,
    participantId,
    direction: 'send',
  });
  const connecting = RtcPeer.connect(
    control,
    roomId,
    participantId,
    [{ mid: '0', kind: 'video', direction: 'SendOnly', payloadType: 102, ssrcs: [71] }],
    { transport: prepared, dtlsParameters },
  );
  const { transportId } = prepared;
  control.events.length = 0;
  expect(await control.event('transport.closed')).toMatchObject({ roomId, participantId, transportId });
  await expect(connecting).rejects.toThrow('the peer did not connect');
});
