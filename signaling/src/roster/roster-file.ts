import { gunzipSync, gzipSync } from 'node:zlib';
import { ROSTER_MAX_ROWS, RosterKind } from '#protocol/roster.ts';
import { type CsvRow, decodeCsv, type FileProblems, readRecords, restore } from './csv-text.ts';
import { COLUMNS, NEEDED } from './oneroster.ts';

/** One row of a file, its cells by the standard's names of the columns. */
export interface RawRow {
  line: number;
  original: string;
  cells: Record<string, string>;
  /** `quotes`: a broken quotation; `columns`: more or fewer cells than the file has columns. */
  broken: 'quotes' | 'columns' | null;
}

export interface ReadFile {
  name: string;
  kind: RosterKind | null;
  encoding: string;
  rows: RawRow[];
  problems: FileProblems;
  /** Of the manifest: what it says. */
  properties: Map<string, string>;
}

const MANIFEST = 'manifest';
const KINDS = new Map(RosterKind.options.map((kind) => [kind.toLowerCase(), kind]));

/** Without its folder and ending, in small letters. */
export const stemOf = (name: string): string =>
  name
    .replace(/^.*[\\/]/, '')
    .replace(/\.(csv|txt|tsv)$/i, '')
    .toLowerCase();
export const isRosterName = (name: string): boolean => KINDS.has(stemOf(name)) || stemOf(name) === MANIFEST;

/** Reads one CSV file. Nothing is thrown: what is wrong stands in `problems`, and is told with the plan. */
export function readRosterFile(name: string, bytes: Uint8Array): ReadFile {
  const stem = stemOf(name);
  const kind = KINDS.get(stem) ?? null;
  const file: ReadFile = { name, kind, encoding: '', rows: [], problems: [], properties: new Map() };
  if (!kind && stem !== MANIFEST) {
    file.problems.push({ issue: 'notUsed', value: name });
    return file;
  }
  const text = decodeCsv(bytes);
  if (!text) {
    file.problems.push({ issue: 'encoding', value: name });
    return file;
  }
  file.encoding = text.encoding;
  const [head, ...records] = readRecords(text.text, ROSTER_MAX_ROWS + 1);
  if (!head) file.problems.push({ issue: 'empty', value: name });
  else if (kind) readTable(file, kind, head, records);
  else for (const { cells } of records) file.properties.set(cells[0]?.trim() ?? '', cells[1]?.trim() ?? '');
  const version = file.properties.get('oneroster.version');
  if (version && version !== '1.1' && version !== '1.0')
    file.problems.push({ issue: 'version', value: version });
  return file;
}

function readTable(file: ReadFile, kind: RosterKind, head: CsvRow, records: readonly CsvRow[]): void {
  const known = new Map(COLUMNS[kind].map((column) => [column.toLowerCase(), column]));
  const heads = head.cells.map((cell) => cell.replace(/^\ufeff/, '').trim());
  const columns = heads.map((cell) => known.get(cell.toLowerCase()) ?? null);
  for (const [at, column] of columns.entries())
    if (!column && heads[at]) file.problems.push({ issue: 'unknownColumn', value: heads[at].slice(0, 100) });
  for (const column of NEEDED[kind])
    if (!columns.includes(column)) file.problems.push({ issue: 'missingColumn', value: column });
  if (file.problems.some(({ issue }) => issue === 'missingColumn')) return;
  const password = columns.indexOf('password');
  if (password >= 0 && records.some(({ cells }) => cells[password]))
    file.problems.push({ issue: 'passwords', value: '' });
  if (records.length > ROSTER_MAX_ROWS)
    file.problems.push({ issue: 'tooManyRows', value: String(ROSTER_MAX_ROWS) });
  file.rows = records.slice(0, ROSTER_MAX_ROWS).map((record) => ({
    line: record.line,
    original: withoutPassword(record, password),
    cells: cellsOf(columns, record.cells),
    broken: record.broken ? 'quotes' : fits(record.cells, columns.length) ? null : 'columns',
  }));
}

function cellsOf(columns: readonly (string | null)[], cells: readonly string[]): Record<string, string> {
  const named: Record<string, string> = {};
  for (const [at, column] of columns.entries())
    if (column && column !== 'password') named[column] = restore((cells[at] ?? '').trim());
  return named;
}

/** Excel leaves empty cells at the end out, or writes some more. */
const fits = (cells: readonly string[], width: number): boolean =>
  cells.slice(width).every((cell) => !cell.trim());

/** A password is never kept, not even to show the line it stands in. */
function withoutPassword({ original, cells }: CsvRow, at: number): string {
  const password = at >= 0 ? cells[at] : '';
  if (!password) return original;
  return original.includes(password) ? original.replaceAll(password, '******') : '';
}

/** Rows as they are kept between looking and doing. */
export const packRows = (rows: readonly RawRow[]): Buffer => gzipSync(JSON.stringify(rows), { level: 1 });
export const unpackRows = (packed: Uint8Array): RawRow[] => JSON.parse(gunzipSync(packed).toString('utf8'));
