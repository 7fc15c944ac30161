import { expect, test } from '@jest/globals';
import {
  readSenderReports,
  type SenderReport,
  writeNack,
  writePictureLoss,
  writeReceiverReport,
} from './rtcp.ts';

test('a generic NACK packs up to 17 sequence numbers in a pair, across the wrap', () => {
  const packet = writeNack(1, 2, [65_534, 65_535, 0, 14, 20]);
  expect(packet.subarray(0, 4).toString('hex')).toBe('81cd0004');
  expect(packet.readUInt32BE(8)).toBe(2);
  expect(packet.readUInt16BE(12)).toBe(65_534);
  expect(packet.readUInt16BE(14)).toBe((1 << 0) | (1 << 1) | (1 << 15));
  expect(packet.readUInt16BE(16)).toBe(20);
  expect(packet.length).toBe(20);
});

test('a picture loss indication names its stream', () => {
  expect(writePictureLoss(1, 0xdeadbeef).toString('hex')).toBe('81ce000200000001deadbeef');
});

test('sender reports are found in a compound packet, rubbish is not read past its end', () => {
  const report = Buffer.alloc(28);
  report[0] = 0x80;
  report[1] = 200;
  report.writeUInt16BE(6, 2);
  report.writeUInt32BE(77, 4);
  report.writeUInt32BE(0x11112222, 8);
  report.writeUInt32BE(0x33334444, 12);
  report.writeUInt32BE(90_000, 16);
  const found: SenderReport[] = [];
  const compound = Buffer.concat([
    writeReceiverReport(5, []),
    report,
    Buffer.from([0x80, 200, 0xff, 0xff, 0, 0, 0, 0]),
  ]);
  readSenderReports(compound, (each) => found.push(each));
  expect(found).toEqual([{ ssrc: 77, ntpMiddle: 0x22223333, rtpTimestamp: 90_000 }]);
});

test('a receiver report carries its blocks', () => {
  const block = {
    ssrc: 9,
    fractionLost: 12,
    cumulativeLost: 300,
    highestSequence: 0x1ffff,
    jitter: 5,
    lastSenderReport: 6,
    delaySinceLastSenderReport: 7,
  };
  const packet = writeReceiverReport(1, [block]);
  expect(packet.subarray(0, 4).toString('hex')).toBe('81c90007');
  expect(packet.readUInt32BE(8)).toBe(9);
  expect(packet[12]).toBe(12);
  expect(packet.readUIntBE(13, 3)).toBe(300);
  expect(packet.readUInt32BE(16)).toBe(0x1ffff);
});
