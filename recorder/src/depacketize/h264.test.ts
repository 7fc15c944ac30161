import { describe, expect, test } from '@jest/globals';
import { h264Clip, pictures } from '../../testing/rtp-clip.ts';
import { markerOf, payloadStart, timestampOf } from '../receive/rtp-packet.ts';
import { BLACK } from '../write/stand-ins.ts';
import { type AccessUnit, H264Depacketizer } from './h264.ts';

function setUp(sprop?: string) {
  const units: AccessUnit[] = [];
  const starts: number[] = [];
  const sink = {
    keyFrameStarts: (timestamp: number) => starts.push(timestamp),
    accessUnit: (unit: AccessUnit) => units.push(unit),
  };
  return { units, starts, depacketizer: new H264Depacketizer(sink, sprop) };
}

const feed = (depacketizer: H264Depacketizer, packets: Buffer[]) => {
  for (const packet of packets) {
    depacketizer.packet(packet, payloadStart(packet), packet.length, timestampOf(packet), markerOf(packet));
  }
};

const give = (depacketizer: H264Depacketizer, payload: number[], timestamp: number, marker: boolean) =>
  depacketizer.packet(Buffer.from(payload), 0, payload.length, timestamp, marker);

const { sps } = BLACK.parameters;
const pps = BLACK.parameters.pps[0]!;
const stapA = (...units: Buffer[]) => [
  24,
  ...units.flatMap((unit) => [unit.length >> 8, unit.length & 0xff, ...unit]),
];
/** nal_unit_type 5, first_mb 0, slice_type 7, pps_id 0. */
const IDR = [0x65, 0x88, 0x84, 1, 2, 3];
const SLICE = [0x41, 0x9a, 4, 5];

describe('H264Depacketizer', () => {
  test("takes apart what ffmpeg's packetizer made", async () => {
    const clip = await h264Clip('s', 3);
    const { units, starts, depacketizer } = setUp();
    feed(depacketizer, clip.packets);
    expect(units.length).toBe(pictures(clip).length);
    expect(units.filter((unit) => unit.key).length).toBe(3);
    expect(starts.length).toBe(3);
    expect(units[0]!.parameters).toMatchObject({ width: 320, height: 180 });
    expect(units[0]!.parameters!.codec).toMatch(/^avc1\.42c0/);
    for (const { data } of units) {
      let at = 0;
      while (at < data.length) at += 4 + data.readUInt32BE(at);
      expect(at).toBe(data.length);
    }
  });

  test('STAP-A, single NAL units and FU-A', () => {
    const { units, depacketizer } = setUp();
    give(depacketizer, stapA(sps, pps), 90, false);
    give(depacketizer, IDR, 90, true);
    give(depacketizer, [0x5c, 0x81, 0x9a, 7], 180, false);
    give(depacketizer, [0x5c, 0x01, 8], 180, false);
    give(depacketizer, [0x5c, 0x41, 9], 180, true);
    expect(units.map((unit) => [unit.timestamp, unit.key])).toEqual([
      [90, true],
      [180, false],
    ]);
    expect(units[0]!.data).toEqual(Buffer.from([0, 0, 0, IDR.length, ...IDR]));
    expect(units[1]!.data).toEqual(Buffer.from([0, 0, 0, 5, 0x41, 0x9a, 7, 8, 9]));
  });

  test('a picture without its marker ends with the next timestamp', () => {
    const { units, depacketizer } = setUp();
    give(depacketizer, SLICE, 90, false);
    give(depacketizer, SLICE, 180, true);
    expect(units.map((unit) => unit.timestamp)).toEqual([90, 180]);
  });

  test('the rest of a torn picture is not taken for a picture', () => {
    const { units, depacketizer } = setUp();
    give(depacketizer, stapA(sps, pps), 90, false);
    depacketizer.lost();
    // A later slice of the same IDR: first_mb is not 0.
    give(depacketizer, [0x65, 0x44, 0x84, 1], 90, true);
    expect(units).toEqual([]);
    give(depacketizer, stapA(sps, pps), 180, false);
    give(depacketizer, IDR, 180, true);
    expect(units.map((unit) => unit.timestamp)).toEqual([180]);
  });

  test('an IDR without parameter sets is dropped, out-of-band ones serve', () => {
    const bare = setUp();
    give(bare.depacketizer, IDR, 90, true);
    expect(bare.units).toEqual([]);
    const sprop = setUp(`${sps.toString('base64')},${pps.toString('base64')}`);
    give(sprop.depacketizer, IDR, 90, true);
    expect(sprop.units[0]!.parameters).toMatchObject({ width: 320, height: 180 });
  });

  test('torn payloads of any kind leave it standing', () => {
    const { depacketizer } = setUp();
    const shapes = [
      [24],
      [24, 0],
      [24, 0, 9, 1],
      [28],
      [28, 0x85],
      [0x67],
      [0x67, 1],
      [0x68],
      [0x65],
      [31, 1],
      [0],
    ];
    for (const [index, shape] of shapes.entries()) give(depacketizer, shape, index, true);
    for (let cut = 0; cut < sps.length; cut++)
      give(depacketizer, [...sps.subarray(0, cut)], 1_000 + cut, true);
  });
});
