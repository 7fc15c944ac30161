import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { newId } from '#platform/ids.ts';
import { freePort } from '#platform/testing/free-port.ts';
import { ControlServer, until } from '../testing/control-server.ts';
import { audioParameters, videoParameters } from '../testing/rtc-peer.ts';
import { startSfu, stopSfu } from '../testing/sfu-process.ts';

const PORT = await freePort();
let control: ControlServer;
let sfu: ChildProcess;

beforeEach(async () => {
  control = await ControlServer.start();
  sfu = await startSfu(control.url, PORT, { TC_SFU_WORKERS: '2' });
});
afterEach(async () => {
  await stopSfu(sfu);
  await control.close();
});

/** Process ids of the media workers, from the kernel. */
function workerPids(): number[] {
  const path = `/proc/${sfu.pid}/task/${sfu.pid}/children`;
  return readFileSync(path, 'utf8').trim().split(/\s+/).filter(Boolean).map(Number);
}

async function fill(roomId: string) {
  const { routerRtpCapabilities } = await control.command({ type: 'room.ensure', roomId });
  const participantId = newId();
  const [send, recv] = await Promise.all(
    (['send', 'recv'] as const).map((direction) =>
      control.command({ type: 'transport.create', roomId, participantId, direction }),
    ),
  );
  const [video, mic, recordingId] = [newId(), newId(), newId()];
  await control.command({
    type: 'producer.create',
    roomId,
    transportId: send!.transportId,
    feedId: video,
    role: 'teacher',
    kind: 'video',
    rtpParameters: videoParameters('0', [1, 2]),
    paused: true,
  });
  await control.command({
    type: 'producer.create',
    roomId,
    transportId: send!.transportId,
    feedId: mic,
    role: 'mic',
    kind: 'audio',
    rtpParameters: audioParameters('1', 3),
    paused: false,
  });
  const consumer = await control.command({
    type: 'consumer.create',
    roomId,
    transportId: recv!.transportId,
    feedId: video,
    rtpCapabilities: routerRtpCapabilities,
  });
  const endpoint = { ip: '127.0.0.1', port: 9 };
  await control.command({ type: 'record.start', roomId, recordingId, endpoint });
  await control.command({ type: 'record.addFeed', roomId, recordingId, feedId: video });
  const published = { participantId, transportId: send!.transportId, producerId: expect.any(String) };
  return {
    roomId,
    routerRtpCapabilities,
    transports: [
      { transportId: send!.transportId, participantId, direction: 'send' },
      { transportId: recv!.transportId, participantId, direction: 'recv' },
    ],
    feeds: [
      { ...published, feedId: video, role: 'teacher', kind: 'video', paused: true },
      { ...published, feedId: mic, role: 'mic', kind: 'audio', paused: false },
    ],
    consumers: [
      { consumerId: consumer.consumerId, transportId: recv!.transportId, participantId, feedId: video },
    ],
    recordings: [{ recordingId, endpoint, feedIds: [video] }],
  };
}

test('the report after a reconnect says what is true', async () => {
  const [first, second, emptied] = [newId(), newId(), newId()];
  const expected = [await fill(first), await fill(second)];
  await fill(emptied);
  await control.command({ type: 'room.close', roomId: emptied });
  const { participantId } = expected[1]!.transports[0]!;
  await control.command({ type: 'participant.close', roomId: second, participantId });
  Object.assign(expected[1]!, { transports: [], feeds: [], consumers: [] });
  expected[1]!.recordings[0]!.feedIds = [];

  const { port, hellos } = control;
  await control.close();
  control = await ControlServer.start(port);
  const report = await until(() => control.reports[0], 'no report');
  const byRoom = new Map(report.rooms.map((room) => [room.roomId, room]));
  expect(byRoom.size).toBe(2);
  const sorted = (room: (typeof report.rooms)[number] | undefined) =>
    room && { ...room, transports: room.transports.toSorted((a, b) => (a.direction > b.direction ? -1 : 1)) };
  expect(sorted(byRoom.get(first))).toEqual(expected[0]);
  expect(byRoom.get(second)).toEqual(expected[1]);
  // Same process: the same name and the same id.
  expect(control.hellos[0]).toEqual(hellos[0]);
  expect(control.hellos[0]!.name).toMatch(new RegExp(`:${PORT}$`));
});

test('a worker killed with -9 takes only its own rooms, and is replaced on the same port', async () => {
  const rooms = [newId(), newId()];
  for (const roomId of rooms) await control.command({ type: 'room.ensure', roomId });
  const before = workerPids();
  expect(before).toHaveLength(2);
  process.kill(before[0]!, 'SIGKILL');
  const { roomId: lost } = await control.event('room.lost');
  const kept = rooms.find((roomId) => roomId !== lost)!;
  expect(control.events).toHaveLength(1);
  const create = { type: 'transport.create', participantId: newId(), direction: 'send' } as const;
  expect(await control.codeOf({ ...create, roomId: kept })).toBe('ok');
  expect(await control.codeOf({ ...create, roomId: lost })).toBe('MEDIA_GONE');
  control.heartbeats.length = 0;
  await until(() => control.heartbeats.at(-1)?.detail.workers === 2, 'no replacement');
  await control.command({ type: 'room.ensure', roomId: lost });
  const ports = new Set<number>();
  for (const roomId of rooms)
    for (const { port } of (await control.command({ ...create, roomId })).iceCandidates) ports.add(port);
  expect([...ports].sort()).toEqual([PORT, PORT + 1]);
});

test('with every worker dead a new room waits for the replacement', async () => {
  for (const pid of workerPids()) process.kill(pid, 'SIGKILL');
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(await control.codeOf({ type: 'room.ensure', roomId: newId() })).toBe('ok');
});

test('heartbeats tell the load', async () => {
  await fill(newId());
  control.heartbeats.length = 0;
  const { load, detail } = await until(() => control.heartbeats.at(-1), 'no heartbeat');
  expect(load).toBeLessThan(1);
  expect(detail).toMatchObject({
    workers: 2,
    rooms: 1,
    transports: 2,
    feeds: 2,
    consumers: 1,
    recordings: 1,
  });
});

test('a taken port ends the start with an error', async () => {
  await expect(startSfu(control.url, PORT)).rejects.toThrow('sfu ended with 1');
});
