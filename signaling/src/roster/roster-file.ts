import { setImmediate as breathe } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
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
  /** Of the manifest: each a `propertyName` and its `value`. */
  rows: RawRow[];
  problems: FileProblems;
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
  const file: ReadFile = { name, kind, encoding: '', rows: [], problems: [] };
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
  else file.rows = records.map(propertyOf);
  const version = file.rows.find(({ cells }) => cells.propertyName === 'oneroster.version')?.cells.value;
  if (version && version !== '1.1' && version !== '1.0')
    file.problems.push({ issue: 'version', value: version });
  return file;
}

const propertyOf = ({ line, original, cells: [propertyName = '', value = ''] }: CsvRow): RawRow => ({
  ...{ line, original, broken: null },
  cells: { propertyName: propertyName.trim(), value: value.trim().toLowerCase() },
});

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

/** Rows between two breaths. */
const IN_A_LINE = 1_000;
const zipped = promisify(gzip);
const unzipped = promisify(gunzip);

/** Rows as they are kept between looking and doing, a thousand to a line; lessons go on meanwhile. */
export async function packRows(rows: readonly RawRow[]): Promise<Buffer> {
  const members: Buffer[] = [];
  for (let from = 0; from < rows.length; from += IN_A_LINE)
    members.push(await zipped(`${JSON.stringify(rows.slice(from, from + IN_A_LINE))}\n`, { level: 1 }));
  return Buffer.concat(members);
}

export async function unpackRows(packed: Uint8Array): Promise<RawRow[]> {
  if (packed.length === 0) return [];
  const rows: RawRow[] = [];
  for (const line of (await unzipped(packed)).toString('utf8').split('\n')) {
    if (line === '') continue;
    for (const row of JSON.parse(line) as RawRow[]) rows.push(row);
    await breathe();
  }
  return rows;
}
