import type { ChildProcess } from 'node:child_process';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { newId } from '#platform/ids.ts';
import { freePort } from '#platform/testing/free-port.ts';
import { ControlServer, until } from '../testing/control-server.ts';
import { audioParameters, RtcPeer, videoParameters } from '../testing/rtc-peer.ts';
import { nack, pictureLoss, type ReceivedRtp, readRtp, rtpPacket } from '../testing/rtp.ts';
import { startSfu, stopSfu } from '../testing/sfu-process.ts';
import { FRAME_MS, isKeyFrame, layerOf } from '../testing/synthetic-video.ts';

const PORT = await freePort();

const SSRCS = [1001, 1002, 1003];
let control: ControlServer;
let sfu: ChildProcess;
let recorder: Socket;
let received: ReceivedRtp[];
let peers: RtcPeer[] = [];

beforeAll(async () => {
  control = await ControlServer.start();
  sfu = await startSfu(control.url, PORT);
  recorder = createSocket('udp4');
  recorder.bind(0, '127.0.0.1');
  await once(recorder, 'listening');
  recorder.on('message', (message) => {
    const packet = readRtp(message);
    if (packet) received.push(packet);
  });
});
afterEach(() => {
  for (const peer of peers) peer.close();
  peers = [];
});
afterAll(async () => {
  recorder.close();
  await stopSfu(sfu);
  await control.close();
});

async function lesson(ssrcs: number[], layers?: number[]) {
  received = [];
  const roomId = newId();
  const participantId = newId();
  const feedId = newId();
  const recordingId = newId();
  await control.command({ type: 'room.ensure', roomId });
  const peer = await RtcPeer.connect(control, roomId, participantId, [
    { mid: '0', kind: 'video', direction: 'SendOnly', payloadType: 102, ssrcs },
    { mid: '1', kind: 'audio', direction: 'SendOnly', payloadType: 111, ssrcs: [2001] },
  ]);
  peers.push(peer);
  await control.command({
    type: 'producer.create',
    roomId,
    transportId: peer.transportId,
    feedId,
    role: 'teacher',
    kind: 'video',
    rtpParameters: videoParameters('0', ssrcs),
    paused: false,
  });
  peer.startVideo('0', ssrcs, layers);
  const source = await control.command({
    type: 'record.start',
    roomId,
    recordingId,
    endpoint: { ip: '127.0.0.1', port: recorder.address().port },
  });
  const { rungs } = await control.command({ type: 'record.addFeed', roomId, recordingId, feedId });
  const resume = () => control.command({ type: 'record.resumeFeed', roomId, recordingId, feedId });
  return { roomId, feedId, recordingId, peer, source, rungs, resume };
}

const of = (ssrc: number) => received.filter((packet) => packet.ssrc === ssrc);

test('every simulcast layer is a rung of its own, and nothing flows before it is resumed', async () => {
  const { rungs, resume, roomId, recordingId, feedId } = await lesson(SSRCS);
  expect(rungs.map(({ rungId }) => rungId)).toEqual(['l0', 'l1', 'l2']);
  expect(new Set(rungs.map(({ ssrc }) => ssrc)).size).toBe(3);
  expect(rungs[0]).toMatchObject({ mimeType: 'video/H264', clockRate: 90_000, payloadType: 108 });
  expect(await control.command({ type: 'record.addFeed', roomId, recordingId, feedId })).toEqual({ rungs });
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(received).toEqual([]);

  await resume();
  await until(
    () => rungs.every(({ ssrc }, layer) => of(ssrc).some(({ payload }) => layerOf(payload) === layer)),
    'not every layer flows',
  );
  await until(() => rungs.every(({ ssrc }) => of(ssrc).length > 20), 'too few packets');
  for (const [layer, { ssrc, payloadType }] of rungs.entries()) {
    const packets = of(ssrc);
    expect(isKeyFrame(packets[0]!.payload)).toBe(true);
    expect(packets.every((packet) => packet.payloadType === payloadType)).toBe(true);
    expect(layerOf(packets.at(-1)!.payload)).toBe(layer);
  }
  // No probation packets: bandwidth estimation is off towards the recorder.
  expect(new Set(received.map(({ ssrc }) => ssrc)).size).toBe(3);
});

test('a layer that begins late or pauses is filled from the layer below, with an unbroken clock', async () => {
  const { rungs, resume, peer } = await lesson(SSRCS, [0]);
  await resume();
  const top = rungs[2]!.ssrc;
  await until(() => of(top).length > 10, 'the top rung is empty');
  expect(layerOf(of(top).at(-1)!.payload)).toBe(0);
  peer.setLayers([0, 1, 2]);
  await until(() => layerOf(of(top).at(-1)!.payload) === 2, 'the top rung does not move up');
  await until(() => of(top).filter(({ payload }) => layerOf(payload) === 2).length > 20, 'top too short');
  peer.setLayers([0, 1]);
  await until(() => layerOf(of(top).at(-1)!.payload) < 2, 'the top rung does not move down', 15_000);
  await until(
    () =>
      of(top)
        .slice(-10)
        .every(({ payload }) => layerOf(payload) < 2),
    'too short',
  );

  const packets = of(top);
  for (const [index, packet] of packets.entries()) {
    const before = packets[index - 1];
    if (!before) continue;
    if (layerOf(packet.payload) !== layerOf(before.payload)) {
      // What a decoder needs at a switch. mediasoup counts on by one, or two when a frame was cut off.
      expect(isKeyFrame(packet.payload)).toBe(true);
      expect((packet.sequence - before.sequence) & 0xffff).toBeLessThanOrEqual(2);
    }
  }
  // The timestamps advance with the wall clock over the whole stretch, switches included.
  const first = packets[0]!;
  const last = packets.at(-1)!;
  const ticks = (last.timestamp - first.timestamp) >>> 0;
  const steps = packets.slice(1).map((packet, index) => (packet.timestamp - packets[index]!.timestamp) | 0);
  expect(Math.min(...steps)).toBeGreaterThan(0);
  const perFrame = FRAME_MS * 90;
  const sum = steps.filter((step) => step < 100 * perFrame).reduce((total, step) => total + step, 0);
  expect(sum).toBe(ticks);
}, 60_000);

test('the recorder asks for a key frame and for a lost packet by RTCP', async () => {
  const { rungs, resume, source, peer } = await lesson([1001]);
  await resume();
  const { ssrc, rungId } = rungs[0]!;
  expect(rungId).toBe('l0');
  await until(() => of(ssrc).length > 5, 'nothing flows');
  const before = peer.keyFrames[0]!;
  await new Promise((resolve) => setTimeout(resolve, 300));
  recorder.send(pictureLoss(ssrc), source.port, source.ip);
  await until(() => peer.keyFrames[0]! > before, 'no key frame came');

  const { sequence } = of(ssrc).at(-2)!;
  recorder.send(nack(ssrc, sequence), source.port, source.ip);
  await until(() => of(ssrc).filter((packet) => packet.sequence === sequence).length === 2, 'not sent again');
});

test('an audio feed is one rung, with lost packets sent again', async () => {
  const { roomId, recordingId, peer, source } = await lesson([1001]);
  const feedId = newId();
  await control.command({
    type: 'producer.create',
    roomId,
    transportId: peer.transportId,
    feedId,
    role: 'mic',
    kind: 'audio',
    rtpParameters: audioParameters('1', 2001),
    paused: false,
  });
  const { rungs } = await control.command({ type: 'record.addFeed', roomId, recordingId, feedId });
  expect(rungs).toMatchObject([
    { rungId: 'a', mimeType: 'audio/opus', payloadType: 111, clockRate: 48_000, channels: 2 },
  ]);
  await control.command({ type: 'record.resumeFeed', roomId, recordingId, feedId });
  let sequence = 0;
  const timer = setInterval(() => {
    sequence += 1;
    const fields = { payloadType: 111, sequence, timestamp: sequence * 960, ssrc: 2001 };
    peer.send('1', rtpPacket(fields, Buffer.from([0xfc, 1, 2])));
  }, 20);
  try {
    const { ssrc } = rungs[0]!;
    await until(() => of(ssrc).length > 10, 'no audio flows');
    const lost = of(ssrc).at(-2)!.sequence;
    recorder.send(nack(ssrc, lost), source.port, source.ip);
    await until(() => of(ssrc).filter((packet) => packet.sequence === lost).length === 2, 'not sent again');
  } finally {
    clearInterval(timer);
  }
});

test('a replaced producer gets new rungs, and stopping ends the flow', async () => {
  const { roomId, recordingId, feedId, rungs, peer, resume } = await lesson([1001]);
  await resume();
  await control.command({
    type: 'producer.create',
    roomId,
    transportId: peer.transportId,
    feedId,
    role: 'teacher',
    kind: 'video',
    rtpParameters: videoParameters('0', [1001]),
    paused: false,
  });
  expect(await control.codeOf({ type: 'record.resumeFeed', roomId, recordingId, feedId })).toBe('NOT_FOUND');
  const second = await control.command({ type: 'record.addFeed', roomId, recordingId, feedId });
  expect(second.rungs[0]!.ssrc).not.toBe(rungs[0]!.ssrc);
  await resume();
  await until(() => of(second.rungs[0]!.ssrc).length > 5, 'nothing flows after the replacement');
  await control.command({ type: 'record.stop', roomId, recordingId });
  await control.command({ type: 'record.stop', roomId, recordingId });
  await new Promise((resolve) => setTimeout(resolve, 100));
  const count = received.length;
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(received.length).toBe(count);
  expect(await control.codeOf({ type: 'record.addFeed', roomId, recordingId, feedId })).toBe('NOT_FOUND');
});

test('a VP8 feed is one rung, its middle layer: the recorder encodes it anew', async () => {
  const { roomId, recordingId, peer } = await lesson(SSRCS);
  const vp8 = videoParameters('2', [3001, 3002, 3003]);
  const feedId = newId();
  await control.command({
    type: 'producer.create',
    roomId,
    transportId: peer.transportId,
    feedId,
    role: 'pupils',
    kind: 'video',
    rtpParameters: { ...vp8, codecs: [{ mimeType: 'video/VP8', payloadType: 96, clockRate: 90_000 }] },
    paused: false,
  });
  const { rungs } = await control.command({ type: 'record.addFeed', roomId, recordingId, feedId });
  expect(rungs).toMatchObject([{ rungId: 'l1', mimeType: 'video/VP8' }]);
});
