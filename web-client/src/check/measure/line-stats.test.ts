import { expect, test } from '@jest/globals';
import { type LineEntry, lineTotals, rateBetween } from './line-stats.ts';

const pair: LineEntry = {
  type: 'candidate-pair',
  nominated: true,
  currentRoundTripTime: 0.04,
  availableOutgoingBitrate: 1_500_000,
};

test('rates are bytes over time, losses shares of what was sent each way', () => {
  const before = lineTotals(
    [
      { type: 'outbound-rtp', bytesSent: 1_000, packetsSent: 10 },
      { type: 'remote-inbound-rtp', packetsLost: 1 },
    ],
    [{ type: 'inbound-rtp', bytesReceived: 500, packetsReceived: 5, packetsLost: 0 }],
    0,
  );
  const now = lineTotals(
    [
      pair,
      { type: 'outbound-rtp', bytesSent: 251_000, packetsSent: 210 },
      { type: 'remote-inbound-rtp', packetsLost: 5 },
    ],
    [{ type: 'inbound-rtp', bytesReceived: 125_500, packetsReceived: 95, packetsLost: 10 }],
    1_000,
  );
  expect(rateBetween(before, now)).toEqual({
    sentKbps: 2_000,
    receivedKbps: 1_000,
    availableKbps: 1_500,
    lossUpPercent: 2,
    lossDownPercent: 10,
    rttMs: 40,
  });
});

test('where nothing is known nothing is claimed', () => {
  const nothing = lineTotals([], [], 0);
  expect(rateBetween(nothing, nothing)).toEqual({
    sentKbps: 0,
    receivedKbps: 0,
    availableKbps: null,
    lossUpPercent: 0,
    lossDownPercent: 0,
    rttMs: null,
  });
});
