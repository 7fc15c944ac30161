/**
 * Reads the fixed header of an RTP packet (RFC 3550 §5.1) in place. Plain functions over the datagram's own
 * Buffer, because one lesson is some 300 packets a second and none of them deserves an object.
 */

export const RTP_HEADER_BYTES = 12;

/** True for RTCP on a port shared with RTP (RFC 5761 §4). */
export function isRtcp(packet: Buffer): boolean {
  const type = packet[1] ?? 0;
  return type >= 192 && type <= 223;
}

export const sequenceOf = (packet: Buffer): number => packet.readUInt16BE(2);
export const timestampOf = (packet: Buffer): number => packet.readUInt32BE(4);
export const ssrcOf = (packet: Buffer): number => packet.readUInt32BE(8);
export const markerOf = (packet: Buffer): boolean => ((packet[1] ?? 0) & 0x80) !== 0;

/** Offset of the payload in bytes, or -1 when the header is not a valid version 2 header. */
export function payloadStart(packet: Buffer): number {
  if (packet.length < RTP_HEADER_BYTES) return -1;
  const first = packet[0]!;
  if (first >> 6 !== 2) return -1;
  let offset = RTP_HEADER_BYTES + (first & 0x0f) * 4;
  if (first & 0x10) {
    if (packet.length < offset + 4) return -1;
    offset += 4 + packet.readUInt16BE(offset + 2) * 4;
  }
  return offset <= packet.length ? offset : -1;
}

/** End of the payload in bytes, padding taken off; -1 when the padding count is nonsense. */
export function payloadEnd(packet: Buffer, start: number): number {
  if ((packet[0]! & 0x20) === 0) return packet.length;
  const padding = packet[packet.length - 1]!;
  const end = packet.length - padding;
  return padding > 0 && end >= start ? end : -1;
}
