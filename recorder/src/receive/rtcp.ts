/**
 * The little RTCP a recorder needs: it reads sender reports (to answer them) and writes receiver reports
 * (RFC 3550 §6.4), picture loss indications and generic NACKs (RFC 4585 §6.3.1, §6.2.1). Feedback is sent
 * reduced-size (RFC 5506).
 */

const SENDER_REPORT = 200;
const RECEIVER_REPORT = 201;
const TRANSPORT_FEEDBACK = 205;
const PAYLOAD_FEEDBACK = 206;
const MAX_REPORT_BLOCKS = 31;

/** What one sender report says. `ntpMiddle` is the middle 32 bits of its NTP time, as LSR wants it. */
export interface SenderReport {
  ssrc: number;
  ntpMiddle: number;
  rtpTimestamp: number;
}

/** Calls back for each sender report of a compound packet; anything malformed ends the walk. */
export function readSenderReports(packet: Buffer, found: (report: SenderReport) => void): void {
  let offset = 0;
  while (offset + 8 <= packet.length) {
    if (packet[offset]! >> 6 !== 2) return;
    const bytes = (packet.readUInt16BE(offset + 2) + 1) * 4;
    if (offset + bytes > packet.length) return;
    if (packet[offset + 1] === SENDER_REPORT && bytes >= 28) {
      found({
        ssrc: packet.readUInt32BE(offset + 4),
        ntpMiddle: packet.readUInt32BE(offset + 10),
        rtpTimestamp: packet.readUInt32BE(offset + 16),
      });
    }
    offset += bytes;
  }
}

export interface ReportBlock {
  ssrc: number;
  /** 0..255, share of the packets lost since the last report. */
  fractionLost: number;
  cumulativeLost: number;
  highestSequence: number;
  /** In RTP timestamp units. */
  jitter: number;
  lastSenderReport: number;
  /** In 1/65536 s. */
  delaySinceLastSenderReport: number;
}

export function writeReceiverReport(senderSsrc: number, blocks: ReportBlock[]): Buffer {
  const count = Math.min(blocks.length, MAX_REPORT_BLOCKS);
  const packet = header(RECEIVER_REPORT, count, 8 + count * 24, senderSsrc);
  for (let index = 0; index < count; index++) {
    const block = blocks[index]!;
    const at = 8 + index * 24;
    packet.writeUInt32BE(block.ssrc, at);
    packet.writeUInt32BE(
      (((block.fractionLost & 0xff) << 24) | (Math.max(0, block.cumulativeLost) & 0x7fffff)) >>> 0,
      at + 4,
    );
    packet.writeUInt32BE(block.highestSequence >>> 0, at + 8);
    packet.writeUInt32BE(block.jitter >>> 0, at + 12);
    packet.writeUInt32BE(block.lastSenderReport >>> 0, at + 16);
    packet.writeUInt32BE(block.delaySinceLastSenderReport >>> 0, at + 20);
  }
  return packet;
}

export function writePictureLoss(senderSsrc: number, mediaSsrc: number): Buffer {
  const packet = header(PAYLOAD_FEEDBACK, 1, 12, senderSsrc);
  packet.writeUInt32BE(mediaSsrc, 8);
  return packet;
}

/** `missing` are 16-bit sequence numbers in ascending order (modulo wrap). */
export function writeNack(senderSsrc: number, mediaSsrc: number, missing: readonly number[]): Buffer {
  const items: [first: number, mask: number][] = [];
  for (const sequence of missing) {
    const last = items.at(-1);
    const ahead = last ? (sequence - last[0]) & 0xffff : 0;
    if (last && ahead >= 1 && ahead <= 16) last[1] |= 1 << (ahead - 1);
    else items.push([sequence, 0]);
  }
  const packet = header(TRANSPORT_FEEDBACK, 1, 12 + items.length * 4, senderSsrc);
  packet.writeUInt32BE(mediaSsrc, 8);
  items.forEach(([first, mask], index) => {
    packet.writeUInt16BE(first, 12 + index * 4);
    packet.writeUInt16BE(mask, 14 + index * 4);
  });
  return packet;
}

function header(type: number, count: number, bytes: number, senderSsrc: number): Buffer {
  const packet = Buffer.alloc(bytes);
  packet[0] = 0x80 | count;
  packet[1] = type;
  packet.writeUInt16BE(bytes / 4 - 1, 2);
  packet.writeUInt32BE(senderSsrc, 4);
  return packet;
}
