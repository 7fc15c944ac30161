/** What a test needs of RTP (RFC 3550): packets with made-up H.264 or Opus payloads, and sender reports. */
export interface RtpFields {
  payloadType: number;
  sequence: number;
  timestamp: number;
  ssrc: number;
  marker?: boolean;
}

export function rtpPacket(fields: RtpFields, payload: Buffer): Buffer {
  const header = Buffer.alloc(12);
  header[0] = 0x80;
  header[1] = (fields.marker ? 0x80 : 0) | fields.payloadType;
  header.writeUInt16BE(fields.sequence & 0xffff, 2);
  header.writeUInt32BE(fields.timestamp >>> 0, 4);
  header.writeUInt32BE(fields.ssrc, 8);
  return Buffer.concat([header, payload]);
}

export interface ReceivedRtp extends Required<RtpFields> {
  payload: Buffer;
}

/** Null for RTCP (RFC 5761 §4) and whatever else is no RTP. */
export function readRtp(packet: Buffer): ReceivedRtp | null {
  if (packet.length < 12 || packet[0]! >> 6 !== 2) return null;
  if (packet[1]! >= 192 && packet[1]! <= 223) return null;
  const extension = packet[0]! & 0x10;
  const extensionBytes = extension ? 4 + packet.readUInt16BE(14) * 4 : 0;
  return {
    payloadType: packet[1]! & 0x7f,
    marker: packet[1]! >= 0x80,
    sequence: packet.readUInt16BE(2),
    timestamp: packet.readUInt32BE(4),
    ssrc: packet.readUInt32BE(8),
    payload: packet.subarray(12 + extensionBytes),
  };
}

/** `at` is wall time in milliseconds. */
export function senderReport(ssrc: number, timestamp: number, at: number): Buffer {
  const packet = Buffer.alloc(28);
  packet[0] = 0x80;
  packet[1] = 200;
  packet.writeUInt16BE(6, 2);
  packet.writeUInt32BE(ssrc, 4);
  packet.writeUInt32BE((Math.floor(at / 1000) + 2_208_988_800) >>> 0, 8);
  packet.writeUInt32BE(Math.floor((at % 1000) * 4_294_967.296), 12);
  packet.writeUInt32BE(timestamp >>> 0, 16);
  return packet;
}

/** Picture loss indication (RFC 4585 §6.3.1). */
export function pictureLoss(mediaSsrc: number): Buffer {
  const packet = Buffer.alloc(12);
  packet[0] = 0x81;
  packet[1] = 206;
  packet.writeUInt16BE(2, 2);
  packet.writeUInt32BE(1, 4);
  packet.writeUInt32BE(mediaSsrc, 8);
  return packet;
}

/** Generic NACK for one packet (RFC 4585 §6.2.1). */
export function nack(mediaSsrc: number, sequence: number): Buffer {
  const packet = Buffer.alloc(16);
  packet[0] = 0x81;
  packet[1] = 205;
  packet.writeUInt16BE(3, 2);
  packet.writeUInt32BE(1, 4);
  packet.writeUInt32BE(mediaSsrc, 8);
  packet.writeUInt16BE(sequence, 12);
  return packet;
}

/** Media SSRCs of the picture loss indications in a compound RTCP packet. */
export function pictureLossesIn(packet: Buffer): number[] {
  const found: number[] = [];
  for (let at = 0; at + 12 <= packet.length; at += (packet.readUInt16BE(at + 2) + 1) * 4)
    if (packet[at + 1] === 206 && (packet[at]! & 0x1f) === 1) found.push(packet.readUInt32BE(at + 8));
  return found;
}
