import type { Id } from '#protocol/ids.ts';
import type { LiveState } from '#protocol/live-state.ts';
import type { CheckResult, Light, QualitySample } from '#protocol/quality.ts';
import { worst } from './judge/verdicts.ts';

/** Pages tell every few seconds and the server keeps a line every 15: older than this, nothing is known. */
const STALE_MS = 45_000;

/** What a light speaks of: the lesson as it runs, the check before it, or nothing to speak of yet. */
export type RoomLight = (
  | { readonly of: 'lesson' | 'check'; readonly light: Light }
  | { readonly of: 'away' | 'absent' | 'unknown'; readonly light: 'off' }
) & {
  readonly sample: QualitySample | null;
  readonly check: { readonly at: number; readonly items: readonly CheckResult[] } | null;
};

/** How a room is doing, by the timeline. @param now the server's wall ms */
export function roomLight(
  { state, quality }: Pick<LiveState, 'state' | 'quality'>,
  room: { accountId: Id; participantId: Id | null; presence: 'here' | 'away' | 'absent' },
  now: number,
): RoomLight {
  const check = quality.checks.get(room.accountId) ?? null;
  const checked = check && worst(check.items.map(({ light }) => light));
  const last = room.participantId === null ? undefined : quality.samples.get(room.participantId);
  const sample = room.presence === 'here' && last && now - last.at < STALE_MS ? last : null;
  if (room.presence === 'away') return { light: 'off', of: 'away', sample, check };
  // Before the bell a dead microphone counts although everything flows; once it runs, only how it runs.
  if (sample && (state === 'live' || !checked || worst([sample.light, checked]) === sample.light))
    return { light: sample.light, of: 'lesson', sample, check };
  if (checked && state !== 'live') return { light: checked, of: 'check', sample, check };
  return { light: 'off', of: room.presence === 'absent' ? 'absent' : 'unknown', sample, check };
}
