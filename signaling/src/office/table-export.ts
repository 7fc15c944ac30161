import type { Response } from 'express';
import writeXlsxFile from 'write-excel-file/node';
import type { TableFormat } from '#protocol/table.ts';

export interface ExportColumn<Row> {
  title: string;
  value(row: Row): string | number | null | undefined;
}

export interface ExportTable<Row> {
  format: TableFormat;
  /** The file's name, without its ending. */
  name: string;
  columns: readonly ExportColumn<Row>[];
  rows: readonly Row[];
}

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
/** By which Excel knows that a CSV is UTF-8. */
const BOM = '\ufeff';
/** What a spreadsheet takes for the beginning of a formula. */
const FORMULA = /^[\s\u00a0\u3000]*[=+\-@\t\r＝＋－＠]/u;
const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const SHARE = /^(\d+(?:\.\d+)?)%$/;
const WIDEST = 48;
const NARROWEST = 8;

type Cell = string | number;

/**
 * Answers with the table as a file to be kept. Numbers are numbers; in a workbook days (`2026-09-01`) and shares
 * (`94.5%`) are such, too. All else is text: nothing in it is ever worked out.
 */
export async function sendTable<Row>(response: Response, table: ExportTable<Row>): Promise<void> {
  const cells = [
    table.columns.map(({ title }) => title),
    ...table.rows.map((row) => table.columns.map(({ value }): Cell => value(row) ?? '')),
  ];
  response.attachment(`${table.name.replace(/[\\/]/g, '-')}.${table.format}`);
  if (table.format === 'csv') response.type('text/csv; charset=utf-8').send(csvOf(cells));
  else response.type(XLSX).send(await xlsxOf(cells, table.name));
}

/** RFC 4180 with a BOM; a formula is defused by an apostrophe. */
export function csvOf(cells: readonly (readonly Cell[])[]): string {
  const lines = cells.map((row) => row.map((cell) => csvCell(String(cell))).join(','));
  return `${BOM}${lines.join('\r\n')}\r\n`;
}

function csvCell(text: string): string {
  const safe = FORMULA.test(text) && !isNumber(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const isNumber = (text: string): boolean => /^-?\d+(\.\d+)?%?$/.test(text);

async function xlsxOf(cells: readonly (readonly Cell[])[], name: string): Promise<Buffer> {
  const [head = [], ...rows] = cells;
  const data = [
    head.map((value) => ({ value: String(value), type: String, fontWeight: 'bold' as const })),
    ...rows.map((row) => row.map(xlsxCell)),
  ];
  const columns = head.map((_, at) => ({ width: widthOf(cells, at) }));
  return await writeXlsxFile(data, { sheet: sheetName(name), columns, stickyRowsCount: 1 }).toBuffer();
}

function xlsxCell(cell: Cell) {
  if (cell === '') return null;
  if (typeof cell === 'number') return { value: cell, type: Number };
  if (DAY.test(cell)) return { value: new Date(`${cell}T00:00:00Z`), type: Date, format: 'yyyy-mm-dd' };
  const share = SHARE.exec(cell);
  if (share) return { value: Number((Number(share[1]) / 100).toFixed(6)), type: Number, format: '0.0%' };
  return { value: forXml(cell), type: String };
}

/** Characters that XML has no place for. */
const forXml = (text: string): string =>
  [...text.toWellFormed()].filter((char) => char >= ' ' || char === '\n' || char === '\t').join('');

/** Excel refuses these characters and more than 31 of any. */
const sheetName = (name: string): string => name.replace(/[\\/?*[\]:']/g, ' ').slice(0, 31) || 'Sheet1';

/** Wide enough for its longest text among the first rows; a Chinese character is as wide as two others. */
function widthOf(cells: readonly (readonly Cell[])[], at: number): number {
  const widths = cells
    .slice(0, 200)
    .map((row) => [...String(row[at] ?? '')].reduce((sum, char) => sum + (char > '\u2000' ? 2 : 1), 0));
  return Math.min(WIDEST, Math.max(NARROWEST, ...widths) + 2);
}
