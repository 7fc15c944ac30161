import type { RateFacts } from '../judge/verdicts.ts';

/** One entry of an RTCStatsReport, as far as it is read here. */
export interface LineEntry {
  readonly type: string;
  readonly bytesSent?: number;
  readonly bytesReceived?: number;
  readonly packetsSent?: number;
  readonly packetsReceived?: number;
  readonly packetsLost?: number;
  readonly nominated?: boolean;
  readonly currentRoundTripTime?: number;
  readonly availableOutgoingBitrate?: number;
}

/** Running totals of one moment. */
export interface LineTotals {
  readonly atMs: number;
  readonly sentBytes: number;
  readonly receivedBytes: number;
  readonly sentPackets: number;
  readonly receivedPackets: number;
  readonly lostUp: number;
  readonly lostDown: number;
  readonly rttMs: number | null;
  readonly availableKbps: number | null;
}

/** @param sent statistics of the sending transport; `received` of the receiving one */
export function lineTotals(
  sent: readonly LineEntry[],
  received: readonly LineEntry[],
  atMs: number,
): LineTotals {
  const sum = (entries: readonly LineEntry[], type: string, read: (entry: LineEntry) => number | undefined) =>
    entries.reduce((total, entry) => (entry.type === type ? total + (read(entry) ?? 0) : total), 0);
  const pair = sent.find((it) => it.type === 'candidate-pair' && it.nominated);
  return {
    atMs,
    sentBytes: sum(sent, 'outbound-rtp', (it) => it.bytesSent),
    sentPackets: sum(sent, 'outbound-rtp', (it) => it.packetsSent),
    // What the media node says of ours.
    lostUp: sum(sent, 'remote-inbound-rtp', (it) => it.packetsLost),
    receivedBytes: sum(received, 'inbound-rtp', (it) => it.bytesReceived),
    receivedPackets: sum(received, 'inbound-rtp', (it) => it.packetsReceived),
    lostDown: sum(received, 'inbound-rtp', (it) => it.packetsLost),
    rttMs: pair?.currentRoundTripTime === undefined ? null : Math.round(pair.currentRoundTripTime * 1000),
    availableKbps:
      pair?.availableOutgoingBitrate === undefined ? null : Math.round(pair.availableOutgoingBitrate / 1000),
  };
}

/** What flowed between two moments of the same transports. */
export function rateBetween(before: LineTotals, now: LineTotals): RateFacts {
  const ms = Math.max(1, now.atMs - before.atMs);
  const kbps = (bytes: number) => Math.round((Math.max(0, bytes) * 8) / ms);
  return {
    sentKbps: kbps(now.sentBytes - before.sentBytes),
    receivedKbps: kbps(now.receivedBytes - before.receivedBytes),
    availableKbps: now.availableKbps,
    lossUpPercent: percent(now.lostUp - before.lostUp, now.sentPackets - before.sentPackets),
    lossDownPercent: percent(
      now.lostDown - before.lostDown,
      now.receivedPackets - before.receivedPackets + now.lostDown - before.lostDown,
    ),
    rttMs: now.rttMs,
  };
}

/** To a tenth. A packet that came late is taken back from the lost ones, so the difference may be below 0. */
function percent(lost: number, all: number): number {
  return all > 0 ? Math.min(100, Math.max(0, Math.round((1000 * lost) / all) / 10)) : 0;
}
