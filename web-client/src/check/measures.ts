import type { Measures } from './check-run.ts';
import { measureCamera, measureLoop, measureMic } from './measure/devices.ts';
import { measureNetwork } from './measure/network.ts';

export interface Watching {
  /** The camera's picture while it is being looked at. */
  seen(stream: MediaStream | null): void;
  /** How loud the microphone is just now, 0 to 1. */
  heard(peak: number): void;
}

/**
 * What a room can find out about itself without a seat in a lesson.
 * @param lessonId whose media node is tried; null for any
 * @param spoken somebody is asked to speak, so that a quiet microphone is a finding
 */
export function roomMeasures(lessonId: string | null, spoken: boolean, watching: Watching): Measures {
  return {
    camera: (signal, progress) => measureCamera(signal, progress, watching.seen),
    mic: (signal, progress) => measureMic(signal, progress, { spoken, heard: watching.heard }),
    loop: measureLoop,
    network: (signal, progress) => measureNetwork(lessonId, signal, progress),
  };
}
