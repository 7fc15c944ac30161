import { expect, test } from '@jest/globals';
import { RtpStream } from './rtp-stream.ts';

function fromFfmpeg(sequence: number, timestamp: number, marker = false): Buffer {
  const packet = Buffer.alloc(40);
  packet[0] = 0x80;
  packet[1] = (marker ? 0x80 : 0) | 96;
  packet.writeUInt16BE(sequence, 2);
  packet.writeUInt32BE(timestamp, 4);
  packet.writeUInt32BE(0xabcdef, 8);
  return packet;
}

/** A generic NACK for `first` and the packets of `mask` after it, behind a receiver report. */
function nackOf(ssrc: number, first: number, mask: number): Buffer {
  const packet = Buffer.alloc(8 + 16);
  packet.set([0x80, 201, 0, 1], 0);
  packet.set([0x81, 205, 0, 3], 8);
  packet.writeUInt32BE(ssrc, 16);
  packet.writeUInt16BE(first & 0xffff, 20);
  packet.writeUInt16BE(mask, 22);
  return packet;
}

test('packets get the identity of the stream and count from the beginning of the film', () => {
  const stream = new RtpStream({ payloadType: 108, clockRate: 90_000 });
  // ffmpeg's timestamp wraps in between.
  const first = stream.adopt(fromFfmpeg(7, 0xffff_ff00));
  const origin = first.readUInt32BE(4);
  const second = stream.adopt(fromFfmpeg(8, 3_000 - 0x100, true));
  expect(second.readUInt32BE(8)).toBe(stream.ssrc);
  expect(second[1]).toBe(0x80 | 108);
  expect((second.readUInt32BE(4) - origin) >>> 0).toBe(3_000);
  expect((second.readUInt16BE(2) - first.readUInt16BE(2)) & 0xffff).toBe(1);
  expect(stream.mediaMs).toBeCloseTo(1_000 / 30);
  expect(stream.mediaMsOf(fromFfmpeg(9, 6_000 - 0x100))).toBeCloseTo(2_000 / 30);
  expect([stream.packets, stream.bytes]).toEqual([2, 80]);
});

test('picture and sound reports name the same beginning', () => {
  const began = 1_800_000_000_000;
  for (const clockRate of [90_000, 48_000]) {
    const stream = new RtpStream({ payloadType: 1, clockRate });
    const origin = stream.adopt(fromFfmpeg(0, 5)).readUInt32BE(4);
    const report = stream.senderReport(began, began + 2_500);
    expect(report.readUInt32BE(4)).toBe(stream.ssrc);
    expect(report.readUInt32BE(8)).toBe(1_800_000_002 + 2_208_988_800);
    expect(report.readUInt32BE(12)).toBe(0x8000_0000);
    expect((report.readUInt32BE(16) - origin) >>> 0).toBe(2.5 * clockRate);
    expect([report.readUInt32BE(20), report.readUInt32BE(24)]).toEqual([1, 40]);
  }
});

test('lost packets are found again, for a while and for this stream only', () => {
  const stream = new RtpStream({ payloadType: 1, clockRate: 90_000 });
  const sent = Array.from({ length: 600 }, (_, index) => stream.adopt(fromFfmpeg(index, index * 3_000)));
  const numberOf = (index: number) => sent[index]!.readUInt16BE(2);
  const asked = [...stream.askedAgain(nackOf(stream.ssrc, numberOf(590), 0b101))];
  expect(asked).toEqual([sent[590], sent[591], sent[593]]);
  expect([...stream.askedAgain(nackOf(stream.ssrc, numberOf(10), 0))]).toEqual([]);
  expect([...stream.askedAgain(nackOf(stream.ssrc + 1, numberOf(590), 0))]).toEqual([]);
  expect([...stream.askedAgain(Buffer.alloc(3))]).toEqual([]);
  expect([...stream.askedAgain(Buffer.alloc(64, 0xff))]).toEqual([]);
});
