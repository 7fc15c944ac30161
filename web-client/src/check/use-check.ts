import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { rememberCheck, rememberedCheck } from './check-memory.ts';
import type { CheckPlace } from './check-place.ts';
import { CheckRun, type CheckSnapshot } from './check-run.ts';
import type { CheckGroup } from './findings.ts';

export interface Check {
  readonly snapshot: CheckSnapshot;
  readonly start: (groups?: readonly CheckGroup[]) => void;
  readonly cancel: () => void;
  /** Made anew with the room and the place: what was begun for the old ones is over. */
  readonly ready: boolean;
  /** The camera's picture while it is being looked at. */
  readonly stream: MediaStream | null;
  /** How loud the microphone is just now, 0 to 1. */
  readonly level: number;
  /** Wall ms of this machine at which the findings were made; null while there are none. */
  readonly at: number | null;
  /** The lesson has been told. */
  readonly told: boolean;
}

const EMPTY: CheckSnapshot = { running: null, waiting: [], findings: new Map() };
const nothing = () => () => {};

/**
 * A check of this room while the component is there; it stops, and lets go of the devices, with it.
 * @param accountId whose room it is: results are remembered for it; nothing is done while it is not known
 * @param place the same object from one rendering to the next
 */
export function useCheck(accountId: string | null, place: CheckPlace): Check {
  const [run, setRun] = useState<CheckRun | null>(null);
  const [stream, setStream] = useState<MediaStream | null>(null);
  const [level, setLevel] = useState(0);
  const [at, setAt] = useState<number | null>(null);
  const [told, setTold] = useState(false);
  useEffect(() => {
    if (accountId === null) return;
    const last = rememberedCheck(accountId);
    setAt(last?.at ?? null);
    const made = new CheckRun({
      measures: place.measures({ seen: setStream, heard: setLevel }),
      findings: last?.findings,
      finished: (findings) => {
        rememberCheck(accountId, findings);
        setAt(Date.now());
        void place.report(findings).then(setTold);
      },
    });
    setRun(made);
    return () => {
      setRun(null);
      made.cancel();
    };
  }, [accountId, place]);
  const snapshot = useSyncExternalStore(run?.subscribe ?? nothing, () => run?.getSnapshot() ?? EMPTY);
  const start = useCallback(
    (groups?: readonly CheckGroup[]) => {
      setTold(false);
      void run?.start(groups);
    },
    [run],
  );
  const cancel = useCallback(() => run?.cancel(), [run]);
  return { snapshot, start, cancel, ready: run !== null, stream, level, at, told };
}
