import type { ChildProcess } from 'node:child_process';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { newId } from '#platform/ids.ts';
import { freePort } from '#platform/testing/free-port.ts';
import { ControlServer, until } from '../testing/control-server.ts';
import { RtcPeer, videoParameters } from '../testing/rtc-peer.ts';
import { readRtp } from '../testing/rtp.ts';
import { startSfu, stopSfu } from '../testing/sfu-process.ts';
import { isKeyFrame, layerOf } from '../testing/synthetic-video.ts';

const PORT = await freePort();
const SSRCS = [1001, 1002, 1003];

let control: ControlServer;
let sfu: ChildProcess;
let peers: RtcPeer[] = [];

beforeAll(async () => {
  control = await ControlServer.start();
  sfu = await startSfu(control.url, PORT);
});
afterEach(() => {
  for (const peer of peers) peer.close();
  peers = [];
});
afterAll(async () => {
  await stopSfu(sfu);
  await control.close();
});

/** A camera in three layers, and one viewer who has not unpaused it yet. */
async function watching() {
  const roomId = newId();
  const feedId = newId();
  const { routerRtpCapabilities } = await control.command({ type: 'room.ensure', roomId });
  const sender = await RtcPeer.connect(control, roomId, newId(), [
    { mid: '0', kind: 'video', direction: 'SendOnly', payloadType: 102, ssrcs: SSRCS },
  ]);
  peers.push(sender);
  await control.command({
    type: 'producer.create',
    roomId,
    transportId: sender.transportId,
    feedId,
    role: 'teacher',
    kind: 'video',
    rtpParameters: videoParameters('0', SSRCS),
    paused: false,
  });
  sender.startVideo('0', SSRCS);
  const participantId = newId();
  const transport = await control.command({
    type: 'transport.create',
    roomId,
    participantId,
    direction: 'recv',
  });
  const { consumerId, rtpParameters } = await control.command({
    type: 'consumer.create',
    roomId,
    transportId: transport.transportId,
    feedId,
    rtpCapabilities: routerRtpCapabilities,
  });
  const ssrc = rtpParameters.encodings![0]!.ssrc!;
  const { payloadType } = rtpParameters.codecs[0]!;
  const mid = rtpParameters.mid!;
  const connect = async () => {
    const viewer = await RtcPeer.connect(
      control,
      roomId,
      participantId,
      [{ mid, kind: 'video', direction: 'RecvOnly', payloadType, ssrcs: [ssrc] }],
      { transport },
    );
    peers.push(viewer);
    return () =>
      viewer.received
        .map(readRtp)
        .filter((packet) => packet !== null)
        .filter((packet) => packet.ssrc === ssrc)
        .map(({ payload }) => payload);
  };
  const change = (type: 'consumer.pause' | 'consumer.resume') =>
    control.command({ type, roomId, consumerId });
  const prefer = (spatialLayer: number) =>
    control.command({ type: 'consumer.setLayers', roomId, consumerId, preferredLayers: { spatialLayer } });
  return { sender, connect, change, prefer };
}

test('a viewer sees the smallest layer first, from a key frame on, and then the largest', async () => {
  const { connect, change } = await watching();
  const frames = await connect();
  await change('consumer.resume');
  await until(() => frames().some((payload) => layerOf(payload) === 2), 'the largest layer does not come');
  expect(layerOf(frames()[0]!)).toBe(0);
  expect(isKeyFrame(frames()[0]!)).toBe(true);
});

test('a viewer who unpaused before the line was up sees it as soon as it is', async () => {
  const { connect, change } = await watching();
  await change('consumer.resume');
  const frames = await connect();
  await until(() => frames().length > 0, 'nothing comes');
  expect(isKeyFrame(frames()[0]!)).toBe(true);
});

test('a viewer stays on the layer that was wished for', async () => {
  const { connect, change, prefer } = await watching();
  await prefer(1);
  const frames = await connect();
  await change('consumer.resume');
  await until(() => frames().filter((payload) => layerOf(payload) === 1).length > 20, 'it does not come');
  expect(frames().some((payload) => layerOf(payload) === 2)).toBe(false);
  await prefer(2);
  await until(() => frames().some((payload) => layerOf(payload) === 2), 'the largest does not come');
});

test('nothing flows when the viewer paused again before it could', async () => {
  const { connect, change } = await watching();
  await change('consumer.resume');
  await change('consumer.pause');
  const frames = await connect();
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(frames()).toEqual([]);
});

test('a viewer who unpaused and saw nothing gets another key frame', async () => {
  const { sender, connect, change } = await watching();
  const frames = await connect();
  await change('consumer.resume');
  await until(() => frames().some((payload) => layerOf(payload) === 2), 'the largest layer does not come');
  const before = sender.keyFrames[2]!;
  await change('consumer.resume');
  await until(() => sender.keyFrames[2]! > before, 'no key frame was asked for');
});
