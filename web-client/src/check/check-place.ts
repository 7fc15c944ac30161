import { pathOf } from '../lesson/quality.ts';
import type { LessonSession } from '../lesson/session.ts';
import { type Measures, resultsOf } from './check-run.ts';
import type { Finding } from './findings.ts';
import { judgeLine, judgePicture, result } from './judge/verdicts.ts';
import { pause } from './measure/pause.ts';

const measuring = () => import('./measure/measuring.ts');

export interface Watching {
  seen(stream: MediaStream | null): void;
  heard(peak: number): void;
}

/** Where a room is checked from: how it measures, and who is told what was found. */
export interface CheckPlace {
  measures(watching: Watching): Measures;
  /** Whether it was told. */
  report(findings: readonly Finding[]): Promise<boolean>;
}

/**
 * A room without a seat: it opens its devices itself and tries every line for real.
 * @param lessonId whose media node is tried and which is told; null for any
 * @param spoken somebody stands there and is asked to speak, so that a quiet microphone is a finding
 */
export function roomPlace(lessonId: string | null, spoken: boolean): CheckPlace {
  return {
    measures: ({ seen, heard }) => ({
      camera: async (signal, progress) => (await measuring()).measureCamera(signal, progress, seen),
      mic: async (signal, progress) => (await measuring()).measureMic(signal, progress, { spoken, heard }),
      loop: async (signal, progress) => (await measuring()).measureLoop(signal, progress),
      network: async (signal, progress) => (await measuring()).measureNetwork(lessonId, signal, progress),
    }),
    report: async (findings) => {
      if (lessonId === null) return false;
      try {
        const { CheckSocket } = await import('./measure/check-socket.ts');
        const socket = await CheckSocket.open();
        try {
          await socket.request('check.report', { lessonId, items: resultsOf(findings) });
          return true;
        } finally {
          socket.close();
        }
      } catch {
        // Without the platform nobody hears it: the findings say so themselves.
        return false;
      }
    },
  };
}

/** Statistics need some seconds of media before they say anything. */
const FLOW_MS = 6_000;
const STEP_MS = 500;

/** A seat in a lesson that has not begun: what it sends already is looked at, and the line is the lesson's own. */
export function seatPlace(session: LessonSession): CheckPlace {
  return {
    measures: ({ seen, heard }) => ({
      camera: async (signal, progress) => {
        const own = session.getSnapshot().local.find(({ kind, stream }) => kind === 'video' && stream);
        const { lookAt, measureCamera } = await measuring();
        if (!own?.stream) return await measureCamera(signal, progress, seen);
        const facts = await lookAt(own.stream, signal, progress);
        const { width, height } = facts;
        return [{ result: result('camera', judgePicture(facts)), detail: { width, height } }];
      },
      mic: async (signal, progress) =>
        (await measuring()).measureMic(signal, progress, { spoken: false, heard }),
      loop: async (signal, progress) => (await measuring()).measureLoop(signal, progress),
      network: async (signal, progress) => {
        for (let waited = 0; waited < FLOW_MS; waited += STEP_MS) {
          await pause(STEP_MS, signal);
          progress(waited / FLOW_MS);
        }
        return await lineOf(session);
      },
    }),
    report: async (findings) =>
      session.act('check.report', { items: resultsOf(findings) }).then(
        () => true,
        () => false,
      ),
  };
}

/** The line as the lesson's own media finds it. */
async function lineOf(session: LessonSession): Promise<Finding[]> {
  const { sent, received } = await session.statistics();
  const path = pathOf(sent) ?? pathOf(received);
  const { lossPercent, rttMs, upKbps, downKbps } = session.getSnapshot().quality;
  if (!path) return [{ result: result('udp', 'NO_PATH'), detail: {} }];
  return [
    { result: result('udp', path === 'udp' ? 'OK' : 'UDP_BLOCKED'), detail: {} },
    ...(path === 'udp' ? [] : [{ result: result(path, 'OK'), detail: {} }]),
    {
      result: result('rate', judgeLine(lossPercent, rttMs) ?? 'OK'),
      detail: {
        ...(upKbps !== null && { upKbps }),
        ...(downKbps !== null && { downKbps }),
        ...(lossPercent !== null && { lossPercent }),
        ...(rttMs !== null && { rttMs }),
      },
    },
  ];
}
