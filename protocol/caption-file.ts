import {
  type CaptionReport,
  type Cue,
  type CueProblem,
  MAX_CUE_LINES,
  MAX_CUE_MS,
  MAX_CUE_TEXT,
  MAX_CUES,
  PROBLEMS_TOLD,
} from './caption.ts';
import { escapeVtt, plainOf, readText, runsOf, textOf, vttOf } from './cue-text.ts';
import { AppError } from './errors.ts';
import { cleanText } from './text.ts';

/*
 * WebVTT and SRT as files. Written by us rather than taken in: a browser's own reader gives DOM nodes and keeps
 * everything, the libraries that there are either do the same or have not been touched for years, and what is
 * needed of the format is small.
 */

export interface CaptionFile {
  cues: Cue[];
  report: CaptionReport;
}

const TIMING = /^(.{1,24}?)[ \t]*-->[ \t]*(\S{1,24})/;
const MOMENT = /^(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,3}))?$/;
/** Nobody reads more at once, markup and all; what is beyond is not even looked at. */
const MAX_RAW = 8_000;
const SKIPPED = /^(NOTE|STYLE|REGION)(\s|$)/;

/**
 * Reads WebVTT or SRT, whichever it is. What can be understood is taken, what cannot is told by its line.
 * @throws AppError CAPTION_UNREADABLE when it is neither, CAPTION_TOO_LARGE when it has more than 10,000 cues.
 */
export function readCaptionFile(text: string): CaptionFile {
  const lines = text.replace(/^\ufeff/, '').split(/\r\n?|\n/);
  const isVtt = /^WEBVTT(\s|$)/.test(lines[0] ?? '');
  if (!isVtt && !lines.slice(0, 20).some((line) => TIMING.test(line)))
    throw new AppError('CAPTION_UNREADABLE', 'neither WebVTT nor SRT');
  const file: Reading = { cues: [], count: 0, problems: [] };
  let at = isVtt ? 1 : 0;
  // What follows the first line belongs to the header, until a blank one.
  while (isVtt && at < lines.length && lines[at] !== '' && !TIMING.test(lines[at]!)) at += 1;
  while (at < lines.length) at = readBlock(lines, at, isVtt, file);
  if (file.cues.length === 0 && file.count === 0 && !isVtt)
    throw new AppError('CAPTION_UNREADABLE', 'not one cue in it');
  return { cues: inOrder(file), report: { count: file.count, problems: file.problems } };
}

interface Reading {
  cues: (Cue & { line: number })[];
  count: number;
  problems: CaptionReport['problems'];
}

function tell(file: Reading, line: number, why: CueProblem): void {
  file.count += 1;
  if (file.problems.length < PROBLEMS_TOLD) file.problems.push({ line: line + 1, why });
}

/** Reads what stands between two blank lines, beginning at `from`. Returns where to go on. */
function readBlock(lines: readonly string[], from: number, isVtt: boolean, file: Reading): number {
  let at = from;
  if (lines[at]!.trim() === '') return at + 1;
  const blockEnd = () => {
    while (at < lines.length && lines[at]!.trim() !== '') at += 1;
    return at;
  };
  if (isVtt && SKIPPED.test(lines[at]!)) return blockEnd();
  // A cue may have a name, or in SRT a number, on the line before its times.
  if (!lines[at]!.includes('-->') && lines[at + 1]?.includes('-->')) at += 1;
  const timing = TIMING.exec(lines[at]!.trim());
  const timingLine = at;
  if (!timing && !lines[at]!.includes('-->')) {
    tell(file, at, 'badTime');
    return blockEnd();
  }
  at += 1;
  const textFrom = at;
  // A file that forgot the blank line between two cues still has two.
  while (at < lines.length && lines[at]!.trim() !== '' && !lines[at]!.includes('-->')) at += 1;
  // Then the line before the next times is that cue's number, where it is one.
  const forgotten = at < lines.length && lines[at]!.includes('-->');
  const textTo = forgotten && /^\d+$/.test(lines[at - 1]!.trim()) && at - 1 >= textFrom ? at - 1 : at;
  const startMs = timing ? momentOf(timing[1]!) : null;
  const endMs = timing ? momentOf(timing[2]!) : null;
  if (startMs === null || endMs === null) tell(file, timingLine, 'badTime');
  else if (endMs <= startMs) tell(file, timingLine, 'backward');
  else addCue(file, timingLine, { startMs, endMs, raw: lines.slice(textFrom, textTo).join('\n') });
  return textTo;
}

function addCue(
  file: Reading,
  line: number,
  { startMs, endMs, raw }: { startMs: number; endMs: number; raw: string },
): void {
  const { runs, speaker, strange } = readText(raw.slice(0, MAX_RAW));
  if (strange) tell(file, line, 'markup');
  const fitted = fitText(textOf(runs));
  if (fitted.cut || raw.length > MAX_RAW) tell(file, line, 'tooLong');
  if (fitted.text === '') {
    tell(file, line, 'noText');
    return;
  }
  if (file.cues.length >= MAX_CUES) throw new AppError('CAPTION_TOO_LARGE', `more than ${MAX_CUES} cues`);
  const name = speaker === null ? '' : [...cleanText(speaker.slice(0, 200))].slice(0, 40).join('');
  file.cues.push({ startMs, endMs, speaker: name || null, text: fitted.text, line });
}

/** A cue's text as it may stand: cleaned, at most four lines and 500 characters, no blank line in it. */
export function fitText(raw: string): { text: string; cut: boolean } {
  const lines = cleanText(raw, Number.POSITIVE_INFINITY)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => plainOf(line) !== '');
  const text = textOf(runsOf(cleanText(lines.join('\n'), MAX_CUE_LINES)));
  const characters = [...plainOf(text)];
  if (characters.length <= MAX_CUE_TEXT) return { text, cut: false };
  return { text: characters.slice(0, MAX_CUE_TEXT).join(''), cut: true };
}

/** Cues may overlap: two can speak at once. They stand in the order in which they begin. */
function inOrder(file: Reading): Cue[] {
  const unordered = file.cues.find(({ startMs }, index) => startMs < (file.cues[index - 1]?.startMs ?? 0));
  if (unordered) tell(file, unordered.line, 'unordered');
  return file.cues
    .toSorted((a, b) => a.startMs - b.startMs || a.endMs - b.endMs)
    .map(({ line: _line, ...cue }) => cue);
}

/** `1:02:03.004`, `02:03,4` … in ms; null when it is no time, or beyond a day. */
export function momentOf(text: string): number | null {
  const match = MOMENT.exec(text.trim());
  if (!match) return null;
  const [hours, minutes, seconds] = [match[1] ?? '0', match[2]!, match[3]!].map(Number) as [
    number,
    number,
    number,
  ];
  if (minutes > 59 || seconds > 59) return null;
  const ms = ((hours * 60 + minutes) * 60 + seconds) * 1000 + Number((match[4] ?? '').padEnd(3, '0'));
  return ms <= MAX_CUE_MS ? ms : null;
}

/** `01:02:03.004`. */
export function vttTime(ms: number): string {
  const two = (n: number) => String(n).padStart(2, '0');
  const whole = Math.round(ms);
  const [h, m, s] = [
    Math.floor(whole / 3_600_000),
    Math.floor(whole / 60_000) % 60,
    Math.floor(whole / 1_000) % 60,
  ];
  return `${two(h)}:${two(m)}:${two(s)}.${String(whole % 1_000).padStart(3, '0')}`;
}

/** Cues as a WebVTT file that any player reads. */
export function writeVtt(cues: readonly Cue[]): string {
  const blocks = cues.map(({ startMs, endMs, speaker, text }) => {
    const voice = speaker === null ? '' : `<v ${escapeVtt(speaker)}>`;
    return `${vttTime(startMs)} --> ${vttTime(endMs)}\n${voice}${vttOf(runsOf(text))}\n`;
  });
  return ['WEBVTT\n', ...blocks].join('\n');
}
