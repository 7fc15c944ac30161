import Papa from 'papaparse';
import type { RosterFile } from '#protocol/roster.ts';

/** A character that can be seen, in the place of one that no database keeps. */
export const SEEN_NUL = '\u2400';

export interface DecodedText {
  text: string;
  encoding: 'UTF-8' | 'UTF-16' | 'GBK';
}

/** The letters of a file as Excel and other systems save it; null: of no encoding that is known. */
export function decodeCsv(bytes: Uint8Array): DecodedText | null {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return decoded(bytes, 'utf-16le', 'UTF-16');
  if (first === 0xfe && second === 0xff) return decoded(bytes, 'utf-16be', 'UTF-16');
  // What is not UTF-8 was saved by Excel in China: GB 18030 holds all of GBK and GB 2312.
  return decoded(bytes, 'utf-8', 'UTF-8') ?? decoded(bytes, 'gb18030', 'GBK');
}

function decoded(bytes: Uint8Array, label: string, encoding: DecodedText['encoding']): DecodedText | null {
  try {
    const text = new TextDecoder(label, { fatal: true }).decode(bytes);
    return { text: text.replaceAll('\0', SEEN_NUL), encoding };
  } catch {
    return null;
  }
}

export interface CsvRow {
  line: number;
  original: string;
  cells: string[];
  /** A quotation mark that is opened and never closed, or text behind a closed one. */
  broken: boolean;
}

const DELIMITERS = [',', '\t', ';', '，'];
/** After so many broken quotations nothing more of a file is read: each costs reading the rest of it. */
const MAX_BROKEN = 20;
const ORIGINAL_MAX = 2_000;

/** Every record with the line on which it begins; empty lines are left out. */
export function readRecords(text: string, maxRows: number): CsvRow[] {
  const delimiter = delimiterOf(text);
  const rows: CsvRow[] = [];
  let at = 0;
  let line = 1;
  for (let broken = 0; at < text.length && broken <= MAX_BROKEN; broken += 1) {
    const end = readFrom({ text, at, line, delimiter, maxRows }, rows);
    if (!end) break;
    // The line of the open quotation is lost alone; what follows it is read anew.
    const newline = text.indexOf('\n', end.at);
    if (newline < 0 || rows.length > maxRows) break;
    [at, line] = [newline + 1, end.line + 1];
  }
  return rows;
}

/** Reads until the end, or to a quotation that is never closed, whose beginning is returned. */
function readFrom(
  place: { text: string; at: number; line: number; delimiter: string; maxRows: number },
  rows: CsvRow[],
): { at: number; line: number } | null {
  const { text, delimiter, maxRows } = place;
  const rest = place.at === 0 ? text : text.slice(place.at);
  let from = 0;
  let line = place.line;
  let stopped: { at: number; line: number } | null = null;
  Papa.parse<string[]>(rest, {
    delimiter,
    step({ data, errors, meta }, parser) {
      const raw = rest.slice(from, meta.cursor);
      const open = errors.some(({ code }) => code === 'MissingQuotes');
      const original = (open ? raw.split('\n', 1)[0]! : raw).replace(/[\r\n]+$/, '');
      const broken = open || errors.some(({ type }) => type === 'Quotes');
      if (broken || data.some((cell) => cell.trim() !== ''))
        rows.push({ line, original: original.slice(0, ORIGINAL_MAX), cells: data, broken });
      if (open) stopped = { at: place.at + from, line };
      if (open || rows.length > maxRows) parser.abort();
      from = meta.cursor;
      line += newlinesIn(raw);
    },
  });
  return stopped;
}

function newlinesIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1;
  // Old Macs end lines with a carriage return alone.
  return count || (text.endsWith('\r') ? 1 : 0);
}

/** Which of them stands most often between the heads of the columns. */
function delimiterOf(text: string): string {
  const head = text.slice(0, 4_000).split(/[\r\n]/, 1)[0] ?? '';
  const counts = DELIMITERS.map((mark) => head.split(mark).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))]!;
}

/** What a spreadsheet would work out; apostrophes before it are counted, so that defusing can be undone. */
const FORMULA = /^'*[\s\u00a0\u3000]*[=+\-@\t\r＝＋－＠]/u;
/** A formula in a name stays the name; a spreadsheet shows it as text. */
export const defuse = (cell: string): string => (FORMULA.test(cell) ? `'${cell}` : cell);
export const restore = (cell: string): string =>
  cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell;

/** One file as RFC 4180 has it. */
export function writeCsv(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const quoted = (cell: string) => {
    const safe = defuse(cell);
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return `${[columns, ...rows].map((row) => row.map(quoted).join(',')).join('\r\n')}\r\n`;
}

export type FileProblems = RosterFile['problems'];
