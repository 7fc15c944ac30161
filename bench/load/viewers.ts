import { Agent, get } from 'node:http';

// Light viewers as a process of their own, so that what they cost is on no server's account. Gets by its parent
// `{ origin, paths, viewers, everyMs, forMs }`: each viewer asks for its next segment every `everyMs` (0: as fast as
// it is answered); answers `{ requests, bytes, failures }`.

interface Order {
  origin: string;
  /** Of each replay, its segments in order. */
  replays: string[][];
  viewers: number;
  everyMs: number;
  forMs: number;
}

process.on('message', (order: Order) => {
  void watch(order).then((result) => process.send?.(result));
});
process.on('disconnect', () => process.exit(0));

async function watch({ origin, replays, viewers, everyMs, forMs }: Order) {
  const agent = new Agent({ keepAlive: true, maxSockets: viewers });
  const total = { requests: 0, bytes: 0, failures: 0 };
  const until = performance.now() + forMs;
  const one = async (viewer: number) => {
    const segments = replays[viewer % replays.length]!;
    // A class does not press play at the same millisecond.
    await sleep((everyMs * viewer) / viewers);
    for (let index = viewer; performance.now() < until; index += 1) {
      const since = performance.now();
      const bytes = await fetchBytes(agent, origin + segments[index % segments.length]!);
      if (bytes === null) total.failures += 1;
      else total.bytes += bytes;
      total.requests += 1;
      await sleep(Math.max(0, everyMs - (performance.now() - since)));
    }
  };
  await Promise.all(Array.from({ length: viewers }, (_, viewer) => one(viewer)));
  agent.destroy();
  return total;
}

const sleep = (ms: number) => (ms > 0 ? new Promise((resolve) => setTimeout(resolve, ms)) : undefined);

function fetchBytes(agent: Agent, address: string): Promise<number | null> {
  return new Promise((resolve) => {
    get(address, { agent }, (response) => {
      let bytes = 0;
      response.on('data', (chunk: Buffer) => (bytes += chunk.length));
      response.on('end', () => resolve(response.statusCode === 200 ? bytes : null));
    }).on('error', () => resolve(null));
  });
}
