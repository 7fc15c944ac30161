import { expect, test } from '@jest/globals';
import { progressOf, qualityBetween, type StatsEntries, totalsOf } from './quality.ts';

const sample = (k: number): StatsEntries => [
  { id: 'T', type: 'transport', bytesSent: 1000 * k, bytesReceived: 250_000 * k },
  { id: 'P', type: 'candidate-pair', nominated: true, currentRoundTripTime: 0.0214 },
  {
    id: 'V',
    type: 'inbound-rtp',
    kind: 'video',
    trackIdentifier: 'v',
    framesDecoded: 30 * k,
    packetsReceived: 90 * k,
    packetsLost: 10 * k,
  },
  { id: 'A', type: 'inbound-rtp', kind: 'audio', trackIdentifier: 'a', packetsReceived: 50 * k },
];

test('progress is decoded frames for a picture, packets for sound, 0 for what is not there', () => {
  expect(progressOf(sample(2), 'v')).toBe(60);
  expect(progressOf(sample(2), 'a')).toBe(100);
  expect(progressOf(sample(2), 'x')).toBe(0);
});

test('two moments make rates and the share of lost packets', () => {
  const quality = qualityBetween(totalsOf(sample(1), 1_000), totalsOf(sample(2), 3_000));
  expect(quality).toEqual({ rttMs: 21, upKbps: 4, downKbps: 1000, lossPercent: 6.7 });
});

test('one moment, or totals that began anew with another transport, say nothing of rates', () => {
  const unknown = { rttMs: 21, lossPercent: null, upKbps: null, downKbps: null };
  expect(qualityBetween(null, totalsOf(sample(1), 1_000))).toEqual(unknown);
  expect(qualityBetween(totalsOf(sample(5), 1_000), totalsOf(sample(1), 3_000))).toEqual(unknown);
});
