import { setTimeout as sleep } from 'node:timers/promises';
import { BareCall } from '../baseline/bare-call.ts';
import type { Measured, Say } from '../figure.ts';
import { CpuWindow, childrenOf } from '../harness/cpu.ts';
import { MediaNode } from '../harness/media-node.ts';
import { NodeDoor } from '../harness/node-door.ts';
import { Audience } from '../load/audience.ts';
import { median, summary } from '../statistics.ts';

const VIEWERS = 200;
const BITS_PER_SECOND = 1_500_000;
const ROUNDS = 10;
const WARM_UP_MS = 700;
const WINDOW_MS = 2_500;

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
    const ours = {
      pids: [sfu.pid, workerPid],
      audience: await Audience.gather(await door.sfu(), VIEWERS, BITS_PER_SECOND),
    };
    say(`${VIEWERS} viewers join bare mediasoup`);
    const plain = {
      pids: [bare.pid, bare.workerPid],
      audience: await Audience.gather(bare, VIEWERS, BITS_PER_SECOND),
    };
    const rounds: { ours: number; bare: number }[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      // Every other round the other way round: neither side is always the one that comes after a pause.
      const [first, second] = round % 2 === 0 ? [ours, plain] : [plain, ours];
      const used = new Map([
        [first, await window(first)],
        [second, await window(second)],
      ]);
      const pair = { ours: used.get(ours)!, bare: used.get(plain)! };
      rounds.push(pair);
      say(`round ${round + 1}: ${pair.ours.toFixed(0)} and ${pair.bare.toFixed(0)} µs`);
    }
    ours.audience.close();
    plain.audience.close();
    const baseline = median(rounds.map((pair) => pair.bare));
    // The median of the pairs' ratios, because a slow stretch of the machine falls on both of a pair.
    const ratio = median(rounds.map((pair) => pair.ours / pair.bare));
    return {
      value: baseline * ratio,
      baseline,
      detail: {
        viewers: VIEWERS,
        bitsPerSecond: BITS_PER_SECOND,
        ours: summary(rounds.map((pair) => pair.ours)),
        bare: summary(rounds.map((pair) => pair.bare)),
      },
    };
  } finally {
    await Promise.all([sfu.close(), bare.close()]);
    await door.close();
  }
}

/** CPU µs a second and viewer. */
async function window({ pids, audience }: { pids: number[]; audience: Audience }): Promise<number> {
  audience.video.start();
  await sleep(WARM_UP_MS);
  const cpu = new CpuWindow(pids);
  const before = audience.video.packetsSent;
  await sleep(WINDOW_MS);
  const used = cpu.read();
  const expected = ((BITS_PER_SECOND / 8 / 1_100) * WINDOW_MS) / 1000;
  const sent = audience.video.packetsSent - before;
  audience.video.stop();
  // A starved sender would make the two sides incomparable.
  return (used * 1000 * (expected / sent)) / VIEWERS;
}
