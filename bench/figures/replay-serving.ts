import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { newId } from '#platform/ids.ts';
import { mediaSecret, SignedAddresses } from '#platform/signed-address.ts';
import { Nginx } from '../../e2e/harness/nginx.ts';
import type { Measured, Say } from '../figure.ts';
import { CpuWindow, childrenOf } from '../harness/cpu.ts';
import { EndedLesson } from '../harness/ended-lesson.ts';
import { median } from '../statistics.ts';

const VIEWERS = 300;
const REPLAYS = 100;
/** A video segment of two seconds a viewer, as hls.js asks for it. */
const EVERY_MS = 2_000;
const WINDOW_MS = 8_000;
const ROUNDS = 3;
const BLAST_MS = 4_000;
const SEGMENTS = 12;

interface Watched {
  requests: number;
  bytes: number;
  failures: number;
}

/**
 * CPU that 300 light viewers cost a server, each taking a segment of two seconds every two seconds: of one replay, and
 * of 100 different ones. Ours and nginx serve the same files by the same signed addresses, in turns. The value is µs of
 * CPU a viewer and second for the dearer of the two cases.
 */
export async function measure(say: Say): Promise<Measured> {
  const lesson = await EndedLesson.hold(40_000, say);
  const nginx = await Nginx.start({ dataDir: lesson.dataDir, ports: lesson.platform.ports });
  const viewers = fork(fileURLToPath(new URL('../load/viewers.ts', import.meta.url)));
  try {
    const { dataDir } = lesson;
    const { origin } = lesson.platform;
    const replays = await makeReplays(dataDir, (await lesson.api.replay(lesson.lessonId)).recordingId);
    const servers = [
      { name: 'ours', origin, pids: () => [lesson.platform.pidOf('signaling')] },
      { name: 'nginx', origin: nginx.origin, pids: () => [nginx.pid, ...childrenOf(nginx.pid)] },
    ];
    const detail: Record<string, unknown> = {};
    let dearest = { value: 0, baseline: 1 };
    for (const [title, shown] of [
      ['oneReplay', replays.slice(0, 1)],
      ['hundredReplays', replays],
    ] as const) {
      const cost: Record<string, number[]> = { ours: [], nginx: [] };
      const rates: Record<string, number> = {};
      for (let round = 0; round < ROUNDS; round += 1) {
        for (const server of servers) {
          const window = new CpuWindow(server.pids());
          const order = { replays: shown, viewers: VIEWERS, everyMs: EVERY_MS, forMs: WINDOW_MS };
          const { failures } = await watch(viewers, { ...order, origin: server.origin });
          if (failures > 0) throw new Error(`${server.name} failed ${failures} requests`);
          cost[server.name]!.push((window.read() * 1_000) / VIEWERS);
        }
      }
      for (const server of servers) {
        const order = { replays: shown, viewers: 50, everyMs: 0, forMs: BLAST_MS };
        const { requests } = await watch(viewers, { ...order, origin: server.origin });
        rates[server.name] = Math.round((requests * 1_000) / BLAST_MS);
      }
      const [value, baseline] = [median(cost.ours!), median(cost.nginx!)];
      say(
        `${title}: ${value.toFixed(0)} and nginx ${baseline.toFixed(0)} µs a viewer and second; ${JSON.stringify(rates)} requests/s`,
      );
      detail[title] = { ours: value, nginx: baseline, ratio: value / baseline, requestsPerSecond: rates };
      if (value / baseline > dearest.value / dearest.baseline) dearest = { value, baseline };
    }
    return { ...dearest, detail };
  } finally {
    viewers.disconnect();
    await nginx.close();
    await lesson.close();
  }
}

async function watch(viewers: ChildProcess, order: object): Promise<Watched> {
  viewers.send(order);
  const [result] = (await once(viewers, 'message')) as [Watched];
  return result;
}

/** The recording under as many names; of each the addresses of some video segments. */
async function makeReplays(dataDir: string, recordingId: string): Promise<string[][]> {
  const folder = join(dataDir, 'blobs/recordings');
  const addresses = new SignedAddresses(mediaSecret('', dataDir), 3_600);
  const index = await readFile(join(folder, recordingId, 'index.ndjson'), 'utf8');
  const files = index
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line).record)
    .filter(({ type, rungId, filler }) => type === 'segment' && rungId !== 'a' && !filler)
    .slice(0, SEGMENTS)
    .map(
      ({ trackId, rungId, number, salt }) =>
        `${trackId}/${rungId}/${String(number).padStart(6, '0')}-${salt}.m4s`,
    );
  const ids = [recordingId];
  while (ids.length < REPLAYS) {
    const id = newId();
    await cp(join(folder, recordingId), join(folder, id), { recursive: true });
    ids.push(id);
  }
  return ids.map((id) => files.map((file) => `${addresses.folder(['recordings', id])}${file}`));
}
