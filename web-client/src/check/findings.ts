import type { CheckItem, CheckResult } from '#protocol/quality.ts';

/** Things that are checked together, in the order in which they are. */
export const GROUPS = ['camera', 'mic', 'loop', 'network'] as const;
export type CheckGroup = (typeof GROUPS)[number];

export const groupOf = (item: CheckItem): CheckGroup =>
  item === 'camera' || item === 'mic' || item === 'loop' ? item : 'network';

/** The numbers behind a verdict, for those who want to know. What was not measured is left out. */
export interface Detail {
  readonly width?: number;
  readonly height?: number;
  /** Of the microphone, dB below full scale. */
  readonly peakDb?: number;
  /** From the loudspeaker to the microphone and through the machine, milliseconds. */
  readonly delayMs?: number;
  /** How loud the sound came back, dB against how it was played. */
  readonly gainDb?: number;
  readonly upKbps?: number;
  readonly downKbps?: number;
  readonly lossPercent?: number;
  readonly rttMs?: number;
}

export interface Finding {
  readonly result: CheckResult;
  readonly detail: Detail;
}
