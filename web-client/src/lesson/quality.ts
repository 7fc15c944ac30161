import type { Quality } from './snapshot.ts';
import type { TransportSlot } from './transport-slot.ts';

/** One entry of an RTCStatsReport, as far as it is read here (Identifiers for WebRTC's Statistics API). */
export interface StatsEntry {
  readonly id: string;
  readonly type: string;
  readonly kind?: string;
  readonly trackIdentifier?: string;
  readonly framesDecoded?: number;
  readonly frameWidth?: number;
  readonly frameHeight?: number;
  readonly framesSent?: number;
  readonly mediaSourceId?: string;
  readonly localCandidateId?: string;
  readonly remoteCandidateId?: string;
  readonly candidateType?: string;
  readonly protocol?: string;
  readonly packetsReceived?: number;
  readonly packetsLost?: number;
  readonly packetsSent?: number;
  readonly bytesSent?: number;
  readonly bytesReceived?: number;
  readonly currentRoundTripTime?: number;
  readonly nominated?: boolean;
  readonly state?: string;
}
export type StatsEntries = readonly StatsEntry[];

/** The statistics of a slot's transport; none while there is no transport, or nothing in it. */
export async function statsOf({ current }: TransportSlot): Promise<StatsEntries> {
  if (!current || current.closed || current.recovery === 'idle') return [];
  return current.transport.getStats().then(
    (report) => [...report.values()] as StatsEntry[],
    () => [],
  );
}

/** How much of a received track has come so far: decoded frames, or packets of sound. */
export function progressOf(stats: StatsEntries, trackId: string): number {
  const inbound = stats.find((it) => it.type === 'inbound-rtp' && it.trackIdentifier === trackId);
  return (inbound?.kind === 'video' ? inbound.framesDecoded : inbound?.packetsReceived) ?? 0;
}

/** How much of a track of one's own has gone out so far, over all its simulcast layers: frames, or packets of sound. */
export function sentOf(stats: StatsEntries, trackId: string): number {
  const sources = stats.filter((it) => it.type === 'media-source' && it.trackIdentifier === trackId);
  return stats
    .filter((it) => it.type === 'outbound-rtp' && sources.some(({ id }) => id === it.mediaSourceId))
    .reduce((sum, it) => sum + ((it.kind === 'video' ? it.framesSent : it.packetsSent) ?? 0), 0);
}

/** Size of the picture that a received track has now; null before its first frame. */
export function sizeOf(stats: StatsEntries, trackId: string): { width: number; height: number } | null {
  const inbound = stats.find((it) => it.type === 'inbound-rtp' && it.trackIdentifier === trackId);
  const { frameWidth: width, frameHeight: height } = inbound ?? {};
  return width && height ? { width, height } : null;
}

/** The way that media takes to the media node; null while there is none. */
export function pathOf(stats: StatsEntries): 'udp' | 'tcp' | 'turn' | null {
  const pair = stats.find((it) => it.type === 'candidate-pair' && it.nominated && it.state === 'succeeded');
  const end = (id: string | undefined) => stats.find((it) => it.id === id);
  if (!pair) return null;
  if (end(pair.localCandidateId)?.candidateType === 'relay') return 'turn';
  return end(pair.remoteCandidateId)?.protocol === 'tcp' ? 'tcp' : 'udp';
}

/** Running totals of one moment, from both transports. */
export interface Totals {
  readonly at: number;
  readonly rttMs: number | null;
  readonly upBytes: number;
  readonly downBytes: number;
  readonly packets: number;
  readonly lost: number;
}

export function totalsOf(stats: StatsEntries, at: number): Totals {
  const sum = (type: string, read: (entry: StatsEntry) => number | undefined) =>
    stats.reduce((total, entry) => (entry.type === type ? total + (read(entry) ?? 0) : total), 0);
  const pair = stats.find(
    (it) => it.type === 'candidate-pair' && it.nominated && it.currentRoundTripTime !== undefined,
  );
  return {
    at,
    rttMs: pair ? Math.round(pair.currentRoundTripTime! * 1000) : null,
    upBytes: sum('transport', (it) => it.bytesSent),
    downBytes: sum('transport', (it) => it.bytesReceived),
    packets: sum('inbound-rtp', (it) => it.packetsReceived) + sum('outbound-rtp', (it) => it.packetsSent),
    // What the SFU says of ours is `remote-inbound-rtp`.
    lost: sum('inbound-rtp', (it) => it.packetsLost) + sum('remote-inbound-rtp', (it) => it.packetsLost),
  };
}

/**
 * What a person is told, from two moments. Totals that fell belong to another transport than before:
 * then there is nothing to say about that stretch.
 */
export function qualityBetween(before: Totals | null, now: Totals): Quality {
  const seconds = before ? (now.at - before.at) / 1000 : 0;
  const fell = before !== null && (now.upBytes < before.upBytes || now.downBytes < before.downBytes);
  if (!before || fell || seconds <= 0)
    return { rttMs: now.rttMs, lossPercent: null, upKbps: null, downKbps: null };
  const lost = Math.max(0, now.lost - before.lost);
  const packets = Math.max(0, now.packets - before.packets);
  return {
    rttMs: now.rttMs,
    lossPercent: packets + lost > 0 ? Math.round((1000 * lost) / (packets + lost)) / 10 : null,
    upKbps: Math.round(((now.upBytes - before.upBytes) * 8) / 1000 / seconds),
    downKbps: Math.round(((now.downBytes - before.downBytes) * 8) / 1000 / seconds),
  };
}
