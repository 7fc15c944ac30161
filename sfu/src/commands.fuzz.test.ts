import type { ChildProcess } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { newId } from '#platform/ids.ts';
import { freePort } from '#platform/testing/free-port.ts';
import { ErrorCode } from '#protocol/errors.ts';
import { SfuCommand } from '#protocol/sfu-node.ts';
import { ControlServer } from '../testing/control-server.ts';
import { audioParameters, videoParameters } from '../testing/rtc-peer.ts';
import { startSfu, stopSfu } from '../testing/sfu-process.ts';

const PORT = await freePort();

let control: ControlServer;
let sfu: ChildProcess;

beforeAll(async () => {
  control = await ControlServer.start();
  sfu = await startSfu(control.url, PORT);
});
afterAll(async () => {
  await stopSfu(sfu);
  await control.close();
});

const types = SfuCommand.options.map((option) => option.shape.type.value);
const feedIds = [newId(), newId()];
const recordingId = newId();
const participantId = newId();

/** Mostly sensible values with holes and surprises, so that fuzzing gets past the border and into mediasoup. */
const surprise = fc.oneof(
  fc.anything({ maxDepth: 2 }),
  fc.constantFrom(-1, 0, 1e12, Number.MAX_SAFE_INTEGER, '', 'x'.repeat(300), [], {}, null, undefined),
);
const mangled = <T extends object>(value: T) =>
  fc.oneof(
    { weight: 2, arbitrary: fc.constant(value as unknown) },
    {
      weight: 3,
      arbitrary: fc
        .tuple(fc.array(fc.nat(), { minLength: 1, maxLength: 5 }), surprise)
        .map(([path, leaf]) => replaceSomewhere(structuredClone(value), path, leaf)),
    },
  );

function replaceSomewhere(value: object, path: number[], leaf: unknown): unknown {
  let at: Record<string, unknown> = value as Record<string, unknown>;
  for (const [depth, step] of path.entries()) {
    const keys = Object.keys(at);
    if (keys.length === 0) return value;
    const key = keys[step % keys.length]!;
    const next = at[key];
    if (depth === path.length - 1 || typeof next !== 'object' || next === null) {
      at[key] = leaf;
      return value;
    }
    at = next as Record<string, unknown>;
  }
  return value;
}

test('no command, however malformed, gets anything but an answer with a code', async () => {
  const roomId = newId();
  const { routerRtpCapabilities } = await control.command({ type: 'room.ensure', roomId });
  const transports: string[] = [];
  for (const direction of ['send', 'recv'] as const) {
    const made = await control.command({ type: 'transport.create', roomId, participantId, direction });
    transports.push(made.transportId);
  }
  const command = fc.record({
    type: fc.constantFrom(...types.filter((type) => type !== 'room.close' && type !== 'transport.close')),
    roomId: fc.constant(roomId),
    transportId: fc.constantFrom(...transports),
    participantId: fc.constant(newId()),
    direction: fc.constantFrom('send', 'recv'),
    feedId: fc.constantFrom(...feedIds),
    recordingId: fc.constant(recordingId),
    consumerId: fc.constant('x'),
    role: fc.constantFrom('teacher', 'mic'),
    kind: fc.constantFrom('audio', 'video'),
    paused: fc.boolean(),
    rtpParameters: fc.oneof(
      mangled(videoParameters('0', [1, 2, 3])),
      mangled({ ...videoParameters('2', []), encodings: [{ rid: 'a' }, { rid: 'b', dtx: true }] }),
      mangled(audioParameters('1', 9)),
    ),
    rtpCapabilities: mangled(routerRtpCapabilities),
    dtlsParameters: mangled({
      role: 'client',
      fingerprints: [{ algorithm: 'sha-256', value: Array(32).fill('0A').join(':') }],
    }),
    preferredLayers: mangled({ spatialLayer: 1, temporalLayer: 1 }),
    endpoint: mangled({ ip: '127.0.0.1', port: 9 }),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.oneof({ weight: 9, arbitrary: command }, { weight: 1, arbitrary: surprise }),
      async (raw) => {
        const reply = await control.raw(raw);
        if (reply.ok) return;
        expect(ErrorCode.options).toContain(reply.error.code);
        expect(reply.error.code).not.toBe('INTERNAL');
      },
    ),
    { numRuns: 1_500 },
  );
  expect(sfu.exitCode).toBeNull();
  expect(control.events.filter(({ type }) => type === 'room.lost')).toEqual([]);
  // The channel to the worker is not left half written: an honest command still works.
  const made = await control.command({ type: 'transport.create', roomId, participantId, direction: 'send' });
  await control.command({
    type: 'producer.create',
    roomId,
    transportId: made.transportId,
    feedId: newId(),
    role: 'teacher',
    kind: 'video',
    rtpParameters: videoParameters('0', [1, 2]),
    paused: false,
  });
}, 120_000);
