import { expect, test } from '@jest/globals';
import { pictures, vp8Clip } from '../../testing/rtp-clip.ts';
import { markerOf, payloadStart, timestampOf } from '../receive/rtp-packet.ts';
import { Vp8Depacketizer, type Vp8Frame, vp8Size } from './vp8.ts';

test("joins what ffmpeg's VP8 packetizer split", async () => {
  const clip = await vp8Clip(2);
  const frames: Vp8Frame[] = [];
  const depacketizer = new Vp8Depacketizer((frame) => frames.push(frame));
  for (const packet of clip.packets) {
    depacketizer.packet(packet, payloadStart(packet), packet.length, timestampOf(packet), markerOf(packet));
  }
  expect(frames.length).toBe(pictures(clip).length);
  expect(frames.filter((frame) => frame.key).length).toBe(2);
  expect(vp8Size(frames[0]!.data)).toEqual({ width: 320, height: 180 });
});

test('reads extended descriptors and drops what has no beginning', () => {
  const frames: Vp8Frame[] = [];
  const depacketizer = new Vp8Depacketizer((frame) => frames.push(frame));
  const give = (payload: number[], timestamp: number, marker: boolean) =>
    depacketizer.packet(Buffer.from(payload), 0, payload.length, timestamp, marker);
  // X with I (15 bits), L, T: seven descriptor bytes.
  give([0x90, 0xe0, 0x81, 0x23, 1, 0x20, 0x10, 0x11], 1, false);
  give([0x80, 0xe0, 0x81, 0x23, 1, 0x20, 0x22], 1, true);
  give([0x00, 0x33], 2, true);
  expect(frames).toEqual([{ timestamp: 1, key: true, data: Buffer.from([0x10, 0x11, 0x22]) }]);
});
