/** Opus frame length in 48 kHz samples by configuration number (RFC 6716 §3.1, table 2). */
const SILK = [480, 960, 1920, 2880];
const HYBRID = [480, 960];
const CELT = [120, 240, 480, 960];

/** Duration of one Opus packet (an RTP payload is exactly one, RFC 7587 §4.2) in 48 kHz samples; 0 if torn. */
export function opusDuration(payload: Buffer): number {
  const toc = payload[0];
  if (toc === undefined) return 0;
  const configuration = toc >> 3;
  const frame =
    configuration < 12
      ? SILK[configuration & 3]!
      : configuration < 16
        ? HYBRID[configuration & 1]!
        : CELT[configuration & 3]!;
  const code = toc & 3;
  if (code === 0) return frame;
  if (code < 3) return frame * 2;
  return frame * ((payload[1] ?? 0) & 0x3f);
}
