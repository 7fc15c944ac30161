import { describe, expect, test } from '@jest/globals';
import { GAP_WAIT_MS, JitterBuffer } from './jitter-buffer.ts';
import { sequenceOf } from './rtp-packet.ts';

function packet(sequence: number): Buffer {
  const bytes = Buffer.alloc(12);
  bytes[0] = 0x80;
  bytes.writeUInt16BE(sequence & 0xffff, 2);
  return bytes;
}

function setUp() {
  const seen: (number | string)[] = [];
  const buffer = new JitterBuffer({
    packet: (bytes) => seen.push(sequenceOf(bytes)),
    lost: (count) => seen.push(`lost ${count}`),
  });
  return { seen, buffer };
}

describe('JitterBuffer', () => {
  test('delivers in order what came out of order, across the wrap of the sequence number', () => {
    const { seen, buffer } = setUp();
    for (const number of [65533, 65535, 65534, 1, 0, 2]) buffer.push(packet(number), 0);
    expect(seen).toEqual([65533, 65534, 65535, 0, 1, 2]);
    expect(buffer.waiting).toBe(false);
  });

  test('refuses duplicates and what comes after its place was given up', () => {
    const { seen, buffer } = setUp();
    for (const number of [1, 2, 2, 4, 4]) buffer.push(packet(number), 0);
    buffer.poll(GAP_WAIT_MS);
    expect(buffer.push(packet(3), GAP_WAIT_MS)).toBe(false);
    expect(seen).toEqual([1, 2, 'lost 1', 4]);
  });

  test('asks for missing packets after 20 ms, again every 80 ms, and gives up in the end', () => {
    const { seen, buffer } = setUp();
    buffer.push(packet(10), 0);
    buffer.push(packet(13), 100);
    expect(buffer.poll(110)).toEqual([]);
    expect(buffer.poll(121)).toEqual([11, 12]);
    expect(buffer.poll(140)).toEqual([]);
    expect(buffer.poll(205)).toEqual([11, 12]);
    buffer.push(packet(11), 210);
    expect(buffer.poll(290)).toEqual([12]);
    expect(seen).toEqual([10, 11]);
    buffer.poll(100 + GAP_WAIT_MS);
    expect(seen).toEqual([10, 11, 'lost 1', 13]);
  });

  test('one stray packet is ignored, two in a row are a restarted sender', () => {
    const { seen, buffer } = setUp();
    buffer.push(packet(5), 0);
    buffer.push(packet(40_000), 0);
    buffer.push(packet(6), 0);
    expect(seen).toEqual([5, 6]);
    for (const number of [30_000, 30_001, 30_002]) buffer.push(packet(number), 0);
    expect(seen).toEqual([5, 6, 'lost 1', 30_000, 30_001, 30_002]);
  });

  test('flush hands on what is held', () => {
    const { seen, buffer } = setUp();
    for (const number of [1, 3, 6]) buffer.push(packet(number), 0);
    buffer.flush();
    expect(seen).toEqual([1, 'lost 1', 3, 'lost 2', 6]);
  });
});
