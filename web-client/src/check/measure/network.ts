import type { CheckResult } from '#protocol/quality.ts';
import { loadDevice } from '../../lesson/device.ts';
import type { Finding } from '../findings.ts';
import { judgePaths, judgeRate, type Paths, type RateFacts, result, upKbps } from '../judge/verdicts.ts';
import { CheckSocket } from './check-socket.ts';
import { rateBetween } from './line-stats.ts';
import { noiseVideo } from './noise-video.ts';
import { pause } from './pause.ts';
import { type PathKind, type PathOptions, ProbePath } from './probe-path.ts';

/** The browser begins low and asks for more; what it settles on counts. */
const SETTLE_MS = 2_500;
const MEASURE_MS = 3_500;
const STEP_MS = 250;
/** How the time is shared between finding the ways and measuring one. */
const PATHS_SHARE = 0.4;

/** Tries every way to the media node for real, then sends and receives as much as a lesson does on the best. */
export async function measureNetwork(
  lessonId: string | null,
  signal: AbortSignal,
  progress: (share: number) => void,
): Promise<Finding[]> {
  let socket: CheckSocket | null = null;
  const video = noiseVideo();
  try {
    socket = await CheckSocket.open();
    signal.throwIfAborted();
    const { routerRtpCapabilities, iceServers } = await socket.request('probe.open', { lessonId });
    const device = await loadDevice(routerRtpCapabilities);
    const options = { device, socket, iceServers, track: video.track };
    progress(0.1);
    const paths = await tryPaths(options, signal);
    progress(PATHS_SHARE);
    const kind = (['udp', 'turn', 'tcp'] as const).find((way) => paths[way] === true);
    const rate = kind
      ? await measureRate(new ProbePath(kind, options), signal, (share) =>
          progress(PATHS_SHARE + (1 - PATHS_SHARE) * share),
        )
      : null;
    return [...judgePaths(paths).map((it) => ({ result: it, detail: {} })), ...(rate ? [rate] : [])];
  } catch (error) {
    if (signal.aborted) throw error;
    // Not even the platform is reached, or it has no media node: the one thing to say.
    return [{ result: result('udp', 'NO_PLATFORM') satisfies CheckResult, detail: {} }];
  } finally {
    video.stop();
    socket?.close();
  }
}

async function tryPaths(options: PathOptions, signal: AbortSignal): Promise<Paths> {
  const hasTurn = options.iceServers.some(({ urls }) => urls.some((url) => url.startsWith('turn')));
  const works = async (kind: PathKind) => {
    const path = new ProbePath(kind, options);
    try {
      return await path.connect(signal);
    } finally {
      path.close();
    }
  };
  const [udp, tcp, turn] = await Promise.all([works('udp'), works('tcp'), hasTurn ? works('turn') : null]);
  return { udp, tcp, turn };
}

async function measureRate(
  path: ProbePath,
  signal: AbortSignal,
  progress: (share: number) => void,
): Promise<Finding> {
  try {
    if (!(await path.connect(signal)) || !(await path.comeBack(signal)))
      return { result: result('rate', 'RATE_UNKNOWN'), detail: {} };
    const wait = async (ms: number, from: number) => {
      for (let waited = 0; waited < ms; waited += STEP_MS) {
        await pause(STEP_MS, signal);
        progress((from + waited) / (SETTLE_MS + MEASURE_MS));
      }
    };
    await wait(SETTLE_MS, 0);
    const before = await path.totals();
    await wait(MEASURE_MS, SETTLE_MS);
    const facts = rateBetween(before, await path.totals());
    return { result: result('rate', judgeRate(facts)), detail: detailOf(facts) };
  } finally {
    path.close();
  }
}

function detailOf(facts: RateFacts) {
  const lossPercent = Math.max(facts.lossUpPercent, facts.lossDownPercent);
  return {
    upKbps: upKbps(facts),
    downKbps: facts.receivedKbps,
    lossPercent,
    ...(facts.rttMs === null ? {} : { rttMs: facts.rttMs }),
  };
}
