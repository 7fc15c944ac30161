import { AppError } from '#protocol/errors.ts';
import type { Id } from '#protocol/ids.ts';
import type { LiveState } from '#protocol/live-state.ts';
import type { CheckResult, QualityRequest, QualitySample } from '#protocol/quality.ts';
import type { EventBody } from '#protocol/timeline.ts';
import type { Deciders } from './decider.ts';

/** A light that stays the same is worth a line this often: a lesson of 45 minutes has 180 a room. */
const SAMPLE_MS = 15_000;
/** A light that flickers says no more when each flicker is kept; the page tells again in a few seconds. */
const FLICKER_MS = 2_000;
/** Nobody checks a room faster than this. */
const CHECK_MS = 1_000;

export const qualityDeciders: Deciders<QualityRequest> = {
  'quality.report': (state, { participantId }, { type: _type, ...sample }) =>
    qualitySampled(state, participantId, sample, Date.now()),

  'check.report': (state, { participantId, accountId }, { items }) =>
    checkFinished(state, { participantId, accountId }, items),
};

/** @param now wall ms; a clock that was set back keeps a sample rather than none */
export function qualitySampled(
  { quality }: LiveState,
  participantId: Id,
  sample: QualitySample,
  now: number,
): readonly EventBody[] {
  const last = quality.samples.get(participantId);
  const age = last ? Math.abs(now - last.at) : Number.POSITIVE_INFINITY;
  const changed = last?.light !== sample.light || last.cause !== sample.cause;
  if (age < (changed ? FLICKER_MS : SAMPLE_MS)) return [];
  return [{ type: 'quality.sampled', participantId, ...sample }];
}

/** @throws AppError TOO_MANY_REQUESTS when one account tells faster than anybody checks. */
export function checkFinished(
  { quality }: LiveState,
  who: { participantId: Id; accountId: Id },
  items: readonly CheckResult[],
  now = Date.now(),
): readonly EventBody[] {
  const last = quality.checks.get(who.accountId);
  if (last && Math.abs(now - last.at) < CHECK_MS)
    throw new AppError('TOO_MANY_REQUESTS', 'a check was told just now');
  return [{ type: 'check.finished', ...who, items: [...items] }];
}
