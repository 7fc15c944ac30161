import { AppError } from '#protocol/errors.ts';
import type { IntakeNotice } from '#protocol/intake.ts';
import type { FilmFacts } from './film-probe.ts';

/** How a film is made into what pages play. */
export interface FilmPlan {
  video: 'none' | 'copy' | 'encode';
  audio: 'none' | 'copy' | 'encode';
  /** The picture's size when it is encoded, upright, both even. */
  width: number;
  height: number;
  notices: IntakeNotice[];
}

/** Above 4096 × 2304 a picture is refused: decoding 8K takes gigabytes of memory and hours on a school's server. */
const MAX_PIXELS = 4096 * 2304;
/** What is shown is at most 1920 × 1080, lying or standing. */
const LONG_SIDE = 1920;
const SHORT_SIDE = 1080;
/** Above it a film is made anew: a school's line carries no more. Bits a second. */
const MAX_BITRATE = 8_000_000;
const MAX_FPS = 61;
/** How much of what its head claims may be missing before a film counts as cut off. */
const MISSING_MS = 3_000;
const MISSING_PART = 0.05;

/** H.264 as every browser plays it. 4:2:2, 4:4:4 and 10 bits have other names. */
const PROFILES = /^(Constrained Baseline|Baseline|Main|High)$/;
const COPIED_SOUND = /^(aac|opus)$/;

/**
 * Decides what is done with a film, by what it is alone.
 * @throws AppError FILM_PICTURE_TOO_LARGE, FILE_TRUNCATED
 */
export function planFilm(facts: FilmFacts, bytes: number): FilmPlan {
  const { video, audio, durationMs, claimedMs } = facts;
  const missing = (claimedMs ?? 0) - durationMs;
  if (claimedMs !== null && missing > MISSING_MS && missing > claimedMs * MISSING_PART)
    throw new AppError('FILE_TRUNCATED', `${durationMs} of ${claimedMs} ms are there`);
  const sound = !audio ? 'none' : COPIED_SOUND.test(audio.codec) ? 'copy' : 'encode';
  if (!video) return { video: 'none', audio: sound, width: 0, height: 0, notices: ['audioOnly'] };
  const { width, height } = video;
  if (width < 2 || height < 2) throw new AppError('FILE_UNREADABLE', 'the picture has no size');
  if (width * height > MAX_PIXELS)
    throw new AppError('FILM_PICTURE_TOO_LARGE', `${width} × ${height} pixels`);
  const fits = Math.max(width, height) <= LONG_SIDE && Math.min(width, height) <= SHORT_SIDE + 8;
  const plays =
    video.codec === 'h264' &&
    PROFILES.test(video.profile) &&
    /^yuvj?420p$/.test(video.pixelFormat) &&
    !video.interlaced &&
    // Players of segments do not turn pictures.
    video.rotation === 0 &&
    video.fps <= MAX_FPS;
  const light = (bytes * 8_000) / Math.max(1_000, durationMs) <= MAX_BITRATE;
  if (fits && plays && light) return { video: 'copy', audio: sound, width, height, notices: [] };
  const turned = Math.abs(video.rotation) % 180 === 90;
  const [upright, tall] = turned ? [height, width] : [width, height];
  return {
    video: 'encode',
    audio: sound,
    ...fitInto(upright, tall),
    notices: fits ? ['reencoded'] : ['reencoded', 'scaled'],
  };
}

/** The largest size of this shape that screens need; even, as encoders want it. */
export function fitInto(width: number, height: number): { width: number; height: number } {
  const [long, short] = [Math.max(width, height), Math.min(width, height)];
  const scale = Math.min(1, LONG_SIDE / long, SHORT_SIDE / short);
  const even = (length: number) => Math.max(2, Math.floor((length * scale) / 2) * 2);
  return { width: even(width), height: even(height) };
}
