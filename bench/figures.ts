import type { Figure } from './figure.ts';

/** Every figure, in the order in which they are measured. */
export const FIGURES: readonly Figure[] = [
  {
    name: 'joinToFirstFrameMs',
    unit: 'ms, p95',
    goal: 400,
    judged: 'value',
    deadlineMs: 240_000,
    load: () => import('./figures/join-to-first-frame.ts'),
  },
  {
    name: 'glassToGlassMs',
    unit: 'ms, p95',
    goal: 1.25,
    judged: 'ratio',
    deadlineMs: 240_000,
    load: () => import('./figures/glass-to-glass.ts'),
  },
  {
    name: 'sfuCpuPerConsumer',
    unit: 'CPU µs a second and viewer',
    goal: 1.05,
    judged: 'ratio',
    deadlineMs: 180_000,
    load: () => import('./figures/sfu-cpu-per-consumer.ts'),
  },
  {
    name: 'recorderCpu',
    unit: 'CPU ms a second',
    goal: 1.3,
    judged: 'ratio',
    deadlineMs: 180_000,
    load: () => import('./figures/recorder-cpu.ts'),
  },
  {
    name: 'replayReadyMs',
    unit: 'ms, the slower of a 1-minute and a 45-minute lesson',
    goal: 2_000,
    judged: 'value',
    // "The same for both": within what a player's poll and a busy machine make of one and the same thing.
    and: ({ detail }) => Math.abs(Number(detail?.differenceMs)) <= 300,
    deadlineMs: 240_000,
    load: () => import('./figures/replay-ready.ts'),
  },
  {
    name: 'liveHlsDelayMs',
    unit: 'ms, p95',
    goal: 150,
    judged: 'value',
    deadlineMs: 180_000,
    load: () => import('./figures/live-hls-delay.ts'),
  },
];
