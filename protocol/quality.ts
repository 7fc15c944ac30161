import { z } from 'zod';
import { Id } from './ids.ts';
import type { Action } from './permission.ts';
import type { TimelineEvent } from './timeline.ts';

/* How each room is doing (课堂质量): what it checks before the bell, and what it sees and hears in the lesson. */

/** How something is, at one look. */
export const Light = z.enum(['green', 'amber', 'red']);
export type Light = z.infer<typeof Light>;

/** What a room checks before the bell; `loop` is its loudspeaker heard by its own microphone. */
export const CheckItem = z.enum(['camera', 'mic', 'loop', 'udp', 'tcp', 'turn', 'rate']);
export type CheckItem = z.infer<typeof CheckItem>;

/** What a check found. The pages have a sentence for each that says what to do. */
export const CheckCode = z.enum([
  'OK',
  'INSECURE_PAGE',
  'CAMERA_DENIED',
  'CAMERA_MISSING',
  'CAMERA_BUSY',
  'CAMERA_BLACK',
  'CAMERA_FROZEN',
  'CAMERA_DARK',
  'CAMERA_SMALL',
  'MIC_DENIED',
  'MIC_MISSING',
  'MIC_BUSY',
  'MIC_SILENT',
  'MIC_QUIET',
  'MIC_CLIPPING',
  'LOOP_NO_MIC',
  'SOUND_BLOCKED',
  'LOOP_NOT_HEARD',
  'LOOP_FAINT',
  'LOOP_ECHO',
  'LOOP_HOWL',
  'UDP_BLOCKED',
  'TCP_BLOCKED',
  'TURN_FAILED',
  'NO_PATH',
  'NO_PLATFORM',
  'RATE_UNKNOWN',
  'UP_SLOW',
  'UP_TOO_SLOW',
  'DOWN_SLOW',
  'DOWN_TOO_SLOW',
  'LOSS',
  'LOSS_HEAVY',
  'DELAY',
  'DELAY_HEAVY',
]);
export type CheckCode = z.infer<typeof CheckCode>;

export const CheckResult = z.object({ item: CheckItem, light: Light, code: CheckCode });
export type CheckResult = z.infer<typeof CheckResult>;
/** One check of a room; an item that was not tried is left out. */
export const CheckResults = z
  .array(CheckResult)
  .min(1)
  .max(CheckItem.options.length)
  .refine((items) => new Set(items.map(({ item }) => item)).size === items.length, 'an item twice');

/** Why a room's light in a lesson is not green. `SEES_`: what it receives, `SENDS_`: what it gives. */
export const QualityCause = z.enum([
  'SEES_NOTHING',
  'HEARS_NOTHING',
  'SENDS_NO_PICTURE',
  'SENDS_NO_SOUND',
  'LOSS',
  'LOSS_HEAVY',
  'DELAY',
  'DELAY_HEAVY',
  'SLOW_PICTURE',
]);
export type QualityCause = z.infer<typeof QualityCause>;

const kbps = z.number().int().min(0).max(10_000_000).nullable();

/** What a room really sends, sees and hears at one moment, as its own page measures it. Null: not known. */
export const QualitySample = z.object({
  light: Light,
  upKbps: kbps,
  downKbps: kbps,
  lossPercent: z.number().min(0).max(100).nullable(),
  rttMs: z.number().int().min(0).max(600_000).nullable(),
  /** Of the main picture that the room receives; 0 while it stands still, null while none is expected. */
  framesPerSecond: z.number().int().min(0).max(240).nullable(),
  width: z.number().int().min(0).max(16_384).nullable(),
  height: z.number().int().min(0).max(16_384).nullable(),
  /** Every voice that is sent arrives here. */
  hears: z.boolean(),
  cause: QualityCause.nullable(),
});
export type QualitySample = z.infer<typeof QualitySample>;

export const QualityEvent = z.discriminatedUnion('type', [
  /** The light changed, or a while has passed since the last one. For the teacher's side alone. */
  z.object({ type: z.literal('quality.sampled'), participantId: Id, ...QualitySample.shape }),
  /** A room has checked itself, perhaps before it came: `accountId` tells which one it is. */
  z.object({ type: z.literal('check.finished'), participantId: Id, accountId: Id, items: CheckResults }),
]);
export type QualityEvent = z.infer<typeof QualityEvent>;

export const QualityRequest = z.discriminatedUnion('type', [
  /** Sent every few seconds, and at once when the light changes; the server keeps what is worth keeping. */
  z.object({ type: z.literal('quality.report'), ...QualitySample.shape }),
  z.object({ type: z.literal('check.report'), items: CheckResults }),
]);
export type QualityRequest = z.infer<typeof QualityRequest>;

export const QUALITY_NEEDS: Record<QualityRequest['type'], Action> = {
  'quality.report': 'lesson.check',
  'check.report': 'lesson.check',
};

export interface QualityState {
  /** The last sample of each participant that is here. */
  readonly samples: ReadonlyMap<Id, QualitySample & { readonly at: number }>;
  /** The last check of each account, whether it is here or not. */
  readonly checks: ReadonlyMap<Id, { readonly at: number; readonly items: readonly CheckResult[] }>;
}

export const NO_QUALITY: QualityState = { samples: new Map(), checks: new Map() };

/** What one event makes of what is known of the rooms; events of other topics change nothing here. */
export function applyQuality(state: QualityState, { at, body }: TimelineEvent): QualityState {
  switch (body.type) {
    case 'quality.sampled': {
      const { type: _type, participantId, ...sample } = body;
      return { ...state, samples: new Map(state.samples).set(participantId, { ...sample, at }) };
    }
    case 'check.finished':
      return { ...state, checks: new Map(state.checks).set(body.accountId, { at, items: body.items }) };
    case 'participant.left':
    case 'participant.removed': {
      const samples = new Map(state.samples);
      return samples.delete(body.participantId) ? { ...state, samples } : state;
    }
    case 'lesson.ended':
      return { ...state, samples: new Map() };
    default:
      return state;
  }
}
