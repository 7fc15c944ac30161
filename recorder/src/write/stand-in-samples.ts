import type { Sample } from '#platform/mp4/fragment.ts';
import { SEGMENT_MS } from '../cut/segment.ts';
import { OPUS_SILENCE, OPUS_SILENCE_TICKS } from './stand-ins.ts';

/** An access unit delimiter (H.264 §7.3.2.4) keeps a decoder from taking two equal IDRs for one picture. */
const ACCESS_UNIT_DELIMITER = Buffer.from([0, 0, 0, 2, 0x09, 0xf0]);

/** A stand-in for `duration` ticks of video: `picture` (an IDR in fMP4 form), held. */
export function stillSamples(picture: Buffer, duration: number): Sample[] {
  const delimited = picture[4] === 0x09 ? picture : Buffer.concat([ACCESS_UNIT_DELIMITER, picture]);
  return [{ data: delimited, duration, sync: true }];
}

/** A stand-in for `duration` ticks (1/48000 s) of audio: packets of silence, stretched to fit exactly. */
export function silenceSamples(duration: number): Sample[] {
  const count = Math.max(1, Math.floor(duration / OPUS_SILENCE_TICKS));
  return Array.from({ length: count }, (_, index) => ({
    data: OPUS_SILENCE,
    duration: Math.round((duration * (index + 1)) / count) - Math.round((duration * index) / count),
    sync: true,
  }));
}

/** Splits a hole into stretches of a segment's length; a crumb at the end joins the stretch before it. */
export function splitHole(start: number, end: number, timescale: number): { start: number; end: number }[] {
  const step = (SEGMENT_MS * timescale) / 1_000;
  const crumb = step / 20;
  const parts: { start: number; end: number }[] = [];
  let at = start;
  while (at < end) {
    const next = end - at <= step + crumb ? end : at + step;
    parts.push({ start: at, end: next });
    at = next;
  }
  return parts;
}
