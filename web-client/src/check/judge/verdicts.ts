import type { CheckCode, CheckItem, CheckResult, Light } from '#protocol/quality.ts';
import type { ChirpFound } from './chirp.ts';
import type { Level } from './level.ts';
import type { PictureFacts } from './picture.ts';

/** What a finding means for the lesson: `red` it cannot be held like this, `amber` it can, but look. */
const LIGHTS: Record<CheckCode, Light> = {
  OK: 'green',
  INSECURE_PAGE: 'red',
  CAMERA_DENIED: 'red',
  CAMERA_MISSING: 'red',
  CAMERA_BUSY: 'red',
  CAMERA_BLACK: 'red',
  CAMERA_FROZEN: 'red',
  CAMERA_DARK: 'amber',
  CAMERA_SMALL: 'amber',
  MIC_DENIED: 'red',
  MIC_MISSING: 'red',
  MIC_BUSY: 'red',
  MIC_SILENT: 'red',
  MIC_QUIET: 'amber',
  MIC_CLIPPING: 'amber',
  LOOP_NO_MIC: 'red',
  SOUND_BLOCKED: 'amber',
  LOOP_NOT_HEARD: 'red',
  LOOP_FAINT: 'amber',
  LOOP_ECHO: 'amber',
  LOOP_HOWL: 'amber',
  UDP_BLOCKED: 'amber',
  TCP_BLOCKED: 'amber',
  TURN_FAILED: 'amber',
  NO_PATH: 'red',
  NO_PLATFORM: 'red',
  RATE_UNKNOWN: 'amber',
  UP_SLOW: 'amber',
  UP_TOO_SLOW: 'red',
  DOWN_SLOW: 'amber',
  DOWN_TOO_SLOW: 'red',
  LOSS: 'amber',
  LOSS_HEAVY: 'red',
  DELAY: 'amber',
  DELAY_HEAVY: 'red',
};

export const result = (item: CheckItem, code: CheckCode): CheckResult => ({
  item,
  code,
  light: LIGHTS[code],
});

const BLACK_BRIGHTNESS = 20;
const FLAT_CONTRAST = 4;
const DARK_BRIGHTNESS = 45;
/** Below 360 lines forty children are dots. */
const SMALL_LINES = 360;

export function judgePicture(facts: PictureFacts): CheckCode {
  const { width, height, brightness, contrast, changed, compared } = facts;
  if (width === 0 || compared === 0 || changed === 0) {
    // A covered lens can give frames that are equal to the last bit: say what the person can see.
    return width > 0 && brightness < BLACK_BRIGHTNESS && contrast < FLAT_CONTRAST
      ? 'CAMERA_BLACK'
      : 'CAMERA_FROZEN';
  }
  if (brightness < BLACK_BRIGHTNESS && contrast < FLAT_CONTRAST) return 'CAMERA_BLACK';
  if (Math.min(width, height) < SMALL_LINES) return 'CAMERA_SMALL';
  if (brightness < DARK_BRIGHTNESS) return 'CAMERA_DARK';
  return 'OK';
}

/** A microphone that works hears at least its own noise and the room's. */
const SILENT_PEAK_DB = -66;
/** Somebody who speaks in the room is louder than this. */
const QUIET_PEAK_DB = -40;
const CLIPPED_SHARE = 0.003;

/** @param spoken whether somebody was asked to speak: in an empty room quiet is no fault */
export function judgeLevel({ peakDb, clippedShare }: Level, spoken: boolean): CheckCode {
  if (peakDb < SILENT_PEAK_DB) return 'MIC_SILENT';
  if (clippedShare > CLIPPED_SHARE) return 'MIC_CLIPPING';
  if (spoken && peakDb < QUIET_PEAK_DB) return 'MIC_QUIET';
  return 'OK';
}

const FAINT_DB = -46;
/** Nearly as loud as it was played: with another such room on the line it comes back louder each time round. */
const HOWL_DB = -8;
/** What may be left of it after the browser has taken the echo away. */
const ECHO_DB = -38;

/**
 * @param plain what the bare microphone heard
 * @param cleaned what was left after echo cancellation, as the other rooms would hear it
 * @param level of all that the bare microphone heard meanwhile
 */
export function judgeLoop(plain: ChirpFound, cleaned: ChirpFound, { peakDb }: Level): CheckCode {
  // A dead microphone says nothing about the loudspeaker.
  if (!plain.heard) return peakDb < SILENT_PEAK_DB ? 'LOOP_NO_MIC' : 'LOOP_NOT_HEARD';
  if (plain.gainDb > HOWL_DB) return 'LOOP_HOWL';
  if (cleaned.heard && cleaned.gainDb > ECHO_DB) return 'LOOP_ECHO';
  if (plain.gainDb < FAINT_DB) return 'LOOP_FAINT';
  return 'OK';
}

/** Which ways to the media node were open; `turn` is null where none is set up. */
export interface Paths {
  readonly udp: boolean;
  readonly tcp: boolean;
  readonly turn: boolean | null;
}

/** One way is enough for a lesson; which one it is decides how good it sounds. */
export function judgePaths({ udp, tcp, turn }: Paths): CheckResult[] {
  const none = !udp && !tcp && turn !== true;
  return [
    result('udp', udp ? 'OK' : none ? 'NO_PATH' : 'UDP_BLOCKED'),
    result('tcp', tcp ? 'OK' : none ? 'NO_PATH' : 'TCP_BLOCKED'),
    ...(turn === null ? [] : [result('turn', turn ? 'OK' : none ? 'NO_PATH' : 'TURN_FAILED')]),
  ];
}

/** What a stretch of real media to the media node and back gave. Rates in kbit/s, losses 0 to 100. */
export interface RateFacts {
  readonly sentKbps: number;
  /** What the browser believes that the line would carry up; null where it does not tell. */
  readonly availableKbps: number | null;
  readonly receivedKbps: number;
  readonly lossUpPercent: number;
  readonly lossDownPercent: number;
  readonly rttMs: number | null;
}

/** A lesson runs well from here, and at all from there (sound, and a small picture). */
export const GOOD_KBPS = 1_200;
const LEAST_KBPS = 300;
const CARRIED = 0.8;

/** Up rate: what went out, or what the browser knows would. */
export const upKbps = ({ sentKbps, availableKbps }: RateFacts): number =>
  Math.round(Math.max(sentKbps, availableKbps ?? 0));

export function judgeRate(facts: RateFacts): CheckCode {
  const { sentKbps, receivedKbps, lossUpPercent, lossDownPercent, rttMs } = facts;
  if (sentKbps === 0 || receivedKbps === 0) return 'RATE_UNKNOWN';
  const up = upKbps(facts);
  // Only what was offered can come back: a small machine that sent little says nothing against the way down.
  const downFell = receivedKbps < CARRIED * sentKbps;
  const loss = Math.max(lossUpPercent, lossDownPercent);
  if (up < LEAST_KBPS) return 'UP_TOO_SLOW';
  if (downFell && receivedKbps < LEAST_KBPS) return 'DOWN_TOO_SLOW';
  if (up < GOOD_KBPS) return 'UP_SLOW';
  if (downFell && receivedKbps < GOOD_KBPS) return 'DOWN_SLOW';
  return judgeLine(loss, rttMs) ?? 'OK';
}

const LOSS_PERCENT = { amber: 2, red: 10 };
const DELAY_MS = { amber: 200, red: 600 };

/** Loss and delay, the same for a check and for a lesson; null when both are fine. */
export function judgeLine(
  lossPercent: number | null,
  rttMs: number | null,
): 'LOSS' | 'LOSS_HEAVY' | 'DELAY' | 'DELAY_HEAVY' | null {
  const loss = lossPercent ?? 0;
  const rtt = rttMs ?? 0;
  if (loss > LOSS_PERCENT.red) return 'LOSS_HEAVY';
  if (rtt > DELAY_MS.red) return 'DELAY_HEAVY';
  if (loss > LOSS_PERCENT.amber) return 'LOSS';
  if (rtt > DELAY_MS.amber) return 'DELAY';
  return null;
}

const ORDER: readonly Light[] = ['green', 'amber', 'red'];

/** The light of several together: the worst of them; null when there are none. */
export function worst(lights: readonly Light[]): Light | null {
  return lights.reduce<Light | null>(
    (most, light) => (most === null || ORDER.indexOf(light) > ORDER.indexOf(most) ? light : most),
    null,
  );
}
