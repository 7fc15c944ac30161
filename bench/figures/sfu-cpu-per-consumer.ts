import { setTimeout as sleep } from 'node:timers/promises';
import { BareCall } from '../baseline/bare-call.ts';
import type { Measured, Say } from '../figure.ts';
import { CpuWindow, childrenOf } from '../harness/cpu.ts';
import { datagramsSent } from '../harness/datagrams.ts';
import { MediaNode } from '../harness/media-node.ts';
import { NodeDoor } from '../harness/node-door.ts';
import { Audience } from '../load/audience.ts';
import { median, percentile, summary } from '../statistics.ts';

const VIEWERS = 200;
const BITS_PER_SECOND = 1_500_000;
const ROUNDS = 10;
const WARM_UP_MS = 700;
const WINDOW_MS = 2_500;
/** Below this share of packets delivered the machine was too busy for the figure to mean anything. */
const LEAST_DELIVERED = 0.8;

interface Side {
  /** The Node process and its worker. */
  pids: number[];
  audience: Audience;
}

interface Sample {
  /** CPU µs a second and viewer, at the nominal packet rate. */
  cost: number;
  /** Share of the packets that ought to reach the viewers. */
  delivered: number;
}

/**
 * CPU of the sfu (its Node process and its worker) for each viewer of one feed, and of bare mediasoup for
 * the same: the same number of the same peers, driven by the same commands, in windows that alternate, so
 * that whatever else the machine does hits both. While one side's window runs, the other's sender is silent.
 */
export async function measure(say: Say): Promise<Measured> {
  const door = await NodeDoor.open();
  const sfu = await MediaNode.start('sfu', door);
  const bare = await BareCall.start();
  const workerPid = childrenOf(sfu.pid)[0];
  if (!workerPid) throw new Error('the sfu has no worker');
  try {
    say(`${VIEWERS} viewers join the sfu`);
    const ours: Side = {
      pids: [sfu.pid, workerPid],
      audience: await Audience.gather(await door.sfu(), VIEWERS, BITS_PER_SECOND),
    };
    say(`${VIEWERS} viewers join bare mediasoup`);
    const plain: Side = {
      pids: [bare.pid, bare.workerPid],
      audience: await Audience.gather(bare, VIEWERS, BITS_PER_SECOND),
    };
    const rounds: { ours: Sample; bare: Sample }[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const pair = await measurePair(ours, plain, round % 2 === 1);
      rounds.push(pair);
      say(`round ${round + 1}: ${describe(pair.ours)} and ${describe(pair.bare)}`);
    }
    ours.audience.close();
    plain.audience.close();
    return result(rounds);
  } finally {
    await Promise.all([sfu.close(), bare.close()]);
    await door.close();
  }
}

/** @param swapped so that neither side is always the one that comes after a pause. */
async function measurePair(ours: Side, plain: Side, swapped: boolean) {
  if (!swapped) return { ours: await measureSide(ours), bare: await measureSide(plain) };
  const bare = await measureSide(plain);
  return { ours: await measureSide(ours), bare };
}

async function measureSide({ pids, audience: { video } }: Side): Promise<Sample> {
  video.start();
  await sleep(WARM_UP_MS);
  const cpu = new CpuWindow(pids);
  const before = { sent: video.packetsSent, datagrams: datagramsSent() };
  await sleep(WINDOW_MS);
  const usedUs = cpu.read() * WINDOW_MS;
  const sent = video.packetsSent - before.sent;
  const reached = datagramsSent() - before.datagrams - sent;
  video.stop();
  // By packet, because a machine that starves the sender or the worker would make two windows incomparable.
  const nominal = (video.packetsASecond * WINDOW_MS) / 1000;
  const delivered = reached / (sent * VIEWERS);
  return { cost: ((usedUs / reached) * nominal) / (WINDOW_MS / 1000), delivered };
}

function result(rounds: { ours: Sample; bare: Sample }[]): Measured {
  const delivered = rounds.flatMap(({ ours, bare }) => [ours.delivered, bare.delivered]);
  if (median(delivered) < LEAST_DELIVERED)
    throw new Error(
      `the machine was too busy: only ${Math.round(median(delivered) * 100)} % of the packets reached viewers`,
    );
  const baseline = median(rounds.map((pair) => pair.bare.cost));
  // The median of the pairs' ratios, because a slow stretch of the machine falls on both of a pair.
  const ratios = rounds.map((pair) => pair.ours.cost / pair.bare.cost);
  return {
    value: baseline * median(ratios),
    baseline,
    detail: {
      viewers: VIEWERS,
      bitsPerSecond: BITS_PER_SECOND,
      ours: summary(rounds.map((pair) => pair.ours.cost)),
      bare: summary(rounds.map((pair) => pair.bare.cost)),
      ratios: [0.25, 0.5, 0.75].map((p) => Number(percentile(ratios, p).toFixed(3))),
      delivered: Number(median(delivered).toFixed(3)),
    },
  };
}

const describe = ({ cost, delivered }: Sample) =>
  `${cost.toFixed(0)} µs (${Math.round(delivered * 100)} % delivered)`;
