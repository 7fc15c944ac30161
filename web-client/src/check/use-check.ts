import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { rememberCheck, rememberedCheck } from './check-memory.ts';
import { CheckRun, type CheckSnapshot, resultsOf } from './check-run.ts';
import type { CheckGroup } from './findings.ts';
import { reportCheck } from './measure/report.ts';
import { roomMeasures } from './measures.ts';

interface Options {
  /** Whose room it is: results are remembered for it. */
  accountId: string;
  /** The lesson that is told the result, on whose media node the lines are tried. */
  lessonId: string | null;
  /** Somebody stands before the page and is asked to speak. */
  spoken: boolean;
}

export interface Check {
  readonly snapshot: CheckSnapshot;
  readonly start: (groups?: readonly CheckGroup[]) => void;
  readonly cancel: () => void;
  readonly stream: MediaStream | null;
  readonly level: number;
  /** Wall ms of this machine at which the findings were made; null while there are none. */
  readonly at: number | null;
  /** The lesson has been told. */
  readonly told: boolean;
}

const EMPTY: CheckSnapshot = { running: null, waiting: [], findings: new Map() };
const nothing = () => () => {};

/** A check of this room while the component is there; it stops, and lets go of the devices, with it. */
export function useCheck({ accountId, lessonId, spoken }: Options): Check {
  const [run, setRun] = useState<CheckRun | null>(null);
  const [stream, setStream] = useState<MediaStream | null>(null);
  const [level, setLevel] = useState(0);
  const [at, setAt] = useState<number | null>(null);
  const [told, setTold] = useState(false);
  useEffect(() => {
    const last = rememberedCheck(accountId);
    setAt(last?.at ?? null);
    const made = new CheckRun({
      measures: roomMeasures(lessonId, spoken, { seen: setStream, heard: setLevel }),
      findings: last?.findings,
      finished: (findings) => {
        rememberCheck(accountId, findings);
        setAt(Date.now());
        if (lessonId !== null) void reportCheck(lessonId, resultsOf(findings)).then(setTold);
      },
    });
    setRun(made);
    return () => made.cancel();
  }, [accountId, lessonId, spoken]);
  const snapshot = useSyncExternalStore(run?.subscribe ?? nothing, () => run?.getSnapshot() ?? EMPTY);
  const start = useCallback(
    (groups?: readonly CheckGroup[]) => {
      setTold(false);
      void run?.start(groups);
    },
    [run],
  );
  const cancel = useCallback(() => run?.cancel(), [run]);
  return { snapshot, start, cancel, stream, level, at, told };
}
